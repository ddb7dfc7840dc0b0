import { describe, expect, it } from 'vitest';
import type { ReachSettings } from '../backend';
import { unchosen } from '../backend/fake/reach';
import { addressChanges, hostOf, tokenOf, urlOf, wrongsOf } from './fields';
import { tidied } from './reach.svelte';

type Part = { [K in keyof ReachSettings]?: Partial<ReachSettings[K]> | ReachSettings[K] };

function reach(way: ReachSettings['way'], part: Part = {}): ReachSettings {
  const all = unchosen();
  return {
    way,
    ngrok: { ...all.ngrok, ...(part.ngrok as object) },
    ssh: { ...all.ssh, ...(part.ssh as object) },
    cloudflared: { ...all.cloudflared, ...(part.cloudflared as object) },
    own: { ...all.own, ...(part.own as object) },
  };
}

const wrong = (settings: ReachSettings, secret = '', kept = false) =>
  Object.keys(wrongsOf(settings, secret, kept)).sort();

const LONG = 'ي'.repeat(300);

describe('what is pasted', () => {
  it.each([
    ['2abcDEF_token', '2abcDEF_token'],
    ['  2abcDEF_token\n', '2abcDEF_token'],
    ['ngrok config add-authtoken 2abcDEF_token', '2abcDEF_token'],
    ['authtoken: 2abcDEF_token', '2abcDEF_token'],
    ['cloudflared service install eyJhIjoi', 'eyJhIjoi'],
    ['cloudflared tunnel run --token=eyJhIjoi', 'eyJhIjoi'],
  ])('“%s” holds the token', (pasted, token) => {
    expect(tokenOf(pasted)).toBe(token);
  });

  it('becomes a host name, an address', () => {
    expect(hostOf(' https://a.ngrok-free.app/hooks?x ')).toBe('a.ngrok-free.app');
    expect(hostOf('a.ngrok-free.app')).toBe('a.ngrok-free.app');
    expect(urlOf(' hooks.example.com/ ')).toBe('https://hooks.example.com');
    expect(urlOf('http://127.0.0.1:80//')).toBe('http://127.0.0.1:80');
    expect(urlOf('  ')).toBe('');
  });
});

describe('ngrok', () => {
  it('needs an authtoken, unless one is kept', () => {
    expect(wrong(reach('ngrok'))).toEqual(['authtoken']);
    expect(wrong(reach('ngrok'), '', true)).toEqual([]);
    expect(wrong(reach('ngrok'), '2abc_DEF')).toEqual([]);
  });

  it.each(['two words', 'señor', '🔑', LONG])('does not take “%s” for a token', (token) => {
    expect(wrong(reach('ngrok'), token)).toEqual(['authtoken']);
  });

  it.each(['a b.c', 'localhost', 'https:', '😀 . ', '...', `${LONG}.example`])(
    'nor “%s” for a domain',
    (domain) => {
      expect(wrong(reach('ngrok', { ngrok: { domain } }), 'token')).toEqual(['domain']);
    },
  );

  it('takes domains of any ending, and of any script', () => {
    for (const domain of ['a.ngrok-free.app', 'a.ngrok.dev', 'مثال.إختبار', 'hooks.example.com']) {
      expect(wrong(reach('ngrok', { ngrok: { domain } }), 'token')).toEqual([]);
    }
  });

  it('wants a port with another server', () => {
    expect(wrong(reach('ngrok', { ngrok: { server: 'edge.example.com' } }), 't')).toEqual([
      'server',
    ]);
    expect(wrong(reach('ngrok', { ngrok: { server: '127.0.0.1:4443' } }), 't')).toEqual([]);
  });
});

describe('SSH', () => {
  const mine = { host: 'hooks.example.com', user: 'desk', publicUrl: 'https://hooks.example.com' };

  it('needs server and user', () => {
    expect(wrong(reach('ssh'))).toEqual(['host', 'user']);
    expect(wrong(reach('ssh', { ssh: mine }))).toEqual([]);
  });

  it('needs what the login needs', () => {
    expect(wrong(reach('ssh', { ssh: { ...mine, login: 'key' } }))).toEqual(['key-file']);
    const password = reach('ssh', { ssh: { ...mine, login: 'password' } });
    expect(wrong(password)).toEqual(['password']);
    expect(wrong(password, '', true)).toEqual([]);
    // A password may be anything at all.
    expect(wrong(password, ' señor 🔑 ')).toEqual([]);
  });

  it.each([0, -1, 65_536, 1.5, null, Number.NaN])('%s is no port', (port) => {
    const settings = reach('ssh', { ssh: { ...mine, port: port as number } });
    expect(wrong(settings)).toEqual(['port']);
  });

  it('may leave the port on the server to the server', () => {
    expect(wrong(reach('ssh', { ssh: { ...mine, bindPort: 0 } }))).toEqual([]);
    expect(wrong(reach('ssh', { ssh: { ...mine, bindPort: 70_000 } }))).toEqual(['bind-port']);
  });

  it('may leave the address to a server that says it, but then it changes', () => {
    const service = { host: 'localhost.run', user: 'nokey', login: 'none' as const };
    expect(wrong(reach('ssh', { ssh: service }))).toEqual([]);
    expect(addressChanges(reach('ssh', { ssh: service }))).toBe(true);
    expect(addressChanges(reach('ssh', { ssh: mine }))).toBe(false);
    expect(wrong(reach('ssh', { ssh: { ...mine, publicUrl: 'https://a.example/x' } }))).toEqual([
      'url',
    ]);
  });
});

describe('Cloudflare Tunnel', () => {
  it('needs nothing for a quick one, whose address changes', () => {
    expect(wrong(reach('cloudflared'))).toEqual([]);
    expect(addressChanges(reach('cloudflared'))).toBe(true);
  });

  it('needs token and name for one of an account', () => {
    const named = reach('cloudflared', { cloudflared: { named: true } });
    expect(wrong(named)).toEqual(['hostname', 'token']);
    named.cloudflared.hostname = 'hooks.example.com';
    expect(wrong(named, 'eyJh')).toEqual([]);
    expect(addressChanges(named)).toBe(false);
  });
});

describe('an own address', () => {
  it.each([
    '',
    'not an address',
    'ftp://a.example',
    'https://a.example/path',
    'https://u:p@a.example',
    LONG.slice(0, 5) + ' x',
  ])('“%s” is refused', (url) => {
    expect(wrong(reach('own', { own: { url } }))).toEqual(['url']);
  });

  it.each(['https://hooks.example.com', 'https://مثال.إختبار', 'http://192.0.2.1:8080'])(
    '“%s” is taken',
    (url) => {
      expect(wrong(reach('own', { own: { url } }))).toEqual([]);
    },
  );
});

describe('what is sent', () => {
  it('is without what pasting left around it, and nothing where nothing is', () => {
    const draft = reach('ngrok', {
      ngrok: { domain: ' https://a.ngrok-free.app/ ', server: '  ', caFile: '' },
      ssh: { host: 'ssh://hooks.example.com', user: ' desk ', publicUrl: 'hooks.example.com/' },
    });
    const sent = tidied(draft);
    expect(sent.ngrok).toEqual({ domain: 'a.ngrok-free.app', server: null, caFile: null });
    expect(sent.ssh).toMatchObject({
      host: 'hooks.example.com',
      user: 'desk',
      publicUrl: 'https://hooks.example.com',
    });
  });
});

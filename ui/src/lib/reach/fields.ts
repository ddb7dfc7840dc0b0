// What a person enters for each way to be reachable, checked before it is sent. The program checks again: here only
// what can be seen at once, with words that say what would be right.

import type { ReachSettings, WayName } from '../backend';

/** Names of the fields, as the program names the one that is wrong. */
export type FieldName =
  | 'authtoken'
  | 'domain'
  | 'server'
  | 'ca-file'
  | 'host'
  | 'port'
  | 'user'
  | 'login'
  | 'key-file'
  | 'password'
  | 'host-key'
  | 'bind-port'
  | 'program'
  | 'token'
  | 'hostname'
  | 'url';

/** What is wrong, by field. */
export type Wrongs = Partial<Record<FieldName, string>>;

/** The field that holds a way's secret, if it has one now. */
export function secretField({ way, ssh, cloudflared }: ReachSettings): FieldName | null {
  if (way === 'ngrok') return 'authtoken';
  if (way === 'ssh' && ssh.login === 'password') return 'password';
  if (way === 'ssh' && ssh.login === 'key') return 'password';
  if (way === 'cloudflared' && cloudflared.named) return 'token';
  return null;
}

/** A token out of whatever was pasted: the dashboard also offers whole commands. */
export function tokenOf(pasted: string): string {
  const command = /(?:add-authtoken|--authtoken|--token|authtoken:|install)[\s=]+(\S+)/.exec(
    pasted,
  );
  return (command?.[1] ?? pasted).trim();
}

/** A host name out of whatever was pasted: an address, with or without its scheme and path. */
export function hostOf(pasted: string): string {
  const text = pasted.trim();
  return text.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/, '');
}

/** An address without the slash at its end, and with its scheme. */
export function urlOf(pasted: string): string {
  const text = pasted.trim();
  if (text === '') return '';
  return (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`).replace(/\/+$/, '');
}

const SPACE = /\s/u;

function asciiWrong(text: string): string | null {
  if (SPACE.test(text)) return 'It has a space or a line break inside: was it copied whole?';
  const strange = [...text].find((letter) => (letter.codePointAt(0) ?? 0) > 0x7e);
  return strange ? `“${strange}” does not belong in it: was it copied whole?` : null;
}

function hostWrong(host: string, dotted: boolean): string | null {
  if (SPACE.test(host)) return 'A name has no spaces in it.';
  try {
    const { hostname } = new URL(`https://${host}`);
    const parts = hostname.split('.');
    const named = parts.every((part) => part !== '') && hostname.length <= 253;
    if (!named || (dotted && parts.length < 2)) throw new Error();
  } catch {
    return dotted
      ? 'That is no domain: it looks like name.example.com.'
      : 'That is no name of a server: it looks like hooks.example.com.';
  }
  return null;
}

function urlWrong(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'That is no address: it looks like https://hooks.example.com.';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return 'It must begin with https://.';
  }
  if (url.username || url.password) return 'No user or password belongs into it.';
  if (url.pathname !== '/' || url.search || url.hash) {
    return 'Only the beginning, without a path: Nexwatch adds /hooks/… itself.';
  }
  return null;
}

function portWrong(port: number, least: number): string | null {
  return Number.isInteger(port) && port >= least && port <= 65_535
    ? null
    : `A port is a number from ${least} to 65535.`;
}

/** All that is wrong with what was entered for the chosen way. `kept`: its secret is kept already. */
export function wrongsOf(reach: ReachSettings, secret: string, kept: boolean): Wrongs {
  const wrongs: Wrongs = {};
  const say = (field: FieldName, words: string | null) => {
    if (words !== null) wrongs[field] = words;
  };
  const { ngrok, ssh, cloudflared, own } = reach;
  switch (reach.way) {
    case 'off':
      break;
    case 'ngrok':
      if (secret === '' && !kept) say('authtoken', 'Paste your authtoken here.');
      else say('authtoken', asciiWrong(secret));
      if (ngrok.domain) say('domain', hostWrong(ngrok.domain, true));
      if (ngrok.server && !/^[^\s:/]+:\d{1,5}$/.test(ngrok.server)) {
        say('server', 'A server and its port: it looks like connect.example.com:443.');
      }
      break;
    case 'ssh':
      say('host', ssh.host === '' ? 'Name the server.' : hostWrong(ssh.host, false));
      say('port', portWrong(ssh.port, 1));
      if (ssh.user === '') say('user', 'Say as whom to log in.');
      else if (SPACE.test(ssh.user)) say('user', 'A user’s name has no spaces in it.');
      if (ssh.login === 'key' && !ssh.keyFile) say('key-file', 'Say where the key file is.');
      if (ssh.login === 'password' && secret === '' && !kept) {
        say('password', 'Enter the password.');
      }
      say('bind-port', portWrong(ssh.bindPort, 0));
      if (ssh.publicUrl) say('url', urlWrong(ssh.publicUrl));
      break;
    case 'cloudflared':
      if (!cloudflared.named) break;
      if (secret === '' && !kept) say('token', 'Paste the tunnel’s token here.');
      else say('token', asciiWrong(secret));
      say(
        'hostname',
        cloudflared.hostname
          ? hostWrong(cloudflared.hostname, true)
          : 'Say which public host name leads to the tunnel.',
      );
      break;
    case 'own':
      say('url', own.url === '' ? 'Enter the address.' : urlWrong(own.url));
      break;
  }
  return wrongs;
}

/** Services that anybody may use, and that give an address themselves. */
const SERVICES = ['localhost.run', 'serveo.net', 'a.pinggy.io'];

/** Whether a server is such a service. */
export function isPublicService(host: string): boolean {
  return SERVICES.includes(host.trim().toLowerCase());
}

/** Whether the address of what is chosen changes from one start to the next. */
export function addressChanges({ way, ssh, cloudflared }: ReachSettings): boolean {
  if (way === 'ssh') return !ssh.publicUrl;
  return way === 'cloudflared' && !cloudflared.named;
}

/** The public address that is asked for; empty where the other side says it. */
export function addressOf({ way, ngrok, ssh, cloudflared, own }: ReachSettings): string {
  switch (way) {
    case 'ngrok':
      return ngrok.domain ?? '';
    case 'ssh':
      return ssh.publicUrl ?? '';
    case 'cloudflared':
      return (cloudflared.named && cloudflared.hostname) || '';
    case 'own':
      return own.url;
    case 'off':
      return '';
  }
}

/** Without encryption on the way: allowed, and worth a word. */
export function isPlain(url: string | null): boolean {
  return url !== null && /^http:\/\//i.test(url);
}

/** `Connect by …`. */
export function byWay(way: WayName): string {
  return way === 'own' ? 'your own address' : WAY_TITLES[way];
}

/** Names of the ways as a person reads them. */
export const WAY_TITLES: Record<WayName, string> = {
  ngrok: 'ngrok',
  ssh: 'SSH',
  cloudflared: 'Cloudflare Tunnel',
  own: 'An address I have',
  off: 'This computer only',
};

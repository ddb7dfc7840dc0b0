// The fake program's way to be reachable: scenes, and a connection that plays out as the real one does.

import type { Reach } from '../types/Reach';
import type { ReachChange } from '../types/ReachChange';
import type { ReachSettings } from '../types/ReachSettings';
import type { ReachState } from '../types/ReachState';
import type { ReachStatus } from '../types/ReachStatus';
import type { ReachTrouble } from '../types/ReachTrouble';
import type { SelfTest } from '../types/SelfTest';
import type { WayName } from '../types/WayName';

const MINUTE = 60_000;
const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4qP0tQm2Zk0Rr7sGm1o9l3X2bq8dYv5cWn6hTfUeKj';

/** Names of scenes: `reach=` of the address. */
export const REACH_SCENES = [
  'off',
  'connecting',
  'online',
  'online-heard',
  'untested',
  'plan',
  'degraded',
  'resuming',
  'waiting',
  'ngrok-failed',
  'ngrok-domain',
  'ssh-online',
  'ssh-changing',
  'ssh-host-key',
  'ssh-password',
  'cloudflared-missing',
  'own-online',
] as const;

/** Name of a scene. */
export type ReachScene = (typeof REACH_SCENES)[number];

const NGROK = 'https://harbour-yard.ngrok-free.app';

const TROUBLES = {
  token: {
    code: 'ERR_NGROK_107',
    message: 'ngrok does not know this authtoken.',
    remedy:
      'Copy it again from Your Authtoken in the ngrok dashboard; a reset there makes the old one useless.',
    field: 'authtoken',
  },
  domain: {
    code: 'ERR_NGROK_314',
    message: 'The domain harbour-yard.ngrok-free.app belongs to another account.',
    remedy: 'Enter the domain that the ngrok dashboard shows under Domains, or leave it empty.',
    field: 'domain',
  },
  network: {
    code: 'network',
    message: 'connect.ngrok-agent.com cannot be reached.',
    remedy: 'See whether this computer has internet. It is tried again by itself.',
    field: null,
  },
  hostKey: {
    code: 'ssh-host-key-changed',
    message: 'The server hooks.example.com shows another key than before.',
    remedy: 'Ask who runs it whether it was set up anew; only then forget the old key.',
    field: 'host-key',
  },
  password: {
    code: 'ssh-refused',
    message: 'The server refuses this password for nexwatch.',
    remedy: 'Enter it again, or log in with a key.',
    field: 'password',
  },
  program: {
    code: 'cloudflared-not-found',
    message: 'The program cloudflared was not found on this computer.',
    remedy: 'Install it from Cloudflare, or say where it is.',
    field: 'program',
  },
  path: {
    code: 'check-path',
    message: 'Something else answers at the public address.',
    remedy: 'See where the domain leads in the ngrok dashboard.',
    field: null,
  },
} satisfies Record<string, ReachTrouble>;

/** What is chosen before anybody chose. */
export function unchosen(): ReachSettings {
  return {
    way: 'off',
    ngrok: { domain: null, server: null, caFile: null },
    ssh: {
      host: '',
      port: 22,
      user: '',
      login: 'agent',
      keyFile: null,
      bindHost: '',
      bindPort: 8080,
      hostKey: null,
      publicUrl: null,
    },
    cloudflared: { program: null, named: false, hostname: null },
    own: { url: '' },
  };
}

/** The fake way. */
export class FakeReach {
  chosen = unchosen();
  readonly secretsKept = new Set<WayName>();
  history: ReachChange[] = [];
  status: ReachStatus;
  /** How long the next self-test takes; null: it does not come back. */
  round: number | null = 210;
  #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #now: () => number;
  readonly #tell: () => void;

  /** `tell` is called with each change. */
  constructor(scene: ReachScene, now: () => number, tell: () => void) {
    this.#now = now;
    this.#tell = tell;
    this.status = this.#as('off', {});
    this.#play(scene);
  }

  /** The answer to `reach`. */
  get reach(): Reach {
    return {
      chosen: this.chosen,
      secretsKept: [...this.secretsKept],
      keptIn: 'keychain',
      status: this.status,
      history: this.history.slice(0, 50),
    };
  }

  /** Chooses, and connects as the real one would. */
  set(reach: ReachSettings, secret: string | null): void {
    this.chosen = structuredClone(reach);
    if (secret !== null) this.secretsKept.add(reach.way);
    this.#stop();
    if (reach.way === 'off') {
      this.#turn('off', {}, 'Turned off');
      return;
    }
    this.#connect(secret);
  }

  /** Tries at once. */
  retry(): void {
    if (this.status.state === 'off' || this.status.state === 'online') return;
    this.#stop();
    this.#connect(null);
  }

  /** A self-test. */
  test(): SelfTest {
    const check =
      this.round === null
        ? broken('path', this.#now(), TROUBLES.path)
        : cameBack(this.round, this.#now());
    this.status = { ...this.status, check, requestsThisMonth: this.status.requestsThisMonth + 1 };
    this.#tell();
    return check;
  }

  /** Something genuine came in. */
  heard(): void {
    if (this.status.state === 'online') this.status = { ...this.status, heardAt: this.#now() };
  }

  /** Its public address, if it has one. */
  get url(): string {
    const { way, ngrok, ssh, cloudflared, own } = this.chosen;
    if (way === 'ngrok') return ngrok.domain ? `https://${ngrok.domain}` : NGROK;
    if (way === 'ssh') return ssh.publicUrl ?? 'https://4f7d1c.lhr.life';
    if (way === 'own') return own.url;
    if (cloudflared.named) return `https://${cloudflared.hostname}`;
    return 'https://seeing-carol-lamp-boots.trycloudflare.com';
  }

  #connect(secret: string | null): void {
    this.#turn('connecting', { attempt: 1 }, 'Connecting');
    this.#later(1400, () => {
      const trouble = this.#wrong(secret);
      if (trouble) {
        this.#turn('failed', { trouble }, trouble.message);
        return;
      }
      if (this.chosen.way === 'ssh') this.chosen.ssh.hostKey ??= HOST_KEY;
      this.#turn('online', { url: this.url }, `Online at ${this.url}`);
      this.#later(600, () => {
        this.test();
      });
    });
  }

  #wrong(secret: string | null): ReachTrouble | null {
    const { way, ngrok, ssh, cloudflared } = this.chosen;
    if (way === 'ngrok' && secret?.includes('wrong')) return TROUBLES.token;
    if (way === 'ngrok' && ngrok.domain?.startsWith('taken')) return TROUBLES.domain;
    if (way === 'ssh' && secret?.includes('wrong')) return TROUBLES.password;
    if (way === 'ssh' && ssh.hostKey !== null && ssh.hostKey !== HOST_KEY) return TROUBLES.hostKey;
    if (way === 'cloudflared' && cloudflared.program?.includes('missing')) return TROUBLES.program;
    return null;
  }

  #as(state: ReachState, more: Partial<ReachStatus>): ReachStatus {
    const before = this.status as ReachStatus | undefined;
    return {
      way: this.chosen.way,
      state,
      url: null,
      since: this.#now(),
      trouble: null,
      attempt: null,
      nextTry: null,
      check: null,
      heardAt: null,
      requestsThisMonth: before?.requestsThisMonth ?? 1312,
      requestsAllowed: this.chosen.way === 'ngrok' ? 20_000 : null,
      ...more,
    };
  }

  #turn(state: ReachState, more: Partial<ReachStatus>, message: string): void {
    this.status = this.#as(state, more);
    this.history = [{ at: this.#now(), way: this.chosen.way, state, message }, ...this.history];
    this.#tell();
  }

  #later(ms: number, run: () => void): void {
    this.#timers.push(setTimeout(run, ms));
  }

  #stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #play(scene: ReachScene): void {
    const now = this.#now();
    const way = scene.split('-')[0] as WayName;
    this.chosen.way = (['ssh', 'cloudflared', 'own'] as WayName[]).includes(way) ? way : 'ngrok';
    this.chosen.own.url = 'https://hooks.example.com';
    Object.assign(this.chosen.ssh, { host: 'hooks.example.com', user: 'nexwatch' });
    this.chosen.ssh.publicUrl = 'https://hooks.example.com';
    const since = now - 47 * MINUTE;
    const online = { url: this.url, since, check: cameBack(210, now - 4 * MINUTE) };
    const scenes: Record<ReachScene, () => ReachStatus> = {
      off: () => {
        this.chosen = unchosen();
        return this.#as('off', { since: now - 90 * MINUTE });
      },
      connecting: () => this.#as('connecting', { attempt: 2 }),
      online: () => this.#as('online', online),
      'online-heard': () => this.#as('online', { ...online, heardAt: now - MINUTE }),
      untested: () => this.#as('online', { url: this.url, since: now }),
      plan: () => this.#as('online', { ...online, requestsThisMonth: 19_204 }),
      degraded: () =>
        this.#as('degraded', {
          url: this.url,
          since: now - 3 * MINUTE,
          trouble: TROUBLES.path,
          check: broken('path', now - MINUTE, TROUBLES.path),
        }),
      resuming: () =>
        this.#as('resuming', {
          url: this.url,
          since: now - 9000,
          attempt: 3,
          trouble: TROUBLES.network,
        }),
      waiting: () =>
        this.#as('waiting', {
          since: now - 9000,
          attempt: 5,
          nextTry: now + 24_000,
          trouble: TROUBLES.network,
        }),
      'ngrok-failed': () => this.#as('failed', { trouble: TROUBLES.token }),
      'ngrok-domain': () => this.#as('failed', { trouble: TROUBLES.domain }),
      'ssh-online': () => {
        this.chosen.ssh.hostKey = HOST_KEY;
        return this.#as('online', { ...online, url: this.url });
      },
      'ssh-changing': () => {
        Object.assign(this.chosen.ssh, {
          host: 'localhost.run',
          user: 'nokey',
          login: 'none',
          bindPort: 80,
          hostKey: HOST_KEY,
          publicUrl: null,
        });
        return this.#as('online', { ...online, url: this.url });
      },
      'ssh-host-key': () => {
        this.chosen.ssh.hostKey = HOST_KEY.replace('4qP0', 'ZZZZ');
        return this.#as('failed', { trouble: TROUBLES.hostKey });
      },
      'ssh-password': () => {
        this.chosen.ssh.login = 'password';
        return this.#as('failed', { trouble: TROUBLES.password });
      },
      'cloudflared-missing': () => this.#as('failed', { trouble: TROUBLES.program }),
      'own-online': () => this.#as('online', { ...online, url: this.url }),
    };
    if (scene !== 'off') this.secretsKept.add('ngrok');
    this.status = scenes[scene]();
    if (scene === 'off') return;
    this.history = past(this.chosen.way, now);
    const { state, url, trouble } = this.status;
    const message = trouble?.message ?? (url ? `Online at ${url}` : 'Connecting');
    this.history.unshift({ at: this.status.since, way: this.chosen.way, state, message });
  }
}

/** A self-test that came back. */
export function cameBack(took: number, at: number): SelfTest {
  const message = 'The signed test came back through the public address.';
  return { at, took, cameBack: true, part: null, message, remedy: '' };
}

/** A self-test that did not. */
export function broken(part: string, at: number, why: ReachTrouble): SelfTest {
  return { at, took: 10_000, cameBack: false, part, message: why.message, remedy: why.remedy };
}

/** A night with a few changes. */
function past(way: WayName, now: number): ReachChange[] {
  const hour = 60 * MINUTE;
  const lost = 'The line was silent for 10 s; it is taken up again.';
  return [
    { at: now - 9 * hour, way, state: 'online', message: 'Online again under the same address' },
    { at: now - 9 * hour - 4000, way, state: 'resuming', message: lost },
    { at: now - 20 * hour, way, state: 'online', message: 'Online' },
    { at: now - 20 * hour - 1400, way, state: 'connecting', message: 'Connecting' },
  ];
}

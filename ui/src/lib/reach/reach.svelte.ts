// The way to be reachable: what is chosen, what a person is entering, and how it goes.

import {
  refusalOf,
  troubleOf,
  type Backend,
  type Reach,
  type ReachSettings,
  type ReachStatus,
  type SelfTest,
  type Trouble,
  type WayName,
} from '../backend';
import { Pace } from '../desk/pace';
import { addressOf, hostOf, secretField, tokenOf, urlOf, wrongsOf, type Wrongs } from './fields';

const GAP = 400;

/** State of the reachability forms; one for the window, so that the guide and the settings show the same. */
export class Reachability {
  /** As the program has it. */
  value = $state.raw<Reach | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** What a person is entering; null until the program's own is known. */
  draft = $state<ReachSettings | null>(null);
  /** The way's secret as it is typed. Gone as soon as the program has it. */
  secret = $state('');
  saving = $state(false);
  /** The program did not take what was entered. */
  refused = $state.raw<Trouble | null>(null);
  /** Was sent since the form was opened: what is wrong with empty fields is said from then on. */
  tried = $state(false);
  /** A person chose a way here, sent or not. */
  touched = $state(false);
  testing = $state(false);
  /** What came of the test that a person asked for. */
  tested = $state.raw<SelfTest | null>(null);
  testTrouble = $state.raw<Trouble | null>(null);
  #seen = '';
  readonly #pace: Pace;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#pace = new Pace(GAP, () => this.#ask());
  }

  /** Asks before long. */
  load(): void {
    this.#pace.want();
  }

  /** A new status: asks again where it says something new. Only after a first `load`. */
  heard({ way, state, url, since, check }: ReachStatus): void {
    const seen = [way, state, url, since, check?.at].join(' ');
    if (seen === this.#seen) return;
    this.#seen = seen;
    if (this.value) this.load();
  }

  /** What came of a test was seen. */
  forgetTest(): void {
    this.tested = null;
    this.testTrouble = null;
  }

  /** Whether what is entered leads to another public address than what the program has. */
  get moves(): boolean {
    if (!this.draft || !this.value) return false;
    return addressOf(tidied(this.draft)) !== addressOf(tidied(this.value.chosen));
  }

  /** Whether the secret of the way that is being entered is kept. */
  get kept(): boolean {
    const { draft, value } = this;
    if (!draft || !value) return false;
    // The password of one login is not the passphrase of another.
    const other = draft.way === 'ssh' && draft.ssh.login !== value.chosen.ssh.login;
    return value.secretsKept.includes(draft.way) && !other;
  }

  /** Whether what is entered differs from what the program has. */
  get changed(): boolean {
    if (!this.draft || !this.value) return false;
    return this.secret !== '' || JSON.stringify(tidied(this.draft)) !== this.#chosen;
  }

  get #chosen(): string {
    return JSON.stringify(this.value ? tidied(this.value.chosen) : null);
  }

  /** What is wrong with what was entered. */
  get wrongs(): Wrongs {
    if (!this.draft) return {};
    return wrongsOf(tidied(this.draft), this.#cleanSecret, this.kept);
  }

  get #cleanSecret(): string {
    if (!this.draft) return '';
    const field = secretField(this.draft);
    if (field === null) return '';
    return field === 'password' ? this.secret : tokenOf(this.secret);
  }

  /** Another way is being entered. */
  choose(way: WayName): void {
    this.touched = true;
    if (!this.draft || this.draft.way === way) return;
    this.draft.way = way;
    this.secret = '';
    this.refused = null;
    this.tried = false;
  }

  /** Back to what the program has. */
  revert(): void {
    this.draft = this.value ? structuredClone(this.value.chosen) : null;
    this.secret = '';
    this.refused = null;
    this.tried = false;
  }

  /** Sends what was entered. Whether the program took it; how it goes from there is news. */
  async save(): Promise<boolean> {
    const draft = this.draft;
    if (!draft || this.saving) return false;
    this.tried = true;
    if (Object.keys(this.wrongs).length > 0) return false;
    this.saving = true;
    this.refused = null;
    this.tested = null;
    const secret = this.#cleanSecret;
    const reach = tidied(draft);
    // Another server has another key: it is pinned anew.
    const before = this.value?.chosen.ssh;
    if (reach.ssh.host !== before?.host || reach.ssh.port !== before.port) reach.ssh.hostKey = null;
    try {
      const value = await this.#backend.ask({
        ask: 'set-reach',
        reach,
        secret: secret === '' ? null : secret,
      });
      this.secret = '';
      this.#take(value, true);
      this.tried = false;
      return true;
    } catch (error) {
      this.refused = refusalOf(error);
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** The SSH server's key is pinned anew at the next connection. */
  async forgetKey(): Promise<boolean> {
    if (!this.draft || !this.value) return false;
    this.revert();
    this.draft.ssh.hostKey = null;
    return this.save();
  }

  /** Tries to connect at once. */
  async retry(): Promise<void> {
    this.testTrouble = null;
    try {
      await this.#backend.ask({ ask: 'retry-reach' });
    } catch (error) {
      this.testTrouble = troubleOf(error);
    }
  }

  /** Sends a self-test and waits for it. */
  async test(): Promise<void> {
    if (this.testing) return;
    this.testing = true;
    this.tested = null;
    this.testTrouble = null;
    try {
      this.tested = await this.#backend.ask({ ask: 'test-reach' });
    } catch (error) {
      this.testTrouble = refusalOf(error);
    } finally {
      this.testing = false;
    }
  }

  async #ask(): Promise<void> {
    try {
      this.#take(await this.#backend.ask({ ask: 'reach' }), false);
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  #take(value: Reach, saved: boolean): void {
    const pinned = value.chosen.ssh.hostKey;
    const untouched = saved || this.draft === null || !this.changed;
    this.value = value;
    if (untouched) this.draft = structuredClone(value.chosen);
    // Pinned meanwhile by the program: nothing that a person enters.
    else if (this.draft) this.draft.ssh.hostKey = pinned;
  }
}

/** As it is sent: without what pasting left around it. */
export function tidied(draft: ReachSettings): ReachSettings {
  const { ngrok, ssh, cloudflared, own } = draft;
  const text = (value: string | null) => value?.trim() || null;
  const host = (value: string | null) => hostOf(value ?? '') || null;
  return {
    way: draft.way,
    ngrok: { domain: host(ngrok.domain), server: text(ngrok.server), caFile: text(ngrok.caFile) },
    ssh: {
      host: hostOf(ssh.host),
      port: ssh.port,
      user: ssh.user.trim(),
      login: ssh.login,
      keyFile: text(ssh.keyFile),
      bindHost: ssh.bindHost.trim(),
      bindPort: ssh.bindPort,
      hostKey: ssh.hostKey,
      publicUrl: urlOf(ssh.publicUrl ?? '') || null,
    },
    cloudflared: {
      program: text(cloudflared.program),
      named: cloudflared.named,
      hostname: host(cloudflared.hostname),
    },
    own: { url: urlOf(own.url) },
  };
}

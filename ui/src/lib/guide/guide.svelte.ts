// Setting up: hook addresses, the shared secret, a sample delivery.

import {
  refusalOf,
  troubleOf,
  type Backend,
  type Hooks,
  type Status,
  type Trouble,
} from '../backend';
import { Pace } from '../desk/pace';
import type { Settings } from '../settings/settings.svelte';

/** The steps, in their order. */
export const STEPS = [
  { id: 'way', short: 'Way', title: 'How shall Nexudus reach this computer?' },
  { id: 'connect', short: 'Connect', title: 'Connect' },
  { id: 'secret', short: 'Secret', title: 'Agree on a shared secret' },
  { id: 'webhooks', short: 'Webhooks', title: 'Add the webhooks in Nexudus' },
  { id: 'first', short: 'Delivery', title: 'Wait for the first delivery' },
] as const;

const LAST = STEPS.length - 1;
const GAP = 400;

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 40;

/** A random secret of 40 letters and digits: each as likely as any other. */
export function makeSecret(): string {
  // What lies beyond the last whole multiple would make some signs likelier: drawn again.
  const fair = 256 - (256 % SIGNS.length);
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(SECRET_LENGTH))) {
      if (byte < fair && secret.length < SECRET_LENGTH) secret += SIGNS[byte % SIGNS.length];
    }
  }
  return secret;
}

/** What is wrong with a secret that was typed; null if nothing is. */
export function secretTrouble(secret: string): string | null {
  if (secret === '') return null;
  if (secret.trim() !== secret) return 'It begins or ends with a space: was it copied whole?';
  for (const letter of secret) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) return 'It has a line break or another invisible character.';
    if (code > 0x7e) {
      return `“${letter}” is not plain ASCII: the platform would sign something else. Use letters, digits and signs of an English keyboard.`;
    }
  }
  return null;
}

/** The state of the set-up: where a person is in the guide, and what its steps work with. */
export class Guide {
  /** From 0. */
  step = $state(0);
  hooks = $state.raw<Hooks | null>(null);
  hooksTrouble = $state.raw<Trouble | null>(null);
  sending = $state(false);
  /** What the listener answered to the last sample, and what it was. */
  sample = $state.raw<{ action: string; status: number } | null>(null);
  sampleTrouble = $state.raw<Trouble | null>(null);
  keeping = $state(false);
  /** Where the secret was kept, and how many it released from quarantine. */
  kept = $state.raw<{ keptIn: string; released: number } | null>(null);
  secretRefused = $state.raw<Trouble | null>(null);
  #seen = '';
  readonly #pace: Pace;
  readonly #backend: Backend;
  readonly #settings: Settings;

  constructor(backend: Backend, settings: Settings) {
    this.#backend = backend;
    this.#settings = settings;
    this.#pace = new Pace(GAP, () => this.#ask());
  }

  /** Goes to a step, and remembers it for the next time. */
  go(step: number): void {
    this.step = Math.min(Math.max(0, step), LAST);
    void this.#settings.setGuide({ step: this.step, done: false });
  }

  /** Not shown by itself any more; opened again, it stands where it was left. */
  putAway(): void {
    void this.#settings.setGuide({ step: this.step, done: true });
  }

  /** Asks for the addresses, unless they are known. */
  load(): void {
    if (!this.hooks) this.#pace.want();
  }

  /** Asks for the addresses anew: the key was replaced. */
  reload(): void {
    if (this.hooks || this.hooksTrouble) this.#pace.want();
  }

  /** A new status: another public address or port makes other hook addresses. */
  heard({ reach, listener }: Status): void {
    const seen = `${reach.url} ${listener.address}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.reload();
  }

  /** Sends one sample delivery through the real listener. */
  async sendSample(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.sampleTrouble = null;
    try {
      this.sample = await this.#backend.ask({ ask: 'send-sample', action: null });
    } catch (error) {
      this.sample = null;
      this.sampleTrouble = troubleOf(error);
    } finally {
      this.sending = false;
    }
  }

  /** Keeps a shared secret. Whether it was kept. */
  async setSecret(secret: string, location: number | null): Promise<boolean> {
    return this.#secretly(async () => {
      this.kept = await this.#backend.ask({ ask: 'set-secret', secret, location });
    });
  }

  /** Forgets a shared secret: from then on it proves nothing. Whether it is forgotten. */
  async removeSecret(id: number): Promise<boolean> {
    return this.#secretly(async () => {
      await this.#backend.ask({ ask: 'remove-secret', id });
    });
  }

  async #secretly(run: () => Promise<void>): Promise<boolean> {
    if (this.keeping) return false;
    this.keeping = true;
    this.secretRefused = null;
    this.kept = null;
    try {
      await run();
      return true;
    } catch (error) {
      this.secretRefused = refusalOf(error);
      return false;
    } finally {
      this.keeping = false;
    }
  }

  async #ask(): Promise<void> {
    try {
      this.hooks = await this.#backend.ask({ ask: 'hooks' });
      this.hooksTrouble = null;
    } catch (error) {
      this.hooksTrouble = troubleOf(error);
    }
  }
}

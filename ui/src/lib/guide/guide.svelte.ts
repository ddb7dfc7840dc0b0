// Setting up: hook addresses, the shared secret, a sample delivery.

import { troubleOf, type Backend, type Hooks, type Trouble } from '../backend';
import { isBoolean, recall, remember } from '../desk/prefs';

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

/** The state of the set-up pane. */
export class Guide {
  hooks = $state.raw<Hooks | null>(null);
  hooksTrouble = $state.raw<Trouble | null>(null);
  dismissed = $state(recall('guide-dismissed', false, isBoolean));
  sending = $state(false);
  /** What the listener answered to the last sample, and what it was. */
  sample = $state.raw<{ action: string; status: number } | null>(null);
  sampleTrouble = $state.raw<Trouble | null>(null);
  keeping = $state(false);
  /** Where the secret was kept, and how many it released from quarantine. */
  kept = $state.raw<{ keptIn: string; released: number } | null>(null);
  secretRefused = $state.raw<Trouble | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks for the addresses, once. */
  async load(): Promise<void> {
    if (this.hooks) return;
    try {
      this.hooks = await this.#backend.ask({ ask: 'hooks' });
      this.hooksTrouble = null;
    } catch (error) {
      this.hooksTrouble = troubleOf(error);
    }
  }

  /** Not shown by itself any more. */
  dismiss(): void {
    this.dismissed = true;
    remember('guide-dismissed', true);
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
    if (this.keeping) return false;
    this.keeping = true;
    this.secretRefused = null;
    this.kept = null;
    try {
      this.kept = await this.#backend.ask({ ask: 'set-secret', secret, location });
      return true;
    } catch (error) {
      this.secretRefused = troubleOf(error);
      return false;
    } finally {
      this.keeping = false;
    }
  }
}

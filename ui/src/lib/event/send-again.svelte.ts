// Sending an event's body again, to an address of the integrator's.

import {
  asAskError,
  refusalOf,
  troubleOf,
  type Backend,
  type SentAgain,
  type Trouble,
} from '../backend';
import { isStrings, recall, remember } from '../desk/prefs';
import { hostOf, withoutSecrets } from './target';

const KEPT = 5;
const PREF = 'send-again-urls';

/** The state of the dialog. */
export class SendAgain {
  url = $state('');
  /** The last addresses, newest first, without secrets. */
  urls = $state.raw<string[]>(recall(PREF, [], isStrings));
  sending = $state(false);
  answer = $state.raw<SentAgain | null>(null);
  /** It is no address of this computer: this one is asked about before anything leaves. */
  confirm = $state<string | null>(null);
  /** What is wrong with the address. */
  wrong = $state<string | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Begins anew, with the address that was used last. */
  reset(): void {
    this.url = this.urls[0] ?? '';
    this.#clear();
  }

  #clear(): void {
    this.answer = null;
    this.confirm = null;
    this.wrong = null;
    this.trouble = null;
  }

  /** Another address was typed: what was said of the one before goes. */
  type(url: string): void {
    this.url = url;
    this.#clear();
  }

  /** Sends. `confirmed` only after a person was shown the host and said yes. */
  async send(event: number, confirmed: boolean): Promise<void> {
    if (this.sending) return;
    const url = this.url.trim();
    this.#clear();
    if (withoutSecrets(url) === null) {
      this.wrong = 'Write the whole address, beginning with http:// or https://';
      return;
    }
    this.sending = true;
    try {
      this.answer = await this.#backend.ask({ ask: 'send-again', event, url, confirmed });
      this.#keep(url);
    } catch (error) {
      const { code } = asAskError(error);
      if (code === 'confirm') this.confirm = hostOf(url);
      else if (code === 'bad-question') this.wrong = refusalOf(error).sentence;
      else this.trouble = troubleOf(error);
    } finally {
      this.sending = false;
    }
  }

  #keep(url: string): void {
    const kept = withoutSecrets(url);
    if (kept === null) return;
    this.urls = [kept, ...this.urls.filter((other) => other !== kept)].slice(0, KEPT);
    remember(PREF, this.urls);
  }
}

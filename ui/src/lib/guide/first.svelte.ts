// The newest delivery from Nexudus itself: what the guide's last step waits for.

import { troubleOf, type Backend, type Row, type Trouble } from '../backend';
import { Pace } from '../desk/pace';
import { EVERYTHING } from '../filter/model';

const GAP = 400;

/** Watches for deliveries that are no samples, while somebody looks. */
export class FirstDelivery {
  row = $state.raw<Row | null>(null);
  answered = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #looking = false;
  #newest = -1;
  readonly #pace: Pace;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#pace = new Pace(GAP, () => this.#ask());
  }

  /** Looks until the function that comes back is called. */
  watch(): () => void {
    this.#looking = true;
    this.#pace.want();
    return () => {
      this.#looking = false;
    };
  }

  /** The newest delivery's number, as often as it is told. */
  heard(newest: number): void {
    if (newest === this.#newest) return;
    this.#newest = newest;
    if (this.#looking) this.#pace.want();
  }

  async #ask(): Promise<void> {
    try {
      const page = await this.#backend.ask({
        ask: 'feed',
        filter: { ...EVERYTHING, withoutFlags: ['sample'] },
        asOf: null,
        at: { by: 'newest' },
        limit: 1,
        fold: false,
        oldestFirst: false,
      });
      this.row = page.rows[0] ?? null;
      this.answered = true;
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }
}

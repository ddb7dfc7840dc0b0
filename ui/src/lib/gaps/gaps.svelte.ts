// The gap ledger, page by page.

import { troubleOf, type Backend, type Gap, type Status, type Trouble } from '../backend';
import { Pace } from '../desk/pace';

const PAGE = 50;
const GAP = 400;

/** The list of gaps, newest first. */
export class GapLedger {
  items = $state.raw<Gap[]>([]);
  total = $state(0);
  /** Since when there is a record. */
  since = $state(0);
  /** Ms within the last 7 days that lie in gaps. */
  week = $state(0);
  answered = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  asking = $state(false);
  #seen = '';
  readonly #pace: Pace;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#pace = new Pace(GAP, () => this.#ask(null));
  }

  /** Asks for the newest before long; older pages that are shown stay. */
  load(): void {
    this.#pace.want();
  }

  /** A new status: asks again where it tells of another gap, once the list is shown. */
  heard({ gap, gapsThisWeek }: Status): void {
    const seen = [gap?.id, gap?.causes.length, gapsThisWeek].join(' ');
    if (seen === this.#seen) return;
    this.#seen = seen;
    if (this.answered) this.load();
  }

  /** Whether older ones are to be had. */
  get more(): boolean {
    return this.items.length < this.total;
  }

  /** Asks for the next older ones. */
  async older(): Promise<void> {
    const last = this.items.at(-1);
    if (this.asking || !this.more || !last) return;
    await this.#ask(last.id);
  }

  async #ask(before: number | null): Promise<void> {
    this.asking = true;
    try {
      const page = await this.#backend.ask({ ask: 'gaps', before, limit: PAGE });
      this.items = before === null ? this.#newest(page.items) : [...this.items, ...page.items];
      this.total = page.total;
      this.since = page.since;
      this.week = page.week;
      this.trouble = null;
      this.answered = true;
    } catch (error) {
      this.trouble = troubleOf(error);
    } finally {
      this.asking = false;
    }
  }

  /** The newest page before the older ones that are shown, unless there is a hole between them. */
  #newest(items: Gap[]): Gap[] {
    const last = items.at(-1);
    if (!last || items.length < PAGE) return items;
    const older = this.items.filter(({ id }) => id < last.id);
    return this.items.some(({ id }) => id === last.id) ? [...items, ...older] : items;
  }
}

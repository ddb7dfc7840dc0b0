// How the program is: what the strip shows.

import { troubleOf, type Backend, type News, type Status, type Trouble } from '../backend';
import { Pace } from './pace';

const GAP = 400;
const TELL_GAP = 250;
/** Sizes and counters change without news: asked for now and then. */
const NOW_AND_THEN = 10_000;

/** The program's state, kept fresh. */
export class ProgramStatus {
  value = $state.raw<Status | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** A delivery failed its signature; until it was looked at. */
  alarm = $state<string | null>(null);
  #stale = false;
  #news: Extract<News, { news: 'changed' }> | null = null;
  /** A burst is told in steps that an eye can follow. */
  readonly #telling = new Pace(TELL_GAP, async () => this.#tell());
  readonly #pace: Pace;

  /** `told` is called with each new status, and the one before it. */
  constructor(backend: Backend, told: (status: Status, before: Status | null) => void) {
    this.#pace = new Pace(GAP, async () => {
      try {
        const before = this.value;
        const status = await backend.ask({ ask: 'status' });
        this.value = status;
        this.trouble = null;
        this.#stale = false;
        told(status, before);
      } catch (error) {
        this.trouble = troubleOf(error);
      }
    });
  }

  /** Asks now, and now and then. */
  start(): () => void {
    this.ask();
    let turn = 0;
    const timer = setInterval(() => {
      turn += 1;
      if (this.#stale || turn % 5 === 0) this.ask();
    }, NOW_AND_THEN / 5);
    return () => clearInterval(timer);
  }

  /** Asks before long. */
  ask(): void {
    this.#pace.want();
  }

  /** Takes over what news tell. */
  heard(news: Extract<News, { news: 'changed' }>): void {
    this.#stale = true;
    this.#news = news;
    this.#telling.want();
  }

  #tell(): void {
    if (!this.value || !this.#news) return;
    const { newestDelivery, events, lastArrival } = this.#news;
    this.value = { ...this.value, newestDelivery, events, lastArrival };
  }
}

// What the amounts of the listed events, or of the selected rows, come to.

import { troubleOf, type AmountSum, type Backend, type Selected, type Trouble } from '../backend';
import { Pace } from '../desk/pace';

/** While events arrive they are added up at most so often, in ms. */
const GAP = 1000;
/** Whoever waits longer is told, in ms. */
const SLOW = 150;

/** The state of the amounts; nothing is asked until they are looked at. */
export class Amounts {
  /** What was added up last; nothing yet. */
  sums = $state.raw<AmountSum[] | null>(null);
  /** An answer is awaited so long that a person should be told. */
  slow = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #turn = 0;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #pace: Pace;

  /** `what` says of which rows, once it is time to add up. */
  constructor(backend: Backend, what: () => Promise<Selected>) {
    this.#pace = new Pace(GAP, async () => {
      const turn = this.#turn;
      try {
        const of = await what();
        if (turn !== this.#turn) return;
        const { sums } = await backend.ask({ ask: 'amounts', of });
        if (turn !== this.#turn) return;
        this.sums = sums;
        this.trouble = null;
      } catch (error) {
        if (turn !== this.#turn) return;
        this.trouble = troubleOf(error);
      }
      this.#settle();
    });
  }

  /** They are looked at from now on: those of before are forgotten. */
  open(): void {
    this.#turn += 1;
    this.sums = null;
    this.trouble = null;
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => (this.slow = true), SLOW);
    this.#pace.now();
  }

  /** The list has become another one. */
  changed(): void {
    this.#pace.want();
  }

  /** Nobody looks any more: what is on its way is of no use. */
  close(): void {
    this.#turn += 1;
    this.#pace.stop();
    this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#slowTimer);
    this.slow = false;
  }
}

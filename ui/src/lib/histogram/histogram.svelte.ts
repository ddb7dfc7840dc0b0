// Events over time: what the bars above the list show.

import { tick } from 'svelte';
import {
  troubleOf,
  type Backend,
  type Filter,
  type Histogram as Counted,
  type Trouble,
} from '../backend';
import { Pace } from '../desk/pace';
import { isBoolean, recall, remember } from '../desk/prefs';
import { highest, roundUp } from './stacks';
import { Zoom, type Ranged } from './zoom.svelte';

/** While events arrive the bars grow at most so often, in ms. */
const GAP = 1000;
/** Whoever waits longer is told, in ms. */
const SLOW = 150;
const FOLDED = 'histogram-folded';

/** Bars for a width in px: wide enough to be hit, and no more than can be told apart. */
export function barsFor(width: number): number {
  // In steps, so that a window that is dragged by its edge does not ask for each pixel.
  return Math.min(120, Math.max(20, Math.floor(width / 80) * 10));
}

/** The state of the histogram. */
export class Histogram {
  /** What was counted last; that of the question before while another is not answered. */
  shown = $state.raw<Counted | null>(null);
  /** It is the answer to what is asked now. */
  fresh = $state(false);
  /** An answer is awaited so long that a person should be told. */
  slow = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  /** Only its head line is shown, and nothing is asked. */
  folded = $state(recall(FOLDED, false, isBoolean));
  /** Events that the height of the chart stands for. */
  ceiling = $state(1);
  readonly zoom: Zoom;
  /** Puts the focus on the chart. */
  focus: () => void = () => {};
  #bars = 60;
  #turn = 0;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #pace: Pace;

  /**
   * `what` says for which filter, and as of which delivery (null: now), once it is time to count; `ranged` has the
   * filter that is zoomed.
   */
  constructor(
    backend: Backend,
    ranged: Ranged,
    what: () => Promise<{ filter: Filter; asOf: number | null }>,
  ) {
    this.zoom = new Zoom(ranged);
    this.#pace = new Pace(GAP, async () => {
      const turn = this.#turn;
      try {
        const asked = await what();
        if (turn !== this.#turn) return;
        const counted = await backend.ask({
          ask: 'histogram',
          ...asked,
          from: null,
          to: null,
          bars: this.#bars,
        });
        if (turn === this.#turn) this.#take(counted);
      } catch (error) {
        if (turn !== this.#turn) return;
        this.trouble = troubleOf(error);
        this.#settle();
      }
    });
  }

  /** Something arrived: the last bar grows before long. */
  news(): void {
    if (!this.folded) this.#pace.want();
  }

  /** Another filter, or another moment: counts again at once, and what is on its way is of no use. */
  changed(): void {
    this.#turn += 1;
    this.fresh = false;
    if (this.folded) return;
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => (this.slow = true), SLOW);
    this.#pace.now();
  }

  /** More was counted in the background. */
  recount(): void {
    if (this.shown?.counting && !this.folded) this.#pace.now();
  }

  /** The chart is so wide, in px. */
  sized(width: number): void {
    const bars = barsFor(width);
    if (bars === this.#bars) return;
    this.#bars = bars;
    if (this.shown) this.changed();
  }

  /** Goes there by key; opens it first. */
  async enter(): Promise<void> {
    if (this.folded) this.setFolded(false);
    await tick();
    this.focus();
  }

  /** Shows it, or only its head line. */
  setFolded(folded: boolean): void {
    this.folded = folded;
    remember(FOLDED, folded);
    if (folded) {
      this.#pace.stop();
      this.#settle();
    } else this.changed();
  }

  #take(counted: Counted): void {
    const ceiling = roundUp(highest(counted));
    // While the same question is counted on, bars that are there keep their height.
    this.ceiling = this.fresh ? Math.max(this.ceiling, ceiling) : ceiling;
    this.shown = counted;
    this.fresh = true;
    this.trouble = null;
    this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#slowTimer);
    this.slow = false;
  }
}

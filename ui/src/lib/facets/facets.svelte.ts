// The counts beside categories, actions, locations and marks.

import { troubleOf, type Backend, type Facets, type Filter, type Trouble } from '../backend';
import { Pace } from '../desk/pace';
import { merge, NO_LINES, type Lines } from './merge';

const GAP = 500;

/** The state of the facets. */
export class FacetCounts {
  facets = $state.raw<Facets | null>(null);
  /** What the left pane lists. */
  lines = $state.raw<Lines>(NO_LINES);
  trouble = $state.raw<Trouble | null>(null);
  /** They are those of the filter that is asked for. */
  fresh = $state(false);
  #turn = 0;
  readonly #pace: Pace;

  /** `what` says for which filter, and as of which delivery (null: now), once it is time to count. */
  constructor(backend: Backend, what: () => Promise<{ filter: Filter; asOf: number | null }>) {
    this.#pace = new Pace(GAP, async () => {
      const turn = this.#turn;
      try {
        const counted = await what();
        if (turn !== this.#turn) return;
        const facets = await backend.ask({ ask: 'facets', ...counted });
        if (turn !== this.#turn) return;
        this.facets = facets;
        this.fresh = true;
        this.lines = merge(this.lines, facets);
        this.trouble = null;
      } catch (error) {
        if (turn === this.#turn) this.trouble = troubleOf(error);
      }
    });
  }

  /** Something arrived: counts again before long. */
  news(): void {
    this.#pace.want();
  }

  /** More was counted in the background. */
  recount(): void {
    if (this.facets?.counting) this.#pace.now();
  }

  /** Another filter, or another moment: counts again at once, and what is on its way is of no use. */
  changed(): void {
    this.#turn += 1;
    this.fresh = false;
    this.#pace.now();
  }
}

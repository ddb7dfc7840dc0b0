// The event that is looked at.

import { troubleOf, type Backend, type EventDetail, type Trouble } from '../backend';
import { Pace } from '../desk/pace';
import { EVERYTHING } from '../filter/model';

const SLOW = 150;
/** How often news let the open event be looked at again, in ms. */
const LOOK = 1000;

/** The state of the event pane. */
export class EventView {
  /** The event that is wanted. */
  id = $state<number | null>(null);
  /** The event that is there: while another is fetched, the one before. */
  detail = $state.raw<EventDetail | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Fetching takes long. */
  slow = $state(false);
  readonly #backend: Backend;
  readonly #look = new Pace(LOOK, () => this.#lookAgain());
  readonly #revise = new Pace(LOOK, () => this.#askAgain());

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Shows an event. */
  async show(id: number): Promise<void> {
    if (this.id === id && this.detail?.row.id === id) return;
    this.id = id;
    this.trouble = null;
    const slow = setTimeout(() => {
      if (this.id === id) this.slow = true;
    }, SLOW);
    try {
      const detail = await this.#backend.ask({ ask: 'event', id });
      if (this.id === id) this.detail = detail;
    } catch (error) {
      if (this.id === id) {
        this.trouble = troubleOf(error);
        this.detail = null;
      }
    } finally {
      clearTimeout(slow);
      if (this.id === id) this.slow = false;
    }
  }

  /** Something arrived: it may be the open event once more. */
  news(): void {
    if (this.detail !== null) this.#look.want();
  }

  /** It is told differently now: asked for again as a whole. */
  revised(): void {
    if (this.detail !== null) this.#revise.want();
  }

  async #askAgain(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    try {
      const detail = await this.#backend.ask({ ask: 'event', id });
      if (this.id === id) this.detail = detail;
    } catch {
      // What is shown stays; whoever asks next is told of the trouble.
    }
  }

  /** Asks for its row only; the whole of it, body and all, only when that tells of another arrival. */
  async #lookAgain(): Promise<void> {
    const known = this.detail?.row;
    if (!known) return;
    const { id } = known;
    try {
      const at = { by: 'event', id } as const;
      const page = await this.#backend.ask({
        ask: 'feed',
        filter: EVERYTHING,
        asOf: null,
        at,
        limit: 1,
        fold: false,
        oldestFirst: false,
      });
      const row = page.rows.find((one) => one.id === id);
      if (!row || row.repeats === known.repeats) return;
      const detail = await this.#backend.ask({ ask: 'event', id });
      if (this.id === id) this.detail = detail;
    } catch {
      // What is shown stays; whoever asks next is told of the trouble.
    }
  }

  /** Asks again after a trouble. */
  again(): void {
    const { id } = this;
    if (id === null) return;
    this.id = null;
    void this.show(id);
  }

  /** Shows none. */
  close(): void {
    this.#look.stop();
    this.#revise.stop();
    this.id = null;
    this.detail = null;
    this.trouble = null;
    this.slow = false;
  }
}

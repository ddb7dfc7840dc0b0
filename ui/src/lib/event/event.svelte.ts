// The event that is looked at.

import { troubleOf, type Backend, type EventDetail, type Trouble } from '../backend';

const SLOW = 150;

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

  /** Asks again after a trouble. */
  again(): void {
    const { id } = this;
    if (id === null) return;
    this.id = null;
    void this.show(id);
  }

  /** Shows none. */
  close(): void {
    this.id = null;
    this.detail = null;
    this.trouble = null;
    this.slow = false;
  }
}

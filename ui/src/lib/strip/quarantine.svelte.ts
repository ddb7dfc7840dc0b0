// What is in quarantine, page by page; one looked at; some discarded.

import {
  refusalOf,
  troubleOf,
  type Backend,
  type Discard,
  type QuarantineDetail,
  type QuarantineItem,
  type Trouble,
} from '../backend';

const PAGE = 100;

/** The list in the quarantine dialog, newest first. */
export class Quarantine {
  items = $state.raw<QuarantineItem[]>([]);
  total = $state(0);
  trouble = $state.raw<Trouble | null>(null);
  /** The one that is looked at. */
  open = $state<number | null>(null);
  detail = $state.raw<QuarantineDetail | null>(null);
  detailTrouble = $state.raw<Trouble | null>(null);
  discarding = $state(false);
  /** Why what was to be discarded was not. */
  refused = $state.raw<Trouble | null>(null);
  /** How many were discarded last. */
  discarded = $state<number | null>(null);
  #asking = false;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks for the next older ones. */
  async more(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const before = this.items.at(-1)?.id ?? null;
      const page = await this.#backend.ask({ ask: 'quarantine', before, limit: PAGE });
      this.items = [...this.items, ...page.items];
      this.total = page.total;
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    } finally {
      this.#asking = false;
    }
  }

  /** Opens one to be looked at, or closes it. */
  async look(id: number): Promise<void> {
    this.detail = null;
    this.detailTrouble = null;
    this.open = this.open === id ? null : id;
    if (this.open === null) return;
    try {
      const detail = await this.#backend.ask({ ask: 'quarantine-item', id });
      if (this.open === id) this.detail = detail;
    } catch (error) {
      if (this.open === id) this.detailTrouble = troubleOf(error);
    }
  }

  /** Discards one. Whether it is gone. */
  async discard(id: number): Promise<boolean> {
    return this.#discard({ by: 'ids', ids: [id] }, (item) => item.id !== id);
  }

  /** Discards all that the list knows of; what has come since stays. Whether they are gone. */
  async discardAll(): Promise<boolean> {
    const newest = this.items[0]?.id;
    if (newest === undefined) return false;
    return this.#discard({ by: 'upTo', id: newest }, (item) => item.id > newest);
  }

  async #discard(what: Discard, stays: (item: QuarantineItem) => boolean): Promise<boolean> {
    if (this.discarding) return false;
    this.discarding = true;
    this.refused = null;
    this.discarded = null;
    try {
      const { count } = await this.#backend.ask({ ask: 'discard-quarantine', what });
      this.items = this.items.filter(stays);
      this.total = Math.max(this.items.length, this.total - count);
      this.discarded = count;
      if (this.open !== null && !this.items.some(({ id }) => id === this.open)) this.open = null;
    } catch (error) {
      this.refused = refusalOf(error);
      return false;
    } finally {
      this.discarding = false;
    }
    // Older ones, or what came meanwhile.
    if (this.items.length === 0) await this.more();
    return true;
  }
}

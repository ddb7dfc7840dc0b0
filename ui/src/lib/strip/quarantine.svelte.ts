// What is in quarantine, page by page.

import { troubleOf, type Backend, type QuarantineItem, type Trouble } from '../backend';

const PAGE = 100;

/** The list in the quarantine dialog, newest first. */
export class Quarantine {
  items = $state.raw<QuarantineItem[]>([]);
  total = $state(0);
  trouble = $state.raw<Trouble | null>(null);
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
}

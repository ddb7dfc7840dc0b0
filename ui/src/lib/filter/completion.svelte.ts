// Completion in the query box: what could come next, chosen by keyboard or mouse.

import type { Backend, Completion, Completions } from '../backend';

const PAUSE = 80;

/** The state of the list below the query box. */
export class CompletionList {
  items = $state.raw<Completion[]>([]);
  /** The one that Enter or Tab would take; -1 for none. */
  chosen = $state(-1);
  #span = { start: 0, end: 0 };
  #turn = 0;
  #moves = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Done when the list belongs to the text that was last looked at. */
  #looking: Promise<void> = Promise.resolve();
  #looked: () => void = () => {};
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get open(): boolean {
    return this.items.length > 0;
  }

  /** One is chosen, or about to be. */
  get choosing(): boolean {
    return this.chosen >= 0 || this.#moves > 0;
  }

  /** The text or the caret changed. */
  look(text: string, cursor: number): void {
    clearTimeout(this.#timer);
    this.#looked();
    const turn = ++this.#turn;
    this.chosen = -1;
    this.#looking = new Promise((done) => {
      this.#looked = done;
    });
    const done = this.#looked;
    this.#timer = setTimeout(async () => {
      try {
        const found: Completions = await this.#backend.ask({ ask: 'complete', text, cursor });
        if (turn !== this.#turn) return;
        this.#span = found;
        this.items = found.items;
      } catch {
        // Without completion a query can still be typed.
        if (turn === this.#turn) this.items = [];
      } finally {
        done();
      }
    }, PAUSE);
  }

  /** Closes the list. */
  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#looked();
    this.items = [];
    this.chosen = -1;
  }

  /** Moves the choice, round and round; past an end nothing is chosen. Keys may be faster than the list. */
  async move(by: number): Promise<void> {
    this.#moves += 1;
    await this.#looking;
    this.#moves -= 1;
    const places = this.items.length + 1;
    this.chosen = ((this.chosen + 1 + by + places) % places) - 1;
  }

  /** The text with an item put in (the chosen one; else `fallback`), and where the caret belongs. */
  async take(text: string, fallback?: number): Promise<{ text: string; cursor: number } | null> {
    await this.#looking;
    const item = this.items[this.chosen >= 0 ? this.chosen : (fallback ?? -1)];
    if (!item) return null;
    const { start, end } = this.#span;
    const before = text.slice(0, start) + item.insert;
    this.close();
    return { text: before + text.slice(end), cursor: before.length };
  }
}

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
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get open(): boolean {
    return this.items.length > 0;
  }

  /** The text or the caret changed. */
  look(text: string, cursor: number): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#timer = setTimeout(async () => {
      try {
        const found: Completions = await this.#backend.ask({ ask: 'complete', text, cursor });
        if (turn !== this.#turn) return;
        this.#span = found;
        this.items = found.items;
        this.chosen = -1;
      } catch {
        // Without completion a query can still be typed.
        if (turn === this.#turn) this.items = [];
      }
    }, PAUSE);
  }

  /** Closes the list. */
  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.items = [];
    this.chosen = -1;
  }

  /** Moves the choice, round and round; past an end nothing is chosen. */
  move(by: number): void {
    const places = this.items.length + 1;
    this.chosen = ((this.chosen + 1 + by + places) % places) - 1;
  }

  /** The text with an item put in, and where the caret belongs. */
  take(text: string, index = this.chosen): { text: string; cursor: number } | null {
    const item = this.items[index];
    if (!item) return null;
    const { start, end } = this.#span;
    const before = text.slice(0, start) + item.insert;
    this.close();
    return { text: before + text.slice(end), cursor: before.length };
  }
}

// Completion in the query box: what could come next, chosen by keyboard or mouse.

import type { Backend, Completion, Completions } from '../backend';

/** Completions of one kind. */
export interface Group {
  title: string;
  /** Each with its place in the whole list. */
  items: { item: Completion; at: number }[];
}

/** What a text was completed to. */
export interface Taken {
  text: string;
  /** Where the caret belongs. */
  cursor: number;
}

const WORDS = 'Words';
const FIELDS = 'Fields';
const FIELD = /^-?([a-z]+)[:.]/i;

const capital = (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase());

/** The title that an item stands under. `field` is the one whose value is being typed. */
function titleOf({ insert }: Completion, field: string): string {
  if (/^-?[a-z.]+:$/i.test(insert)) return FIELDS;
  const name = field || FIELD.exec(insert)?.[1];
  return name ? capital(name) : WORDS;
}

/** Items under their titles, in the order of the first of each. */
function grouped(items: readonly Completion[], title: (item: Completion) => string): Group[] {
  const titles = [...new Set(items.map(title))];
  let at = 0;
  return titles.map((one) => ({
    title: one,
    items: items.filter((item) => title(item) === one).map((item) => ({ item, at: at++ })),
  }));
}

/** The state of the list below the query box. */
export class CompletionList {
  /** The list as it is shown. */
  groups = $state.raw<readonly Group[]>([]);
  /** The one that Enter or Tab would take; -1 for none. */
  chosen = $state(-1);
  /** What was typed of it: its letters are marked. */
  typed = $state('');
  /** Former questions are listed, not completions. */
  former = $state(false);
  #span = { start: 0, end: 0 };
  #turn = 0;
  #moves = 0;
  #wanted: { text: string; cursor: number } | null = null;
  /** Done when the list belongs to the text that was last looked at. */
  #looking: Promise<void> | null = null;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** All of them, in the order in which they are shown. */
  get items(): Completion[] {
    return this.groups.flatMap(({ items }) => items.map(({ item }) => item));
  }

  get open(): boolean {
    return this.groups.length > 0;
  }

  /** One is chosen, or about to be. */
  get choosing(): boolean {
    return this.chosen >= 0 || this.#moves > 0;
  }

  /** The text or the caret changed. What is listed stays until there is an answer. */
  look(text: string, cursor: number): void {
    this.#turn += 1;
    this.chosen = -1;
    if (this.former) this.#empty();
    this.#wanted = { text, cursor };
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = null;
    });
  }

  /** Lists former questions. */
  recall(questions: readonly string[]): void {
    this.#turn += 1;
    this.#wanted = null;
    this.former = true;
    this.typed = '';
    const items = questions.map((question) => ({ insert: question, label: question, hint: '' }));
    this.groups = grouped(items, () => 'Last questions');
    this.chosen = items.length > 0 ? 0 : -1;
  }

  /** Closes the list. */
  close(): void {
    this.#turn += 1;
    this.#wanted = null;
    this.#empty();
  }

  /** Moves the choice, round and round; past an end nothing is chosen. Keys may be faster than the list. */
  async move(by: number): Promise<void> {
    this.#moves += 1;
    await this.#looking;
    this.#moves -= 1;
    const places = this.items.length + 1;
    this.chosen = ((this.chosen + 1 + by + places) % places) - 1;
  }

  /** The text with an item put in (the chosen one; else `fallback`). */
  async take(text: string, fallback?: number): Promise<Taken | null> {
    await this.#looking;
    const item = this.items[this.chosen >= 0 ? this.chosen : (fallback ?? -1)];
    if (!item) return null;
    const { former } = this;
    const { start, end } = this.#span;
    this.close();
    if (former) return { text: item.insert, cursor: item.insert.length };
    const before = text.slice(0, start) + item.insert;
    return { text: before + text.slice(end), cursor: before.length };
  }

  /** One question at a time, always the newest next. */
  async #ask(): Promise<void> {
    while (this.#wanted) {
      const { text, cursor } = this.#wanted;
      this.#wanted = null;
      const turn = this.#turn;
      try {
        const found = await this.#backend.ask({ ask: 'complete', text, cursor });
        if (turn === this.#turn) this.#put(found, text, cursor);
      } catch {
        // Without completion a query can still be typed.
        if (turn === this.#turn) this.#empty();
      }
    }
  }

  #put(found: Completions, text: string, cursor: number): void {
    this.#span = found;
    const typed = text.slice(found.start, cursor);
    // A value's field stands before it, or before the list that it is in.
    const before = /(?:^|[\s(-])([a-z]+)(?:[.[]\S*)?:(?:\([^()]*)?"?$/i.exec(
      text.slice(0, found.start),
    );
    const field = before?.[1] ?? '';
    this.typed = typed.replace(FIELD, '').replace(/^"|"$/g, '') || typed;
    this.groups = grouped(found.items, (item) => titleOf(item, field));
  }

  #empty(): void {
    this.groups = [];
    this.chosen = -1;
    this.former = false;
    this.typed = '';
  }
}

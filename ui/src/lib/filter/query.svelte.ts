// The query box: its text and the filter are two views of one thing.

import { troubleOf, type Backend, type Filter, type ParseTrouble, type Trouble } from '../backend';
import { EVERYTHING, sameFilter } from './model';
import { write } from './write';

const PAUSE = 180;

/** The state of the query box. */
export class Query {
  text = $state('');
  /** What the text means; while it has an error, what it meant before. */
  filter = $state.raw<Filter>(EVERYTHING);
  /** What is wrong with the text, and where. */
  error = $state.raw<ParseTrouble | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** The caret is in the box. */
  editing = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;
  readonly #apply: (filter: Filter) => void;

  /** `apply` is called with each new filter. */
  constructor(backend: Backend, apply: (filter: Filter) => void) {
    this.#backend = backend;
    this.#apply = apply;
  }

  /** Why the text is not what the list shows, as a sentence; null while it is. */
  get refused(): string | null {
    const message = this.error?.message.replace(/^./u, (letter) => letter.toUpperCase());
    return message ?? this.trouble?.sentence ?? null;
  }

  /** A person typed: parsed when the typing rests. */
  type(text: string): void {
    this.text = text;
    this.error = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.parse(), PAUSE);
  }

  /** Parses the text now. */
  async parse(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    try {
      const { filter, error } = await this.#backend.ask({ ask: 'parse-filter', text: this.text });
      if (turn !== this.#turn) return;
      this.trouble = null;
      this.error = error;
      if (filter) this.#set(filter);
    } catch (caught) {
      if (turn === this.#turn) this.trouble = troubleOf(caught);
    }
  }

  /** A filter was chosen by other means: the text follows. */
  choose(filter: Filter): void {
    clearTimeout(this.#timer);
    this.error = null;
    this.text = write(filter);
    this.#set(filter);
    void this.#tidy(filter);
  }

  /** Nothing is hidden any more. */
  clear(): void {
    this.choose(EVERYTHING);
  }

  /** The program's own way to write the filter, where it means the same. */
  async #tidy(filter: Filter): Promise<void> {
    const turn = ++this.#turn;
    if (this.text === '') return;
    try {
      const parsed = await this.#backend.ask({ ask: 'parse-filter', text: this.text });
      if (turn !== this.#turn || !parsed.filter || !sameFilter(parsed.filter, filter)) return;
      this.text = parsed.text;
    } catch {
      // Only the looks of the text are at stake.
    }
  }

  #set(filter: Filter): void {
    if (sameFilter(filter, this.filter)) return;
    this.filter = filter;
    this.#apply(filter);
  }
}

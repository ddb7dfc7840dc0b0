// The query box: its text and the filter are two views of one thing.

import {
  troubleOf,
  type Backend,
  type Filter,
  type Needle,
  type ParsedFilter,
  type ParseTrouble,
  type Trouble,
} from '../backend';
import { EVERYTHING, sameFilter } from './model';
import { plainWords } from './plain';
import { write } from './write';

/** A mistake is told when the typing rests, in ms: half a word is not one yet. */
const REST = 350;

/** A mistake, and the text that it is in. */
interface Mistake extends ParseTrouble {
  text: string;
}

/** The state of the query box. */
export class Query {
  text = $state('');
  /** What the text means; while it has an error, what it meant before. */
  filter = $state.raw<Filter>(EVERYTHING);
  /** What it looks for, to be marked wherever it is shown. */
  words = $state.raw<readonly Needle[]>([]);
  trouble = $state.raw<Trouble | null>(null);
  /** The caret is in the box. */
  editing = $state(false);
  /** What is wrong with the text, and where. */
  error = $state.raw<Mistake | null>(null);
  #turn = 0;
  /** Under way, until the newest text has been read. */
  #reading: Promise<void> | null = null;
  /** Typed while a question was under way: asked next. */
  #again = false;
  #found: Mistake | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
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

  /**
   * A person typed. What it means is asked at once, one question at a time, and the list follows each letter. Plain
   * words mean themselves: their list is not kept waiting for that answer.
   */
  type(text: string): void {
    this.text = text;
    this.#turn += 1;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#tell(), REST);
    const words = plainWords(text);
    if (words !== null) this.#set({ ...EVERYTHING, text: words });
    void this.#read();
  }

  /** Parses the text now; a mistake is told without waiting. */
  async parse(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    await this.#read();
    if (turn === this.#turn) this.#tell();
  }

  /** A filter was chosen by other means: the text follows. */
  choose(filter: Filter): void {
    this.#forget();
    this.text = write(filter);
    this.#set(filter);
    void this.#tidy(filter);
  }

  /** Nothing is hidden any more. */
  clear(): void {
    this.choose(EVERYTHING);
  }

  #read(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#readOnce();
    }
  }

  async #readOnce(): Promise<void> {
    const turn = this.#turn;
    const { text } = this;
    try {
      const parsed = await this.#backend.ask({ ask: 'parse-filter', text });
      if (turn !== this.#turn) return;
      this.trouble = null;
      this.#take(parsed, text);
    } catch (caught) {
      if (turn === this.#turn) this.trouble = troubleOf(caught);
    }
  }

  #take({ filter, words, error }: ParsedFilter, text: string): void {
    this.#found = error && { ...error, text };
    // One that is told already moves along; a new one waits for the rest.
    if (!error || this.error) this.error = this.#found;
    if (!filter) return;
    this.words = words;
    this.#set(filter);
  }

  #tell(): void {
    if (this.#found?.text === this.text) this.error = this.#found;
  }

  #forget(): void {
    clearTimeout(this.#rest);
    this.#turn += 1;
    this.#again = false;
    this.#found = null;
    this.error = null;
    this.trouble = null;
  }

  /** The program's own way to write the filter, where it means the same. */
  async #tidy(filter: Filter): Promise<void> {
    const turn = this.#turn;
    const { text } = this;
    if (text === '') {
      this.words = [];
      return;
    }
    try {
      const parsed = await this.#backend.ask({ ask: 'parse-filter', text });
      if (turn !== this.#turn || !parsed.filter) return;
      this.words = parsed.words;
      if (sameFilter(parsed.filter, filter)) this.text = parsed.text;
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

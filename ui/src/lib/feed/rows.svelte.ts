// The rows of a list as far as they are known, and how the others come: by pages, those that are seen first, then
// those that will be seen next. Pages that were scrolled by are not asked for.

import type { Anchor, FeedPage, Row } from '../backend';
import { missing, PAGE, Pages } from './pages';
import { tells } from './place';

const AT_ONCE = 2;

/** Who asks for the rows. */
export interface Asker {
  /** Asks for a page of what is shown, as of the moment that is shown. */
  ask(at: Anchor): Promise<FeedPage>;
  /** Whether rows may be asked for now. */
  ready(): boolean;
  /** The list begins with the newest: only then can one of unknown length grow. */
  newestFirst(): boolean;
  failed(error: unknown): void;
}

/** The state of the rows. */
export class Rows {
  /** Length of the list where it is known. */
  total = $state<number | null>(null);
  /** The list is still being counted: it is at least so long. */
  counting = $state(false);
  /** Among the rows that are known are some that stand for several events. */
  folded = $state(false);
  /** Rows `first..=last` are on the screen. */
  want = { first: 0, last: -1 };
  #version = $state(0);
  #known = $state(0);
  #epoch = 0;
  #inFlight = 0;
  #exhausted = false;
  /** Where the list is going: down, up, or nowhere. */
  #way: -1 | 0 | 1 = 0;
  /** Pages under way; nothing on the screen depends on it. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #loading = new Set<number>();
  readonly #pages = new Pages();
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  /** Rows that can be scrolled to. */
  get length(): number {
    return this.total ?? this.#known;
  }

  /** Changes when what is under way is not wanted any more. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The row at an index, if it has been loaded. */
  at(index: number): Row | undefined {
    void this.#version;
    return this.#pages.at(index);
  }

  /** Where an event is in the list, by itself or under another of the same act, as far as that is known. */
  indexOf(id: number | null): number | null {
    void this.#version;
    return id === null ? null : (this.#pages.indexOf(id) ?? null);
  }

  /** Whatever is under way is not wanted any more. */
  drop(): void {
    this.#epoch += 1;
    this.#loading.clear();
  }

  /** Another list: this page of it is known. */
  replace(page: FeedPage): void {
    this.#pages.clear();
    this.folded = false;
    this.total = null;
    this.#exhausted = false;
    this.put(page.first ?? 0, page);
  }

  /** A page is known. */
  put(first: number, page: FeedPage): void {
    this.#pages.put(first, page.rows);
    this.folded ||= page.rows.some(({ others }) => others.length > 0);
    // Answers overtake each other: of a list that is still being counted, the longest that was told holds.
    const longest = page.counting ? (this.total ?? 0) : 0;
    this.total = page.total === null ? null : Math.max(page.total, longest);
    this.counting = page.counting;
    this.#known = page.total === null ? this.#pages.known : 0;
    this.#version += 1;
  }

  /** Rows `first..=last` are on the screen. */
  need(first: number, last: number): void {
    const before = this.want;
    this.#way = first > before.first ? 1 : first < before.first ? -1 : this.#way;
    this.want = { first, last };
    this.pump();
  }

  /** Asks for what is missing. */
  pump(): void {
    if (!this.#asker.ready()) return;
    const { first, last } = this.want;
    if (this.total === null) {
      if (last >= this.#known - PAGE / 2 && this.#asker.newestFirst()) void this.#older();
      return;
    }
    for (const page of missing(this.#pages, first, last, this.total, this.#way)) {
      if (this.#inFlight >= AT_ONCE) return;
      if (!this.#loading.has(page)) void this.#load(page);
    }
  }

  /** The row at an index, asked for if it is not known; none if the list became another one meanwhile. */
  async bring(index: number): Promise<Row | undefined> {
    const known = this.#pages.at(index);
    if (known) return known;
    const epoch = this.#epoch;
    await this.#load(Math.floor(index / PAGE));
    return epoch === this.#epoch ? this.#pages.at(index) : undefined;
  }

  /** Place of an event, by itself or under another; null where the list has none, or became another one. */
  async find(id: number): Promise<number | null> {
    const page = await this.#page({ by: 'event', id });
    if (page === null || page.first === null || page.found === null) return null;
    const row = page.rows[page.found - page.first];
    if (!row || !tells(row, id)) return null;
    this.put(page.first, page);
    return page.found;
  }

  /** Place of the first row in the list's order that happened at a moment or on its other side. */
  async placeOf(at: number): Promise<number | null> {
    const newestFirst = this.#asker.newestFirst();
    // Oldest first, it follows the newest one before that moment.
    const page = await this.#page({ by: 'time', at: newestFirst ? at : at - 1 });
    if (page === null || page.first === null) return null;
    this.put(page.first, page);
    const fits = ({ happenedAt }: Row) => (newestFirst ? happenedAt <= at : happenedAt >= at);
    const place = page.rows.findIndex(fits);
    return place < 0 ? (page.found ?? page.first) : page.first + place;
  }

  /** A page, unless the list became another one meanwhile. */
  async #page(at: Anchor): Promise<FeedPage | null> {
    const epoch = this.#epoch;
    try {
      const page = await this.#asker.ask(at);
      return epoch === this.#epoch ? page : null;
    } catch (error) {
      if (epoch === this.#epoch) this.#asker.failed(error);
      return null;
    }
  }

  /** Asks anew for what is seen; what was known of the rest is forgotten. */
  async again(): Promise<void> {
    this.drop();
    const { first, last } = this.want;
    if (this.total === null) {
      await this.#once({ by: 'newest' });
      return;
    }
    const [from, to] = [Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE)];
    this.#pages.keepOnly(from, to);
    for (let page = from; page <= to; page++) await this.#once({ by: 'index', index: page * PAGE });
    this.pump();
  }

  /** Asks once more for the first row that is seen and its page: the list may have become longer. */
  async recount(): Promise<void> {
    await this.#once({ by: 'index', index: Math.floor(this.want.first / PAGE) * PAGE });
    this.pump();
  }

  async #once(at: Anchor): Promise<void> {
    const page = await this.#page(at);
    if (page) this.put(at.by === 'index' ? at.index : 0, page);
  }

  async #load(page: number): Promise<void> {
    const epoch = this.#epoch;
    this.#loading.add(page);
    this.#inFlight += 1;
    try {
      const answer = await this.#asker.ask({ by: 'index', index: page * PAGE });
      if (epoch === this.#epoch) this.put(answer.first ?? page * PAGE, answer);
    } catch (error) {
      if (epoch === this.#epoch) this.#asker.failed(error);
    } finally {
      this.#inFlight -= 1;
      if (epoch === this.#epoch) this.#loading.delete(page);
      this.pump();
    }
  }

  /** While nobody can count: the list grows at its end. */
  async #older(): Promise<void> {
    const oldest = this.#pages.at(this.#known - 1);
    if (!oldest || this.#exhausted || this.#loading.has(-1)) return;
    const epoch = this.#epoch;
    this.#loading.add(-1);
    try {
      const page = await this.#asker.ask({ by: 'time', at: oldest.happenedAt });
      if (epoch !== this.#epoch) return;
      const fresh = page.rows.filter((row) => row.id < oldest.id);
      this.#exhausted = fresh.length === 0;
      this.put(this.#known, { ...page, total: null, rows: fresh });
    } catch (error) {
      if (epoch === this.#epoch) this.#asker.failed(error);
    } finally {
      if (epoch === this.#epoch) this.#loading.delete(-1);
    }
  }
}

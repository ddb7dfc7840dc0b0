// The live list: what is shown of the feed, and whether it moves.
//
// Following, the newest rows are asked for again as they arrive. Otherwise the list stands still: everything is
// asked "as of" the delivery that was the newest when it stopped, so that no row moves under a reader's eyes.

import {
  troubleOf,
  type Anchor,
  type Backend,
  type FeedPage,
  type Filter,
  type Row,
  type Trouble,
} from '../backend';
import { Pace } from '../desk/pace';
import { isBoolean, recall, remember } from '../desk/prefs';
import { EVERYTHING, sameFilter } from '../filter/model';
import { measureDrawing } from './drawing';
import { missing, PAGE, Pages } from './pages';
import { tells, type ListOnScreen, type Spot } from './place';

/** Whether the list moves, and if not, why. */
export type Mode = 'following' | 'paused' | 'reading';

const FOLLOW_GAP = 120;
const FOLLOW_GAP_MOST = 1000;
/** Following takes at most one part in so many of the screen's time: the rest is for scrolling and typing. */
const SHARE = 6;
const COUNT_GAP = 400;
const REVISE_GAP = 1000;
const SLOW = 150;
const AT_ONCE = 2;

/** The state of the feed. */
export class Feed {
  /** Which events are shown. */
  filter = $state.raw<Filter>(EVERYTHING);
  mode = $state<Mode>('following');
  /** Length of the list where it is known. */
  total = $state<number | null>(null);
  /** It is still being counted: there may be more. */
  counting = $state(false);
  /** Newest delivery of what is shown; null before the first answer. */
  asOf = $state<number | null>(null);
  /** Events that arrived since the list stopped, and match. */
  newCount = $state(0);
  /** The chosen event. */
  selected = $state<number | null>(null);
  /** Its place in the list, where that is known. */
  selectedIndex = $state<number | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** An answer is awaited so long that a person should be told. */
  slow = $state(false);
  /** Something was answered at least once. */
  answered = $state(false);
  /** Events that tell of one act are one row. */
  fold = $state(recall('fold', true, isBoolean));
  /** Among the rows that are known are some that stand for several events. */
  folded = $state(false);
  list: ListOnScreen | undefined;
  /** Called when the list follows (again). */
  onfollow: () => void = () => {};

  #version = $state(0);
  #shown = $state.raw<Filter>(EVERYTHING);
  #known = $state(0);
  /** The pane beside holds an event open: that is reading. */
  #held = false;
  #toTop = false;
  #epoch = 0;
  #inFlight = 0;
  /** Pages under way; nothing on the screen depends on it. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #loading = new Set<number>();
  #want = { first: 0, last: -1 };
  #exhausted = false;
  /** The row that belongs at the top once the next answer is there. */
  #goTo: number | null = null;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #pages = new Pages();
  readonly #backend: Backend;
  readonly #measure: typeof measureDrawing;
  readonly #follow = new Pace(FOLLOW_GAP, () => this.#askNewest());
  readonly #count = new Pace(COUNT_GAP, () => this.#askNew());
  readonly #revise = new Pace(REVISE_GAP, () => this.#askWhatIsSeen());

  constructor(backend: Backend, measure = measureDrawing) {
    this.#backend = backend;
    this.#measure = measure;
  }

  /** Rows that can be scrolled to. */
  get length(): number {
    return this.total ?? this.#known;
  }

  /** What is shown is still that of the filter before. */
  get stale(): boolean {
    return !sameFilter(this.#shown, this.filter);
  }

  /** The row at an index, if it has been loaded. */
  row(index: number): Row | undefined {
    void this.#version;
    return this.#pages.at(index);
  }

  /** Where an event is in the list, by itself or under another of the same act, as far as that is known. */
  indexOf(id: number | null): number | null {
    void this.#version;
    return id === null ? null : (this.#pages.indexOf(id) ?? null);
  }

  /** Chooses an event that was opened elsewhere, and brings its row into view if the list has one. */
  async reveal(id: number): Promise<void> {
    this.selected = id;
    this.selectedIndex = this.indexOf(id);
    if (this.selectedIndex !== null) this.list?.show(this.selectedIndex, 'nearest');
    if (this.selectedIndex !== null || this.stale || this.total === null) return;
    const epoch = this.#epoch;
    try {
      const page = await this.#ask(this.filter, this.asOf, { by: 'event', id });
      const { first, found } = page;
      if (epoch !== this.#epoch || this.selected !== id || first === null || found === null) return;
      const row = page.rows[found - first];
      if (!row || !tells(row, id)) return;
      this.#put(first, page);
      this.selectedIndex = found;
      this.list?.show(found, 'middle');
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    }
  }

  /** Asks for the first rows. */
  start(): void {
    this.#reload();
  }

  /** Something arrived. */
  news(): void {
    if (this.mode === 'following') this.#follow.want();
    else this.#count.want();
  }

  /** Asks again for everything that may have been missed. */
  refresh(): void {
    this.trouble = null;
    if (this.mode === 'following' || this.stale || this.asOf === null) this.#reload();
    else {
      this.#loading.clear();
      this.#count.want();
      this.#pump();
    }
  }

  /** Counts have become ready: a list of unknown length gets one. */
  counted(): void {
    if (this.total === null && this.answered) this.#reload();
  }

  /** More was counted in the background: the list's length is asked for again. */
  countedOn(): void {
    if (!this.counting || this.stale) return;
    if (this.mode === 'following') this.#follow.want();
    else this.#revise.want();
  }

  /** What is shown is told differently now (a name was learnt, a day began): asks anew, and moves nothing. */
  revised(): void {
    this.#revise.want();
  }

  /** Each event a row, or the events of an act one row. The chosen one stays in view. */
  setFold(fold: boolean): void {
    if (fold === this.fold) return;
    this.fold = fold;
    remember('fold', fold);
    if (this.mode !== 'following') this.#goTo = this.selected ?? this.spot.top;
    this.#await();
    this.#reload();
  }

  /** Where a person is in the list: for coming back. */
  get spot(): Spot {
    const first = this.list?.seen().first ?? 0;
    const away = this.mode !== 'following' && first > 0;
    return { top: away ? (this.row(first)?.id ?? null) : null, selected: this.selected };
  }

  /** Shows other events: where a person was, or with the chosen one in view if it is among them. */
  setFilter(filter: Filter, spot?: Spot): void {
    if (spot) {
      this.selected = spot.selected;
      this.selectedIndex = null;
    }
    if (sameFilter(filter, this.filter)) return;
    this.filter = filter;
    this.newCount = 0;
    this.#goTo = null;
    if (spot && spot.top !== null) {
      this.#goTo = spot.top;
      if (this.mode === 'following') this.mode = 'reading';
      this.#reload();
      return;
    }
    // Who changes the filter while only scrolled away has done with that place.
    if (this.mode === 'reading' && !this.#held) this.mode = 'following';
    this.#reload();
  }

  /** Jumps to the newest and follows. */
  follow(): void {
    this.mode = 'following';
    this.#goTo = null;
    this.newCount = 0;
    this.#reload();
    this.onfollow();
  }

  /** Pauses, or follows again. */
  togglePause(): void {
    if (this.mode === 'paused') this.follow();
    else this.#stop('paused');
  }

  /** The newest: follows, unless a person paused it. */
  home(): void {
    if (this.mode === 'paused') {
      void this.select(0);
    } else if (this.mode === 'reading') this.follow();
  }

  /** The pane beside holds an event open, or no more. */
  hold(held: boolean): void {
    this.#held = held;
    if (held) this.#stop('reading');
    else if (this.mode === 'reading' && this.list?.seen().first === 0) this.follow();
  }

  /** The list was scrolled by a person. */
  scrolled(atTop: boolean): void {
    if (this.mode === 'following' && !atTop && !this.#toTop) this.#stop('reading');
    else if (this.mode === 'reading' && atTop && !this.#held) this.follow();
  }

  /** Rows `first..=last` are on the screen: loads what is missing. */
  need(first: number, last: number): void {
    this.#want = { first, last };
    this.#pump();
  }

  /** Chooses the row at an index; loads it first if it must. The event, if there is such a row. */
  async select(index: number): Promise<number | null> {
    if (this.length === 0) return null;
    if (this.mode === 'following') this.#stop('reading');
    const target = Math.min(Math.max(0, index), this.length - 1);
    this.selectedIndex = target;
    this.list?.show(target, 'nearest');
    let row = this.#pages.at(target);
    if (!row) {
      const epoch = this.#epoch;
      await this.#load(Math.floor(target / PAGE));
      if (epoch !== this.#epoch || this.selectedIndex !== target) return null;
      row = this.#pages.at(target);
    }
    this.selected = row?.id ?? this.selected;
    return row?.id ?? null;
  }

  /** Chooses the row `by` further down (or up). */
  move(by: number): Promise<number | null> {
    const seen = this.list?.seen() ?? { first: 0, rows: 1 };
    if (this.selectedIndex !== null) return this.select(this.selectedIndex + by);
    return this.select(by > 0 ? seen.first : seen.first + seen.rows - 1);
  }

  /** No row is chosen any more. */
  unselect(): void {
    this.selected = null;
    this.selectedIndex = null;
    if (this.mode === 'reading') this.hold(this.#held);
  }

  #stop(mode: 'paused' | 'reading'): void {
    if (this.mode === 'paused' && mode === 'reading') return;
    const moved = this.mode === 'following';
    this.mode = mode;
    if (!moved) return;
    this.#follow.stop();
    this.#toTop = false;
    // A filter that is not answered yet still needs its rows.
    if (this.stale || this.asOf === null) return;
    this.#epoch += 1;
    this.#settle();
    this.#loading.clear();
    this.#count.want();
    this.#pump();
  }

  #reload(): void {
    this.#epoch += 1;
    this.#loading.clear();
    this.#count.stop();
    if (!this.answered || this.stale) this.#await();
    if (this.mode === 'following') {
      this.#toTop = true;
      this.#follow.now();
    } else void this.#askAgain();
  }

  async #askNewest(): Promise<void> {
    const epoch = this.#epoch;
    const { filter } = this;
    try {
      const page = await this.#ask(filter, null, { by: 'newest' });
      if (epoch !== this.#epoch) return;
      this.#replace(filter, page);
      this.#measure((cost) => {
        this.#follow.gap = Math.min(FOLLOW_GAP_MOST, Math.max(FOLLOW_GAP, cost * SHARE));
      });
      if (this.#toTop) {
        this.#toTop = false;
        this.list?.show(0, 'top');
      }
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    }
  }

  /** The list of another filter (or of one that can now be counted) while it stands still. */
  async #askAgain(): Promise<void> {
    const epoch = this.#epoch;
    const { filter, asOf, selected } = this;
    const goTo = this.#goTo;
    const recount = !this.stale && goTo === null;
    const wanted = goTo ?? (recount ? null : selected);
    try {
      let page: FeedPage | undefined;
      let place: number | null = null;
      if (wanted !== null) {
        page = await this.#ask(filter, asOf, { by: 'event', id: wanted });
        const { first, found } = page;
        const row = first !== null && found !== null ? page.rows[found - first] : undefined;
        // Whoever comes back to a place comes near it, even if that very row is no more.
        if (row && (tells(row, wanted) || goTo !== null)) place = found;
        else page = undefined;
      }
      page ??= await this.#ask(filter, asOf, { by: 'newest' });
      if (epoch !== this.#epoch) return;
      this.#goTo = null;
      this.#replace(filter, page);
      if (place !== null) this.list?.show(place, wanted === selected ? 'middle' : 'top');
      else if (!recount) this.list?.show(0, 'top');
      this.#count.want();
      this.#pump();
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    }
  }

  async #askNew(): Promise<void> {
    const { asOf, filter } = this;
    const epoch = this.#epoch;
    if (this.mode === 'following' || asOf === null) return;
    try {
      const { fold } = this;
      const { count } = await this.#backend.ask({ ask: 'count-new', filter, since: asOf, fold });
      if (epoch === this.#epoch) this.newCount = count;
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    }
  }

  #ask(filter: Filter, asOf: number | null, at: Anchor): Promise<FeedPage> {
    return this.#backend.ask({
      ask: 'feed',
      filter,
      asOf,
      at,
      limit: PAGE,
      fold: this.fold,
      oldestFirst: false,
    });
  }

  /** The rows that are seen, once more and as of the same moment; what was known of others is forgotten. */
  async #askWhatIsSeen(): Promise<void> {
    if (this.mode === 'following') {
      this.#follow.want();
      return;
    }
    if (this.stale || this.asOf === null) return;
    this.#epoch += 1;
    this.#settle();
    this.#loading.clear();
    const { first, last } = this.#want;
    if (this.total === null) {
      await this.#revisePage({ by: 'newest' });
      return;
    }
    const [from, to] = [Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE)];
    this.#pages.keepOnly(from, to);
    for (let page = from; page <= to; page++) {
      await this.#revisePage({ by: 'index', index: page * PAGE });
    }
    this.#pump();
  }

  async #revisePage(at: Anchor): Promise<void> {
    const epoch = this.#epoch;
    const { filter, asOf } = this;
    try {
      const page = await this.#ask(filter, asOf, at);
      if (epoch === this.#epoch) this.#put(at.by === 'index' ? at.index : 0, page);
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    }
  }

  #replace(filter: Filter, page: FeedPage): void {
    this.#settle();
    this.#pages.clear();
    this.folded = false;
    this.#shown = filter;
    this.#exhausted = false;
    this.#put(page.first ?? 0, page);
    this.asOf = page.asOf;
    this.answered = true;
    this.trouble = null;
    this.selectedIndex = this.indexOf(this.selected);
  }

  #put(first: number, page: FeedPage): void {
    this.#pages.put(first, page.rows);
    this.folded ||= page.rows.some(({ others }) => others.length > 0);
    this.total = page.total;
    this.counting = page.counting;
    this.#known = page.total === null ? this.#pages.known : 0;
    this.#version += 1;
  }

  #pump(): void {
    if (this.mode === 'following' || this.stale || this.trouble || this.asOf === null) return;
    const { first, last } = this.#want;
    if (this.total === null) {
      if (last >= this.#known - PAGE / 2) void this.#older();
      return;
    }
    for (const page of missing(this.#pages, first, last, this.total)) {
      if (this.#inFlight >= AT_ONCE) return;
      if (!this.#loading.has(page)) void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    const epoch = this.#epoch;
    const { filter, asOf } = this;
    this.#loading.add(page);
    this.#inFlight += 1;
    try {
      const at = { by: 'index', index: page * PAGE } as const;
      const answer = await this.#ask(filter, asOf, at);
      if (epoch === this.#epoch) this.#put(answer.first ?? page * PAGE, answer);
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    } finally {
      this.#inFlight -= 1;
      if (epoch === this.#epoch) this.#loading.delete(page);
      this.#pump();
    }
  }

  /** While nobody can count: the list grows at its end. */
  async #older(): Promise<void> {
    const oldest = this.#pages.at(this.#known - 1);
    if (!oldest || this.#exhausted || this.#loading.has(-1)) return;
    const epoch = this.#epoch;
    this.#loading.add(-1);
    try {
      const at = { by: 'time', at: oldest.happenedAt } as const;
      const page = await this.#ask(this.filter, this.asOf, at);
      if (epoch !== this.#epoch) return;
      const fresh = page.rows.filter((row) => row.id < oldest.id);
      this.#exhausted = fresh.length === 0;
      this.#put(this.#known, { ...page, total: null, rows: fresh });
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error);
    } finally {
      if (epoch === this.#epoch) this.#loading.delete(-1);
    }
  }

  #fail(error: unknown): void {
    this.#settle();
    this.#toTop = false;
    this.trouble = troubleOf(error);
  }

  #await(): void {
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.slow = true;
    }, SLOW);
  }

  #settle(): void {
    clearTimeout(this.#slowTimer);
    this.slow = false;
  }
}

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
import { PAGE } from './pages';
import { tells, type ListOnScreen, type Spot } from './place';
import { Rows } from './rows.svelte';
import { Selecting } from './selecting.svelte';
import { Waiting } from './waiting.svelte';

/** Whether the list moves, and if not, why. */
export type Mode = 'following' | 'paused' | 'reading';

const FOLLOW_GAP = 120;
const FOLLOW_GAP_MOST = 1000;
/** Following takes at most one part in so many of the screen's time: the rest is for scrolling and typing. */
const SHARE = 6;
const COUNT_GAP = 400;
const REVISE_GAP = 1000;
const RECOUNT_GAP = 250;

/** The state of the feed. */
export class Feed {
  /** Which events are shown. */
  filter = $state.raw<Filter>(EVERYTHING);
  /** The newest is at the bottom. */
  oldestFirst = $state(false);
  mode = $state<Mode>('following');
  /** Newest delivery of what is shown; null before the first answer. */
  asOf = $state<number | null>(null);
  /** Events that arrived since the list stopped, and match. */
  newCount = $state(0);
  /** The chosen event. */
  selected = $state<number | null>(null);
  /** Its place in the list, where that is known. */
  selectedIndex = $state<number | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Something was answered at least once. */
  answered = $state(false);
  /** Events that tell of one act are one row. */
  fold = $state(recall('fold', true, isBoolean));
  list: ListOnScreen | undefined;
  /** Called when the list follows (again). */
  onfollow: () => void = () => {};
  /** Rows selected together. */
  readonly selection: Selecting;
  /** The rows as far as they are known. */
  readonly rows: Rows;

  #shown = $state.raw<{ filter: Filter; oldestFirst: boolean }>({
    filter: EVERYTHING,
    oldestFirst: false,
  });
  /** The pane beside holds an event open: that is reading. */
  #held = false;
  #toNewest = false;
  /** The row that belongs at the top once the next answer is there. */
  #goTo: number | null = null;
  readonly #waiting = new Waiting();
  readonly #backend: Backend;
  readonly #measure: typeof measureDrawing;
  /** Something was counted on while no answer said that it would be. */
  #countedEarly = false;
  readonly #follow = new Pace(FOLLOW_GAP, () => this.#askNewest());
  readonly #count = new Pace(COUNT_GAP, () => this.#askNew());
  readonly #revise = new Pace(REVISE_GAP, () => this.#askWhatIsSeen());
  readonly #recount = new Pace(RECOUNT_GAP, () => this.rows.recount());

  constructor(backend: Backend, measure = measureDrawing) {
    this.#backend = backend;
    this.#measure = measure;
    this.rows = new Rows({
      ask: (at) => this.#ask(this.filter, this.asOf, at),
      ready: () => this.mode !== 'following' && this.#still,
      newestFirst: () => !this.oldestFirst,
      failed: (error) => this.#fail(error),
    });
    this.selection = new Selecting({
      length: () => this.length,
      goesOn: () => this.goesOn,
      chosen: () => this.selectedIndex,
      stand: (index) => this.#stand(index),
      from: (by) => this.#from(by),
      show: (index) => this.list?.show(index, 'nearest'),
      over: () => this.#readOn(),
    });
  }

  /** An answer is awaited so long that a person should be told. */
  get slow(): boolean {
    return this.#waiting.long;
  }

  /** Done as soon as the rows that were asked for are there, or never will be. */
  get settled(): Promise<void> {
    return this.#waiting.over;
  }

  /** Length of the list where it is known. */
  get total(): number | null {
    return this.rows.total;
  }

  /** It is at least so long, and still being counted. */
  get counting(): boolean {
    return this.rows.counting;
  }

  /** There may be rows behind the last one that is known. */
  get goesOn(): boolean {
    return this.counting || this.total === null;
  }

  /** Among the rows that are known are some that stand for several events. */
  get folded(): boolean {
    return this.rows.folded;
  }

  /** Rows that can be scrolled to. */
  get length(): number {
    return this.rows.length;
  }

  /** What is shown is still that of the filter, or the order, before. */
  get stale(): boolean {
    const { filter, oldestFirst } = this.#shown;
    return oldestFirst !== this.oldestFirst || !sameFilter(filter, this.filter);
  }

  /** The row at an index, if it has been loaded. */
  row(index: number): Row | undefined {
    return this.rows.at(index);
  }

  /** Where an event is in the list, by itself or under another of the same act, as far as that is known. */
  indexOf(id: number | null): number | null {
    return this.rows.indexOf(id);
  }

  /** Rows are there, and are those of the filter. */
  get #still(): boolean {
    return !this.stale && !this.trouble && this.asOf !== null;
  }

  /** Chooses an event that was opened elsewhere, and brings its row into view if the list has one. */
  async reveal(id: number): Promise<void> {
    this.selected = id;
    this.selectedIndex = this.indexOf(id);
    if (this.selectedIndex !== null) this.list?.show(this.selectedIndex, 'nearest');
    if (this.selectedIndex !== null || this.stale || this.total === null) return;
    const place = await this.rows.find(id);
    if (place === null || this.selected !== id) return;
    this.selectedIndex = place;
    this.list?.show(place, 'middle');
  }

  /** Goes to a moment, ms since 1970: what happened then and after it (or before it) is at the top. */
  async goToTime(at: number): Promise<void> {
    if (this.total === null || this.stale) return;
    this.#stop('reading');
    const place = await this.rows.placeOf(at);
    if (place !== null) this.goToIndex(place);
  }

  /** Goes to a place: its row is at the top, as far as the list is long enough. */
  goToIndex(index: number): void {
    if (this.length === 0) return;
    this.#stop('reading');
    const place = Math.min(Math.max(0, Math.round(index)), this.length - 1);
    this.list?.show(place, 'top');
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

  /** What was being counted is counted further. */
  countedOn(): void {
    if (!this.counting) {
      // It may be about an answer that is still on its way.
      this.#countedEarly = true;
      return;
    }
    if (this.mode === 'following') this.#follow.want();
    else if (this.#still) this.#recount.want();
  }

  /** Asks again for everything that may have been missed. */
  refresh(): void {
    this.trouble = null;
    if (this.mode === 'following' || this.stale || this.asOf === null) this.#reload();
    else {
      this.rows.drop();
      this.#count.want();
      this.rows.pump();
    }
  }

  /** Counts have become ready: a list of unknown length gets one. */
  counted(): void {
    if (this.total !== null || !this.answered) return;
    // From the other end its rows have other places now.
    if (this.oldestFirst && this.mode !== 'following') this.#goTo = this.selected ?? this.#first;
    this.#reload();
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
    this.#stay();
  }

  /** Oldest first, or newest first. The chosen one stays in view. */
  setOrder(oldestFirst: boolean): void {
    if (oldestFirst === this.oldestFirst) return;
    this.oldestFirst = oldestFirst;
    this.#stay();
  }

  /** The same events in other rows: a person stays where they are among them. */
  #stay(): void {
    this.selection.letGo();
    if (this.mode !== 'following') this.#goTo = this.selected ?? this.#first;
    this.#waiting.begin();
    this.#reload();
  }

  /** The event in the first row that is seen, away from where the newest come. */
  get #first(): number | null {
    const first = this.list?.seen().first ?? 0;
    if (this.mode === 'following' || this.#atNewest) return null;
    return this.row(first)?.id ?? null;
  }

  /** The list is where the newest rows come. */
  get #atNewest(): boolean {
    const { first, rows } = this.list?.seen() ?? { first: 0, rows: 1 };
    return this.oldestFirst ? first + rows >= this.length : first === 0;
  }

  /** Where a person is in the list: for coming back. */
  get spot(): Spot {
    return { top: this.#first, selected: this.selected };
  }

  /** Shows other events: where a person was, or with the chosen one in view if it is among them. */
  setFilter(filter: Filter, spot?: Spot, oldestFirst = this.oldestFirst): void {
    if (spot) {
      this.selected = spot.selected;
      this.selectedIndex = null;
    }
    if (sameFilter(filter, this.filter)) {
      this.setOrder(oldestFirst);
      return;
    }
    this.selection.letGo();
    this.filter = filter;
    this.oldestFirst = oldestFirst;
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
    this.selection.letGo();
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
      void this.select(this.oldestFirst ? this.length - 1 : 0);
    } else if (this.mode === 'reading') this.follow();
  }

  /** The pane beside holds an event open, or no more. */
  hold(held: boolean): void {
    this.#held = held;
    if (held) this.#stop('reading');
    else this.#readOn();
  }

  /** With nothing open and nothing selected, whoever is where the newest come follows. */
  #readOn(): void {
    if (this.mode !== 'reading' || this.#held || this.selection.any) return;
    if (this.#atNewest) this.follow();
  }

  /** The list was scrolled by a person. */
  scrolled(atNewest: boolean): void {
    if (this.mode === 'following' && !atNewest && !this.#toNewest) this.#stop('reading');
    else if (this.mode === 'reading' && atNewest && !this.#held && !this.selection.any) {
      this.follow();
    }
  }

  /** Rows `first..=last` are on the screen: loads what is missing. */
  need(first: number, last: number): void {
    this.rows.need(first, last);
  }

  /** Chooses the row at an index; loads it first if it must. The event, if there is such a row. */
  async select(index: number): Promise<number | null> {
    if (this.length === 0) return null;
    if (this.mode === 'following') this.#stop('reading');
    this.selection.clear();
    const target = Math.min(Math.max(0, index), this.length - 1);
    this.selectedIndex = target;
    this.list?.show(target, 'nearest');
    const { epoch } = this.rows;
    const row = this.row(target) ?? (await this.rows.bring(target));
    if (epoch !== this.rows.epoch || this.selectedIndex !== target) return null;
    this.selected = row?.id ?? this.selected;
    return row?.id ?? null;
  }

  /** Where the keys are: in a selection, else at the chosen row. */
  get cursor(): number | null {
    return this.selection.cursor ?? this.selectedIndex;
  }

  /** Chooses the row `by` further down (or up). */
  move(by: number): Promise<number | null> {
    return this.select(this.#from(by));
  }

  #from(by: number): number {
    const seen = this.list?.seen() ?? { first: 0, rows: 1 };
    if (this.cursor !== null) return this.cursor + by;
    return by > 0 ? seen.first : seen.first + seen.rows - 1;
  }

  /** Whether the row at an index can be selected: then nothing moves any more. */
  #stand(index: number): boolean {
    if (this.stale || this.asOf === null || index < 0 || index >= this.length) return false;
    this.#stop('reading');
    return true;
  }

  /** No row is chosen any more. */
  unselect(): void {
    this.selected = null;
    this.selectedIndex = null;
    this.#readOn();
  }

  #stop(mode: 'paused' | 'reading'): void {
    if (this.mode === 'paused' && mode === 'reading') return;
    const moved = this.mode === 'following';
    this.mode = mode;
    if (!moved) return;
    this.#toNewest = false;
    // A filter that is not answered yet still needs its rows, and may still have to be asked.
    if (this.stale || this.asOf === null) return;
    this.#follow.stop();
    this.#waiting.end();
    this.rows.drop();
    this.#count.want();
    this.rows.pump();
  }

  #reload(): void {
    this.rows.drop();
    this.#countedEarly = false;
    this.#count.stop();
    if (!this.answered || this.stale) this.#waiting.begin();
    if (this.mode === 'following') {
      this.#toNewest = true;
      this.#follow.now();
    } else void this.#askAgain();
  }

  async #askNewest(): Promise<void> {
    const { epoch } = this.rows;
    const { filter } = this;
    try {
      const page = await this.#ask(filter, null, { by: 'newest' });
      if (epoch !== this.rows.epoch) return;
      this.#replace(filter, page);
      this.#measure((cost) => {
        this.#follow.gap = Math.min(FOLLOW_GAP_MOST, Math.max(FOLLOW_GAP, cost * SHARE));
      });
      // With the newest at its bottom the list grows under the eyes: it goes along.
      if (this.#toNewest || this.oldestFirst) this.#showNewest();
      this.#toNewest = false;
      if (this.mode === 'following') return;
      this.#count.want();
      this.rows.pump();
    } catch (error) {
      if (epoch === this.rows.epoch) this.#fail(error);
    }
  }

  #showNewest(): void {
    if (this.oldestFirst) this.list?.show(Math.max(0, this.length - 1), 'bottom');
    else this.list?.show(0, 'top');
  }

  /** The list of another filter (or of one that can now be counted) while it stands still. */
  async #askAgain(): Promise<void> {
    const { epoch } = this.rows;
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
      if (epoch !== this.rows.epoch) return;
      this.#goTo = null;
      this.#replace(filter, page);
      if (place !== null) this.list?.show(place, wanted === selected ? 'middle' : 'top');
      else if (!recount) this.#showNewest();
      this.#count.want();
      this.rows.pump();
    } catch (error) {
      if (epoch === this.rows.epoch) this.#fail(error);
    }
  }

  async #askNew(): Promise<void> {
    const { asOf, filter, fold } = this;
    const { epoch } = this.rows;
    if (this.mode === 'following' || asOf === null) return;
    try {
      const { count } = await this.#backend.ask({ ask: 'count-new', filter, since: asOf, fold });
      if (epoch === this.rows.epoch) this.newCount = count;
    } catch (error) {
      if (epoch === this.rows.epoch) this.#fail(error);
    }
  }

  #ask(filter: Filter, asOf: number | null, at: Anchor): Promise<FeedPage> {
    const { fold, oldestFirst } = this;
    return this.#backend.ask({ ask: 'feed', filter, asOf, at, limit: PAGE, fold, oldestFirst });
  }

  /** The rows that are seen, once more and as of the same moment. */
  async #askWhatIsSeen(): Promise<void> {
    if (this.mode === 'following') {
      this.#follow.want();
      return;
    }
    if (this.stale || this.asOf === null) return;
    this.#waiting.end();
    const { first, last } = this.rows.want;
    const seen = () => {
      const ids: (number | undefined)[] = [];
      for (let index = first; index <= last; index++) ids.push(this.row(index)?.id);
      return ids;
    };
    const [before, counted, total] = [seen(), !this.counting, this.total];
    await this.rows.again();
    const other = (id: number | undefined, at: number) =>
      id !== undefined && before[at] !== undefined && before[at] !== id;
    if (seen().some(other) || (counted && !this.counting && this.total !== total)) {
      await this.#moved();
    }
  }

  /** Rows came apart, went or came back (a name was learnt, an act has another head): places are those of other rows now. */
  async #moved(): Promise<void> {
    this.selection.letGo();
    const { selected } = this;
    this.selectedIndex = this.indexOf(selected);
    if (selected === null || this.selectedIndex !== null || this.total === null) return;
    const place = await this.rows.find(selected);
    if (this.selected === selected) this.selectedIndex = place;
  }

  #replace(filter: Filter, page: FeedPage): void {
    this.#waiting.end();
    this.#shown = { filter, oldestFirst: this.oldestFirst };
    this.rows.replace(page);
    this.asOf = page.asOf;
    this.answered = true;
    this.trouble = null;
    this.selectedIndex = this.indexOf(this.selected);
    if (this.counting && this.#countedEarly) this.countedOn();
    this.#countedEarly = false;
  }

  #fail(error: unknown): void {
    this.#waiting.end();
    this.#toNewest = false;
    this.trouble = troubleOf(error);
  }
}

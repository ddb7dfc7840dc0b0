// Everything a person looks at, put together: one state for one window.

import { getContext, setContext } from 'svelte';
import { troubleOf, type Backend, type Filter, type News, type Row } from '../backend';
import { Amounts } from '../amounts/amounts.svelte';
import { EvidenceJob } from '../event/evidence.svelte';
import { SendAgain } from '../event/send-again.svelte';
import { EventView } from '../event/event.svelte';
import { ExportJob } from '../export/export.svelte';
import { FacetCounts } from '../facets/facets.svelte';
import { Feed } from '../feed/feed.svelte';
import { Layout } from '../feed/layout.svelte';
import { Picked } from '../feed/picked.svelte';
import { CompletionList } from '../filter/completion.svelte';
import { QuestionHistory } from '../filter/history.svelte';
import { isEverything } from '../filter/model';
import { Query } from '../filter/query.svelte';
import { GapLedger } from '../gaps/gaps.svelte';
import { FirstDelivery } from '../guide/first.svelte';
import { Guide } from '../guide/guide.svelte';
import { Histogram } from '../histogram/histogram.svelte';
import { copyText } from '../look/clipboard';
import { counted, Times } from '../look/format';
import { finderOf, NO_FINDER, type Finder } from '../look/highlight';
import { Reachability } from '../reach/reach.svelte';
import { Account } from '../settings/account.svelte';
import { Settings, type Tab } from '../settings/settings.svelte';
import { Stories } from '../story/stories.svelte';
import { ViewBook } from '../views/views.svelte';
import { Paths } from '../walk/paths.svelte';
import { Clock } from './clock.svelte';
import { isBoolean, recall, remember } from './prefs';
import type { Overlay, Side } from './sides';
import { ProgramStatus } from './status.svelte';
import { Toasts } from './toasts.svelte';

export type { Overlay, Side } from './sides';

/** The state of the window. */
export class Desk {
  readonly clock = new Clock();
  readonly status: ProgramStatus;
  readonly feed: Feed;
  readonly layout = new Layout();
  readonly picked: Picked;
  readonly amounts: Amounts;
  readonly views: ViewBook;
  readonly facets: FacetCounts;
  readonly query: Query;
  readonly completion: CompletionList;
  readonly questions = new QuestionHistory();
  readonly histogram: Histogram;
  readonly event: EventView;
  readonly export: ExportJob;
  readonly guide: Guide;
  readonly first: FirstDelivery;
  readonly reach: Reachability;
  readonly settings: Settings;
  readonly account: Account;
  readonly evidence: EvidenceJob;
  readonly sendAgain: SendAgain;
  readonly gaps: GapLedger;
  readonly stories: Stories;
  readonly paths: Paths;
  readonly toasts = new Toasts();
  side = $state<Side>('nothing');
  overlay = $state<Overlay>('none');
  /** The event whose act's other events are shown at its row. */
  others = $state<number | null>(null);
  /** Counts what was opened in the right pane: what hangs at a button goes then. */
  opened = $state(0);
  /** False while the program cannot be heard. */
  online = $state(true);
  namesHidden = $state(recall('names-hidden', false, isBoolean));
  facetsHidden = $state(recall('facets-hidden', false, isBoolean));
  times = $state.raw(new Times('UTC'));
  /** Finds what is looked for in any text that is shown. With names hidden nothing tells what was typed. */
  readonly marks: Finder = $derived.by(() =>
    this.namesHidden ? NO_FINDER : finderOf(this.query.words),
  );
  /** Puts the caret into the query box. */
  focusQuery: () => void = () => {};
  /** Puts the caret there, with a part of the text marked. */
  editQuery: (part: string) => void = () => {};
  /** Puts the focus on the list. */
  focusList: () => void = () => {};
  #guideWaits = true;
  #day = '';

  constructor(readonly backend: Backend) {
    this.feed = new Feed(backend);
    this.event = new EventView(backend);
    this.settings = new Settings(backend);
    this.account = new Account(backend, this.settings);
    this.evidence = new EvidenceJob(backend);
    this.sendAgain = new SendAgain(backend);
    this.guide = new Guide(backend, this.settings);
    this.first = new FirstDelivery(backend);
    this.reach = new Reachability(backend);
    this.gaps = new GapLedger(backend);
    this.stories = new Stories(backend);
    this.paths = new Paths(this);
    this.completion = new CompletionList(backend);
    this.export = new ExportJob(backend);
    this.query = new Query(backend, (filter) => this.#filtered(filter));
    // The rows are what a person waits for: they have the whole computer, and what is counted beside them comes after.
    const what = async () => {
      await this.feed.settled;
      const { filter, mode, asOf } = this.feed;
      return { filter, asOf: mode === 'following' ? null : asOf };
    };
    this.facets = new FacetCounts(backend, what);
    this.histogram = new Histogram(backend, this.query, what);
    this.feed.onfollow = () => this.#count();
    this.feed.selection.onlost = (rows) => {
      this.toasts.say(`${counted(rows, 'row')} selected no more: the list is another one now.`);
    };
    this.picked = new Picked(this);
    this.amounts = new Amounts(backend, () => this.picked.selected());
    this.views = new ViewBook(this);
    this.layout.onchange = () => this.views.keepLayout();
    this.status = new ProgramStatus(backend, (status, before) => {
      this.clock.set(status.now);
      if (this.times.zone !== status.timeZone) this.times = new Times(status.timeZone);
      if (before && (before.language !== status.language || before.timeZone !== status.timeZone)) {
        this.#revised();
      }
      if (status.countsReady && before?.countsReady === false) {
        this.feed.counted();
        this.#count();
      }
      this.reach.heard(status.reach);
      this.gaps.heard(status);
      this.guide.heard(status);
      this.first.heard(status.newestDelivery);
      if (this.#guideWaits) {
        this.#guideWaits = false;
        void this.#resumeGuide(status.events === 0);
      }
    });
  }

  /** Begins to ask and hear; stops when the function that comes back is called. */
  start(): () => void {
    const stopClock = this.clock.start();
    const stopStatus = this.status.start();
    const stopWalk = this.paths.start();
    this.views.load();
    // An address that names a list begins with that one.
    if (!this.paths.arriving) this.begin();
    let first = true;
    const deaf = this.backend.hear({
      news: (news) => this.#news(news),
      link: (up) => {
        const back = up && !first;
        first = false;
        this.online = up;
        if (back) this.refresh();
      },
    });
    return () => {
      deaf();
      stopWalk();
      stopClock();
      stopStatus();
    };
  }

  /** Asks again for everything: something may have been missed. */
  refresh(): void {
    this.status.ask();
    this.views.load();
    this.feed.refresh();
    this.#count();
    this.export.missed();
    this.evidence.missed();
    if (this.event.trouble) this.event.again();
    if (this.reach.trouble) this.reach.load();
    if (this.gaps.trouble) this.gaps.load();
    if (this.settings.trouble) void this.settings.load();
    if (this.guide.hooksTrouble) this.guide.load();
  }

  /** Whether the filter hides anything. */
  get filtered(): boolean {
    return !isEverything(this.query.filter) || this.query.text.trim() !== '';
  }

  /** Whether keys go to the window itself. */
  get noDialog(): boolean {
    return this.overlay === 'none';
  }

  /** Asks for the first rows and counts. */
  begin(): void {
    this.feed.start();
    this.#count();
  }

  /** Counts anew whatever is counted beside and above the list. */
  #count(): void {
    this.facets.changed();
    this.histogram.changed();
  }

  #filtered(filter: Filter): void {
    this.others = null;
    this.stories.filtered(filter);
    this.views.filtered(filter);
    this.feed.setFilter(filter, this.paths.leave(), this.views.order);
    this.#count();
  }

  /** The event that keys speak of: the open one, else the chosen row. */
  get current(): Row | null {
    if (this.side === 'event') return this.event.detail?.row ?? null;
    const { selectedIndex } = this.feed;
    return selectedIndex === null ? null : (this.feed.row(selectedIndex) ?? null);
  }

  /** Language in which events are told, e.g. `es`. */
  get language(): string {
    return this.status.value?.language ?? 'en';
  }

  /** Time zone of a location: its own, where one is set. */
  zoneOf(location: number | null): string {
    const zones = this.settings.view?.settings.locationZones ?? [];
    return zones.find((one) => one.location === location)?.zone ?? this.times.zone;
  }

  /** The clock went on: with a new day, yesterday's “tomorrow” is another word. */
  ticked(): void {
    if (this.status.value === null) return;
    const day = this.times.dayKey(this.clock.now);
    const before = this.#day;
    this.#day = `${this.times.zone} ${day}`;
    if (before !== '' && before !== this.#day && before.startsWith(`${this.times.zone} `)) {
      this.#revised();
    }
  }

  /** What was told is told differently now. */
  #revised(): void {
    this.feed.revised();
    this.event.revised();
    this.stories.news();
    this.#count();
  }

  #news(news: News): void {
    switch (news.news) {
      case 'changed':
        this.status.heard(news);
        this.first.heard(news.newestDelivery);
        this.feed.news();
        this.event.news();
        this.stories.news();
        this.views.news();
        if (this.feed.mode === 'following') {
          this.facets.news();
          this.histogram.news();
        }
        break;
      case 'counted':
        this.feed.countedOn();
        this.facets.recount();
        this.histogram.recount();
        this.export.countedOn();
        break;
      case 'views':
        this.views.load();
        break;
      case 'revised':
        this.#revised();
        break;
      case 'status':
        this.status.ask();
        break;
      case 'alarm':
        this.status.alarm = news.message;
        this.status.ask();
        break;
      case 'export':
        this.export.heard(news);
        this.evidence.heard(news);
        break;
    }
  }

  /** Chooses another event; the open pane goes with it. */
  async move(by: number): Promise<void> {
    this.#chosen(await this.feed.move(by));
  }

  /** Chooses the event at an index. */
  async moveTo(index: number): Promise<void> {
    this.#chosen(await this.feed.select(index));
  }

  #chosen(id: number | null): void {
    if (id !== this.others) this.others = null;
    if (id !== null && this.side === 'event') this.openEvent(id);
  }

  /** Chooses a row and opens it. */
  async openRow(index: number): Promise<void> {
    const id = await this.feed.select(index);
    if (id !== this.others) this.others = null;
    if (id !== null) this.openEvent(id);
  }

  /** A row was clicked: chosen and opened, or with a command key or Shift selected with others. */
  pickRow(index: number, event: MouseEvent): void {
    if (event.shiftKey) this.feed.selection.extendTo(index);
    else if (event.ctrlKey || event.metaKey) this.feed.selection.toggleRow(index);
    else void this.openRow(index);
  }

  /** Oldest first, or newest first. */
  setOrder(oldestFirst: boolean): void {
    this.feed.setOrder(oldestFirst);
    this.views.keepLayout();
  }

  /** The other way round. */
  turnOrder(): void {
    this.setOrder(!this.feed.oldestFirst);
  }

  /** Shows the other events of the act at a row (the chosen one if none is named), or hides them. */
  async toggleOthers(index = this.feed.selectedIndex): Promise<void> {
    const row = index === null ? undefined : this.feed.row(index);
    if (index === null || !row || row.others.length === 0) return;
    if (this.others === row.id) {
      this.closeOthers();
      return;
    }
    if (!(await this.feed.select(index))) return;
    this.others = row.id;
  }

  /** Hides them; the keys go back to the list. */
  closeOthers(): void {
    if (this.others === null) return;
    this.others = null;
    this.focusList();
  }

  /** Opens one of them. */
  openOther(id: number): void {
    this.openEvent(id);
    void this.feed.reveal(id);
  }

  /** Opens the chosen event. */
  openSelected(): void {
    if (this.feed.selected !== null) this.openEvent(this.feed.selected);
  }

  /** Opens an event in the right pane. */
  openEvent(id: number): void {
    this.side = 'event';
    this.feed.hold(true);
    void this.event.show(id);
  }

  /** Before the first event the guide opens by itself where it was left, unless it was put away. */
  async #resumeGuide(empty: boolean): Promise<void> {
    const view = await this.settings.load();
    if (!view) {
      // Asked again with the next status.
      this.#guideWaits = true;
      return;
    }
    this.guide.step = view.guide.step;
    if (empty && !view.guide.done && this.side === 'nothing') this.#open('guide');
  }

  /** Whether the guide is what the right pane holds. */
  get guideOpen(): boolean {
    return this.side === 'guide';
  }

  /** Opens the guide in the right pane, where it was left or at a step. */
  openGuide(step?: number): void {
    if (step !== undefined) this.guide.go(step);
    this.#open('guide');
  }

  /** Leaves the guide for now: it opens again with the next start, at this step. */
  leaveGuide(): void {
    this.guide.go(this.guide.step);
    this.side = 'nothing';
    this.focusList();
  }

  /** Opens the settings in the right pane. */
  openSettings(tab?: Tab): void {
    if (tab) this.settings.tab = tab;
    this.#open('settings');
  }

  /** Opens the gap ledger in the right pane. */
  openGaps(): void {
    this.#open('gaps');
  }

  #open(side: Side): void {
    this.overlay = 'none';
    this.#closeEvent();
    this.side = side;
    this.opened += 1;
  }

  /** Closes the right pane. */
  closeSide(): void {
    if (this.side === 'guide') this.guide.putAway();
    this.#closeEvent();
    this.side = 'nothing';
    this.focusList();
  }

  #closeEvent(): void {
    if (this.side !== 'event') return;
    this.event.close();
    this.feed.hold(false);
  }

  /** The open event closes; any other pane stays. */
  leaveEvent(): void {
    if (this.side !== 'event') return;
    this.#closeEvent();
    this.side = 'nothing';
  }

  /** One step back: what is selected, the pane, then the choice. */
  escape(): void {
    if (this.others !== null) this.closeOthers();
    else if (this.feed.selection.any) this.feed.selection.end();
    else if (this.side !== 'nothing') this.closeSide();
    else if (this.feed.selected !== null) this.feed.unselect();
    else if (this.stories.story) this.paths.closeStory();
  }

  /** Jumps to the newest and follows; an open event stays open. */
  follow(): void {
    this.feed.follow();
  }

  /** Lays something over the window. */
  show(overlay: Overlay): void {
    this.overlay = overlay;
  }

  /** Takes it away. */
  closeOverlay(): void {
    this.overlay = 'none';
  }

  toggleNames(): void {
    this.namesHidden = !this.namesHidden;
    remember('names-hidden', this.namesHidden);
  }

  toggleFacets(): void {
    this.facetsHidden = !this.facetsHidden;
    remember('facets-hidden', this.facetsHidden);
  }

  /** Sends a sample delivery through the listener. */
  async sendSample(): Promise<void> {
    await this.guide.sendSample();
    if (this.side !== 'guide') {
      if (this.guide.sampleTrouble) this.toasts.say(this.guide.sampleTrouble.sentence, 'error');
      else this.toasts.say('A sample delivery was sent.');
    }
  }

  /** Copies a text; says so. */
  async copy(text: string, what: string): Promise<void> {
    if (await copyText(text)) this.toasts.say(`${what} was copied.`);
    else this.toasts.say('The clipboard is not to be had.', 'error');
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    const trouble = troubleOf(error);
    if (trouble.severity !== 'quiet') this.toasts.say(trouble.sentence, 'error');
  }
}

const KEY = Symbol('desk');

/** Makes a desk known to the components below. */
export function giveDesk(desk: Desk): Desk {
  return setContext(KEY, desk);
}

/** The desk of the window. */
export function theDesk(): Desk {
  return getContext<Desk>(KEY);
}

// The views: named questions with columns, an order and a colour of their own. The program keeps them; here is which
// one is present, and whether what is shown is still what it says.

/* eslint-disable svelte/prefer-svelte-reactivity -- maps on the screen are made anew, and nothing looks at the others */

import {
  asAskError,
  refusalOf,
  troubleOf,
  type Filter,
  type Trouble,
  type View,
  type Views,
} from '../backend';
import type { Desk } from '../desk/desk.svelte';
import { Pace } from '../desk/pace';
import { read, sameColumns, USUAL } from '../feed/columns';
import { isEverything, sameFilter } from '../filter/model';
import { freeName, NEW_VIEW } from './draft';
import { recallKept, rememberKept, type Kept } from './kept';
import { saveText } from './file';

/** What a view's text means. */
export interface Meaning {
  filter: Filter | null;
  /** Why it means nothing; null if it does. */
  why: string | null;
}

/** The view of everything: the one that is shown first. */
export const ALL = 'all';

const NEWS_GAP = 2000;
const SEEN_GAP = 1000;
/** Largest file of views that is read, in bytes. */
const LARGEST_FILE = 1_000_000;

/** The state of the views. */
export class ViewBook {
  /** In order, the hidden ones too. */
  list = $state.raw<readonly View[]>([]);
  /** They were heard of. */
  loaded = $state(false);
  /** Why they could not be heard of. */
  trouble = $state.raw<Trouble | null>(null);
  /** Why the file of views could not be read: then nothing can be changed. */
  unread = $state<string | null>(null);
  /** The one that was chosen last. */
  chosen = $state(ALL);
  /** What is being filled in, and what for. */
  draft = $state.raw<View>(NEW_VIEW);
  #meanings = $state.raw<ReadonlyMap<string, Meaning>>(new Map());
  #news = $state.raw<ReadonlyMap<string, number | null>>(new Map());
  /** Those that came with the program, as they came. */
  #usual: readonly View[] = [];
  #revision = 0;
  #turn = 0;
  #seen = new Map<string, number>();
  /** The order that the next filter comes with. */
  #order: boolean | null = null;
  readonly #kept = recallKept();
  readonly #desk: Desk;
  readonly #newsPace = new Pace(NEWS_GAP, () => this.#askNews());
  readonly #seenPace = new Pace(SEEN_GAP, () => this.#tellSeen());

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Those that are listed. */
  readonly listed = $derived(this.list.filter(({ hidden }) => !hidden));

  /** The present one: none while a story is shown. */
  get present(): View | null {
    if (this.#desk.stories.story) return null;
    return this.list.find(({ id }) => id === this.chosen) ?? null;
  }

  /** The events are others than those of the present view. */
  get filterChanged(): boolean {
    const { present } = this;
    if (!present) return false;
    const meaning = this.meaning(present);
    if (!meaning) return false;
    return !meaning.filter || !sameFilter(meaning.filter, this.#desk.query.filter);
  }

  /** Columns or order are others than those of the present view. */
  get layoutChanged(): boolean {
    const { present } = this;
    return present !== null && !this.#asIn(present);
  }

  /** What is shown is not what the present view says. */
  get changed(): boolean {
    return this.filterChanged || this.layoutChanged;
  }

  #asIn(view: View): boolean {
    const { layout, feed } = this.#desk;
    return view.oldestFirst === feed.oldestFirst && sameColumns(read(view.columns), layout.columns);
  }

  /** What a view's text means; null until it is known. */
  meaning(view: View): Meaning | null {
    return this.#meanings.get(view.query) ?? null;
  }

  /** How many new events a view has; null if it is not known how many. */
  newIn(view: View): number | null {
    if (!view.badge) return 0;
    if (this.#looked && view.id === this.chosen) return 0;
    return this.#news.has(view.id) ? (this.#news.get(view.id) ?? null) : 0;
  }

  /** A person sees what comes into the present view. */
  get #looked(): boolean {
    const { feed } = this.#desk;
    return this.present !== null && !this.filterChanged && feed.mode === 'following' && !feed.stale;
  }

  /** Asks for them. */
  load(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const answer = await this.#desk.backend.ask({ ask: 'views' });
      if (turn === this.#turn) await this.#take(answer);
    } catch (error) {
      if (turn === this.#turn) this.trouble = troubleOf(error);
    }
  }

  async #take({ views, usual, revision, trouble }: Views): Promise<void> {
    const first = !this.loaded;
    this.list = views;
    this.#usual = usual;
    this.#revision = revision;
    this.unread = trouble;
    this.trouble = null;
    this.loaded = true;
    this.#newsPace.want();
    await this.#learn(first);
  }

  /** Asks what the texts mean that are not known yet. */
  async #learn(first: boolean): Promise<void> {
    const texts = new Set(this.list.map(({ query }) => query));
    const unknown = [...texts].filter((text) => !this.#meanings.has(text));
    const learnt = await Promise.all(
      unknown.map(async (text): Promise<[string, Meaning] | null> => {
        try {
          const parsed = await this.#desk.backend.ask({ ask: 'parse-filter', text });
          return [text, { filter: parsed.filter, why: parsed.error?.message ?? null }];
        } catch {
          // Asked again with the next list.
          return null;
        }
      }),
    );
    this.#meanings = new Map([
      ...this.#meanings,
      ...learnt.filter((one): one is [string, Meaning] => one !== null),
    ]);
    if (first) this.#begin();
  }

  /** The views are known: the one that is shown lays out the list. */
  #begin(): void {
    const before = this.chosen;
    this.arrived(this.#desk.query.filter);
    if (this.chosen === before) this.#layOut(this.chosen);
  }

  /** Something arrived. */
  news(): void {
    if (this.loaded && this.list.some(({ badge, hidden }) => badge && !hidden)) {
      this.#newsPace.want();
    }
  }

  async #askNews(): Promise<void> {
    try {
      const { views } = await this.#desk.backend.ask({ ask: 'view-news' });
      this.#news = new Map(views.map(({ id, count }) => [id, count]));
    } catch {
      // The next news asks again; a badge is no reason to complain.
    }
  }

  /** What is on the screen, is it looked at? Called whenever that may have changed. */
  look(): void {
    const { feed } = this.#desk;
    const { present } = this;
    const { asOf } = feed;
    if (!present?.badge || asOf === null || !this.#looked) return;
    if (document.visibilityState !== 'visible') return;
    if ((this.#seen.get(present.id) ?? -1) < asOf) this.#seenPace.want();
  }

  async #tellSeen(): Promise<void> {
    const { present } = this;
    const { asOf } = this.#desk.feed;
    if (!present || asOf === null || !this.#looked) return;
    this.#seen.set(present.id, asOf);
    try {
      await this.#desk.backend.ask({ ask: 'view-seen', id: present.id, until: asOf });
      this.#news = new Map([...this.#news, [present.id, 0]]);
    } catch {
      this.#seen.delete(present.id);
    }
  }

  /** Shows a view. One whose text means nothing any more puts it into the query box, where it can be put right. */
  choose(id: string): void {
    const view = this.list.find((one) => one.id === id);
    if (!view) return;
    const { query, stories } = this.#desk;
    this.chosen = id;
    stories.show(null);
    const meaning = this.meaning(view);
    if (!meaning?.filter) {
      query.text = view.query;
      void query.parse();
      return;
    }
    const same = sameFilter(meaning.filter, query.filter);
    this.#layOut(id, !same);
    query.choose(meaning.filter);
    this.#order = null;
  }

  /** The order that the list of another filter comes in. */
  get order(): boolean {
    return this.#order ?? this.#desk.feed.oldestFirst;
  }

  /** Columns and order of a view: as they were left, else as they are saved. */
  #layOut(id: string, withFilter = false): void {
    const view = this.list.find((one) => one.id === id);
    if (!view) return;
    const { columns, oldestFirst } = this.#kept.get(id) ?? view;
    this.#desk.layout.take(columns);
    if (withFilter) this.#order = oldestFirst;
    else this.#desk.feed.setOrder(oldestFirst);
  }

  /** The filter became another one. Without any, it is the view of everything. */
  filtered(filter: Filter): void {
    if (this.#order === null && isEverything(filter)) this.arrived(filter);
  }

  /** Somebody came to a filter from elsewhere: it is in the view that it is, if it is one. */
  arrived(filter: Filter): void {
    const is = (view: View) => {
      const meaning = this.meaning(view);
      return meaning?.filter ? sameFilter(meaning.filter, filter) : false;
    };
    const { present } = this;
    if (present && is(present)) return;
    const found = this.listed.find(is);
    if (!found) return;
    this.chosen = found.id;
    this.#layOut(found.id);
  }

  /** Columns or order were changed by a person: kept for this view as long as the window is open. */
  keepLayout(): void {
    const { present } = this;
    if (!present) return;
    const { layout, feed } = this.#desk;
    const kept: Kept = { columns: layout.columns, oldestFirst: feed.oldestFirst };
    if (this.#asIn(present)) this.#kept.delete(present.id);
    else this.#kept.set(present.id, kept);
    rememberKept(this.#kept);
  }

  #forget(id: string): void {
    if (this.#kept.delete(id)) rememberKept(this.#kept);
  }

  /** What is shown, as a view. */
  get #shown(): Pick<View, 'query' | 'columns' | 'oldestFirst'> {
    const { query, layout, feed } = this.#desk;
    return {
      query: query.text.trim(),
      columns: sameColumns(layout.columns, USUAL) ? [] : [...layout.columns],
      oldestFirst: feed.oldestFirst,
    };
  }

  /** Whether the present view can take what is shown: not with a text that means nothing. */
  get canSave(): boolean {
    const { query } = this.#desk;
    if (this.unread !== null || !this.changed || query.refused !== null) return false;
    // What shows everything goes on showing everything.
    return !(this.chosen === ALL && this.filterChanged);
  }

  /** The present view becomes what is shown. */
  async save(): Promise<void> {
    const { present } = this;
    if (!present || !this.canSave) return;
    const saved = { ...present, ...this.#shown };
    if (await this.#put(saved)) {
      this.#forget(present.id);
      this.#desk.toasts.say(`“${present.name}” was saved.`);
    }
  }

  /** The present view as it was saved. */
  back(): void {
    const { present } = this;
    if (!present) return;
    this.#forget(present.id);
    this.choose(present.id);
  }

  /** A view of what is shown is to be filled in. */
  saveAs(): void {
    const { present } = this;
    const named = present && present.id !== ALL;
    this.draft = {
      ...NEW_VIEW,
      ...this.#shown,
      name: named ? freeName(present.name, this.list) : '',
      colour: named ? present.colour : 'none',
    };
    this.#desk.show('view');
  }

  /** A view is to be changed. */
  edit(view: View): void {
    this.draft = view;
    this.#desk.show('view');
  }

  /** Keeps what was filled in. Whether it is kept. */
  async keep(view: View): Promise<boolean> {
    if (view.id !== '') {
      const shown = this.present?.id === view.id && !this.filterChanged;
      const kept = await this.#put(view);
      // The list goes with the view that it shows.
      if (kept && shown) this.choose(view.id);
      return kept;
    }
    // A new one comes behind the present one.
    const at = this.list.findIndex(({ id }) => id === this.chosen);
    const place = at < 0 || this.chosen === ALL ? this.list.length : at + 1;
    if (!(await this.#set(this.list.toSpliced(place, 0, view)))) return false;
    const added = this.list[place];
    if (added) {
      this.#forget(this.chosen);
      this.choose(added.id);
    }
    return true;
  }

  /** A second one like it, behind it. */
  async duplicate(view: View): Promise<void> {
    const at = this.list.indexOf(view);
    const name = freeName(view.name, this.list);
    await this.#set(
      this.list.toSpliced(at + 1, 0, { ...view, id: '', name, shipped: false, hidden: false }),
    );
  }

  /** Puts a view at another place among those listed. */
  async moveTo(view: View, place: number): Promise<void> {
    const others = this.listed.filter((one) => one !== view);
    const to = Math.min(Math.max(0, place), others.length);
    const next = others[to];
    const rest = this.list.filter((one) => one !== view);
    const at = next ? rest.indexOf(next) : rest.length;
    const moved = rest.toSpliced(at, 0, view);
    if (moved.some((one, i) => one !== this.list[i])) await this.#set(moved);
  }

  /** Lists a view no more, or again. */
  async hide(view: View, hidden: boolean): Promise<void> {
    if ((await this.#put({ ...view, hidden })) && hidden) {
      this.#desk.toasts.say(`“${view.name}” is hidden.`, 'done', {
        title: 'Undo',
        run: () => void this.hide(view, false),
      });
    }
  }

  /** One that came with the program, as it came; null where it is that already, or is a person's own. */
  asItCame(view: View): View | null {
    const usual = this.#usual.find(({ id }) => id === view.id);
    if (!usual) return null;
    const same =
      usual.name === view.name &&
      usual.about === view.about &&
      usual.query === view.query &&
      usual.colour === view.colour &&
      usual.badge === view.badge &&
      usual.oldestFirst === view.oldestFirst &&
      sameColumns(read(usual.columns), read(view.columns));
    return same ? null : { ...usual, hidden: view.hidden };
  }

  /** Puts one that came with the program back as it came, which can be undone. */
  async putBack(view: View): Promise<void> {
    const usual = this.asItCame(view);
    if (!usual) return;
    const shown = this.present?.id === view.id && !this.filterChanged;
    if (!(await this.#put(usual))) return;
    this.#forget(view.id);
    if (shown) this.choose(view.id);
    this.#desk.toasts.say(`“${usual.name}” is as it came with the program.`, 'done', {
      title: 'Undo',
      run: () => void this.#put(view),
    });
  }

  /** Takes a view away, which can be undone. */
  async remove(view: View): Promise<void> {
    const at = this.list.findIndex(({ id }) => id === view.id);
    if (!(await this.#set(this.list.filter(({ id }) => id !== view.id)))) return;
    this.#forget(view.id);
    if (this.chosen === view.id) this.chosen = ALL;
    this.#desk.toasts.say(`“${view.name}” was deleted.`, 'done', {
      title: 'Undo',
      run: () => void this.#set(this.list.toSpliced(at, 0, { ...view, id: '' })),
    });
  }

  /** In the place of the one with its id. */
  #put(view: View): Promise<boolean> {
    return this.#set(this.list.map((one) => (one.id === view.id ? view : one)));
  }

  /** Has the program keep a list. Whether it did. */
  async #set(views: readonly View[]): Promise<boolean> {
    const turn = ++this.#turn;
    const before = this.list;
    // At once, so that what is dragged stays where it is dropped.
    this.list = views;
    try {
      const answer = await this.#desk.backend.ask({
        ask: 'set-views',
        views: [...views],
        revision: this.#revision,
      });
      if (turn === this.#turn) await this.#take(answer);
      return true;
    } catch (error) {
      if (turn === this.#turn) this.list = before;
      // Another screen may have changed them: its list is shown, and nothing of it is overwritten.
      this.#desk.toasts.say(refusalOf(error).sentence, 'error');
      this.load();
      return false;
    }
  }

  /** Writes views to a file that another program can take in. */
  async export(ids: string[]): Promise<void> {
    const { backend, toasts } = this.#desk;
    try {
      const file = await backend.ask({ ask: 'export-views', ids });
      if (file.written === null) saveText(file.name, file.text);
      else toasts.say(`Written to ${file.written}`);
    } catch (error) {
      if (asAskError(error).code !== 'cancelled') toasts.say(refusalOf(error).sentence, 'error');
    }
  }

  /** Takes views out of a file. Why not, in words; null if it worked. */
  async import(file: File): Promise<string | null> {
    if (file.size > LARGEST_FILE) return 'This file is too large to be one of views.';
    const turn = ++this.#turn;
    try {
      const text = await file.text();
      const answer = await this.#desk.backend.ask({ ask: 'import-views', text });
      if (turn === this.#turn) await this.#take(answer.views);
      this.#desk.toasts.say(importWords(answer.added, answer.known));
      return null;
    } catch (error) {
      return refusalOf(error).sentence;
    }
  }
}

function importWords(added: string[], known: string[]): string {
  const there =
    known.length === 0 ? '' : ` ${known.length === 1 ? 'One was' : `${known.length} were`} there.`;
  if (added.length === 0)
    return known.length > 0 ? 'All of them are here already.' : 'It holds no views.';
  return `${added.length === 1 ? 'Added' : `${added.length} added`}: ${added.join(', ')}.${there}`;
}

// The views: named questions with columns, an order and a colour of their own. The program keeps them; here is which
// one is present, and whether what is shown is still what it says.

/* eslint-disable svelte/prefer-svelte-reactivity -- maps on the screen are made anew, and nothing looks at the others */

import type { Filter, View } from '../backend';
import type { Desk } from '../desk/desk.svelte';
import { Pace } from '../desk/pace';
import { read, sameColumns, USUAL } from '../feed/columns';
import { EVERYTHING, isEverything, sameFilter } from '../filter/model';
import { freeName, NEW_VIEW } from './draft';
import { recallKept, rememberKept, type Kept } from './kept';
import { ViewShelf } from './shelf.svelte';

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

/** The state of the views. */
export class ViewBook extends ViewShelf {
  /** The one that was chosen last. */
  chosen = $state(ALL);
  /** What is being filled in, and what for. */
  draft = $state.raw<View>(NEW_VIEW);
  #meanings = $state.raw<ReadonlyMap<string, Meaning>>(new Map());
  #news = $state.raw<ReadonlyMap<string, number | null>>(new Map());
  #seen = new Map<string, number>();
  /** The order that the next filter comes with. */
  #order: boolean | null = null;
  /** Chosen by its place before the views were there, or by its id before it was known what it means. */
  #wanted: number | string | null = null;
  readonly #kept = recallKept();
  readonly #desk: Desk;
  readonly #newsPace = new Pace(NEWS_GAP, () => this.#askNews());
  readonly #seenPace = new Pace(SEEN_GAP, () => this.#tellSeen());

  constructor(desk: Desk) {
    super(desk.backend, desk.toasts);
    this.#desk = desk;
    this.heard = async (first) => {
      // Another screen may have deleted it.
      if (!this.list.some(({ id }) => id === this.chosen)) this.chosen = ALL;
      this.#newsPace.want();
      await this.#learn();
      if (first) this.#begin();
    };
  }

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

  /** Asks what the texts mean that are not known yet. */
  async #learn(): Promise<void> {
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
  }

  /** The views are known: the one that is shown lays out the list. */
  #begin(): void {
    const wanted = this.#wanted;
    if (wanted !== null) {
      const id = typeof wanted === 'number' ? this.listed[wanted]?.id : wanted;
      if (id !== undefined) this.choose(id);
      return;
    }
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
    const meaning = this.meaning(view);
    if (!meaning && this.#wanted !== id) {
      this.#wanted = id;
      void this.#learn().then(() => {
        if (this.#wanted === id) this.choose(id);
      });
      return;
    }
    this.#wanted = null;
    this.chosen = id;
    stories.show(null);
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

  /** Shows the view at a place of the list, from 0; as soon as it is known which one that is. */
  chooseAt(place: number): void {
    const view = this.listed[place];
    if (view) this.choose(view.id);
    else if (!this.loaded) this.#wanted = place;
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

  /** Name of the view that has just a filter's categories and actions, whatever else the filter has; null if none has. */
  ofActions({ categories, actions }: Filter): string | null {
    const wanted = { ...EVERYTHING, categories, actions };
    const found = this.listed.find((view) => {
      const meaning = this.meaning(view);
      return meaning?.filter ? sameFilter(meaning.filter, wanted) : false;
    });
    return found?.name ?? null;
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

  /** The present view becomes what is shown, which can be undone: its text may be quite another one. */
  async save(): Promise<void> {
    const { present } = this;
    if (!present || !this.canSave) return;
    const saved = { ...present, ...this.#shown };
    if (await this.put(saved)) {
      this.#forget(present.id);
      this.#desk.toasts.say(`“${present.name}” was saved.`, 'done', {
        title: 'Undo',
        run: () => void this.put(present),
      });
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
      const kept = (await this.put(view)) !== null;
      // The list goes with the view that it shows.
      if (kept && shown) this.choose(view.id);
      return kept;
    }
    // A new one comes behind the present one.
    const at = this.list.findIndex(({ id }) => id === this.chosen);
    const place = at < 0 || this.chosen === ALL ? this.list.length : at + 1;
    const list = await this.set(this.list.toSpliced(place, 0, view));
    const added = list?.[place];
    if (!added) return false;
    this.#forget(this.chosen);
    this.choose(added.id);
    return true;
  }

  /** A second one like it, behind it. */
  async duplicate(view: View): Promise<void> {
    const at = this.list.findIndex(({ id }) => id === view.id);
    const name = freeName(view.name, this.list);
    await this.set(
      this.list.toSpliced(at + 1, 0, { ...view, id: '', name, shipped: false, hidden: false }),
    );
  }

  /** Puts one that came with the program back as it came, which can be undone. */
  async putBack(view: View): Promise<void> {
    const usual = this.asItCame(view);
    if (!usual) return;
    const shown = this.present?.id === view.id && !this.filterChanged;
    if (!(await this.put(usual))) return;
    this.#forget(view.id);
    if (shown) this.choose(view.id);
    this.#desk.toasts.say(`“${usual.name}” is as it came with the program.`, 'done', {
      title: 'Undo',
      run: () => void this.put(view),
    });
  }

  /** Takes a view away, which can be undone. */
  async remove(view: View): Promise<void> {
    const at = this.list.findIndex(({ id }) => id === view.id);
    if (!(await this.set(this.list.filter(({ id }) => id !== view.id)))) return;
    this.#forget(view.id);
    if (this.chosen === view.id) this.chosen = ALL;
    this.#desk.toasts.say(`“${view.name}” was deleted.`, 'done', {
      title: 'Undo',
      run: () => void this.set(this.list.toSpliced(at, 0, { ...view, id: '' })),
    });
  }
}

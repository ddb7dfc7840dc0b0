// The list of views as the program keeps it, and how it is changed: one change after the other, each on top of the one
// before, and none over what another screen did meanwhile.

import { asAskError, refusalOf, troubleOf, type Backend, type Trouble } from '../backend';
import type { View, Views } from '../backend';
import type { Toasts } from '../desk/toasts.svelte';
import { read, sameColumns } from '../feed/columns';
import { saveText } from './file';

/** Largest file of views that is read, in bytes. */
const LARGEST_FILE = 1_000_000;

/** The state of the list. */
export class ViewShelf {
  /** In order, the hidden ones too. */
  list = $state.raw<readonly View[]>([]);
  /** They were heard of. */
  loaded = $state(false);
  /** Why they could not be heard of. */
  trouble = $state.raw<Trouble | null>(null);
  /** Why the file of views could not be read: then nothing can be changed. */
  unread = $state<string | null>(null);
  /** Those that are listed. */
  readonly listed = $derived(this.list.filter(({ hidden }) => !hidden));

  /** Called when a list was heard of; `first` is the first one. */
  protected heard: (first: boolean) => Promise<void> = () => Promise.resolve();
  /** Those that came with the program, as they came. */
  #usual: readonly View[] = [];
  /** The list as the program has it. */
  #told: readonly View[] = [];
  #revision = 0;
  #turn = 0;
  /** The last change that was asked for, and the last that is not wanted any more. */
  #latest = 0;
  #refused = 0;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #backend: Backend;
  readonly #toasts: Toasts;

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
  }

  /** Asks for them. */
  load(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const answer = await this.#backend.ask({ ask: 'views' });
      if (turn === this.#turn) await this.#take(answer);
    } catch (error) {
      if (turn === this.#turn) this.trouble = troubleOf(error);
    }
  }

  /** What the program has. Where more was changed meanwhile, that stays on the screen. */
  async #take(answer: Views, shown: readonly View[] = answer.views): Promise<void> {
    const first = !this.loaded;
    this.#told = answer.views;
    this.#usual = answer.usual;
    this.#revision = answer.revision;
    this.list = shown;
    this.unread = answer.trouble;
    this.trouble = null;
    this.loaded = true;
    await this.heard(first);
  }

  /** Has the program keep a list. The list as it is then; null if it was refused. */
  protected set(views: readonly View[]): Promise<readonly View[] | null> {
    // At once, so that what is dragged stays where it is dropped.
    this.list = views;
    const turn = ++this.#turn;
    this.#latest = turn;
    const kept = this.#queue.then(() => this.#send(views, turn));
    this.#queue = kept;
    return kept;
  }

  async #send(views: readonly View[], turn: number): Promise<readonly View[] | null> {
    // Made of a list that was refused.
    if (turn <= this.#refused) return null;
    try {
      const answer = await this.#backend.ask({
        ask: 'set-views',
        views: [...views],
        revision: this.#revision,
      });
      await this.#take(answer, this.#latest > turn ? this.list : answer.views);
      return answer.views;
    } catch (error) {
      this.#refused = this.#latest;
      this.list = this.#told;
      // Another screen may have changed them: its list is shown, and nothing of it is overwritten.
      this.#toasts.say(refusalOf(error).sentence, 'error');
      await this.#load();
      return null;
    }
  }

  /** In the place of the one with its id. */
  protected put(view: View): Promise<readonly View[] | null> {
    return this.set(this.list.map((one) => (one.id === view.id ? view : one)));
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

  /** Its place among those listed. */
  placeOf(view: View): number {
    return this.listed.findIndex(({ id }) => id === view.id);
  }

  /** Puts a view at another place among those listed. */
  async moveTo(view: View, place: number): Promise<void> {
    const rest = this.list.filter(({ id }) => id !== view.id);
    const next = rest.filter(({ hidden }) => !hidden)[Math.max(0, place)];
    const moved = rest.toSpliced(next ? rest.indexOf(next) : rest.length, 0, view);
    if (moved.some((one, i) => one !== this.list[i])) await this.set(moved);
  }

  /** Lists a view no more, or again. */
  async hide(view: View, hidden: boolean): Promise<void> {
    if (!(await this.put({ ...view, hidden })) || !hidden) return;
    this.#toasts.say(`“${view.name}” is hidden.`, 'done', {
      title: 'Undo',
      run: () => void this.hide(view, false),
    });
  }

  /** Writes views to a file that another program can take in. */
  async export(ids: string[]): Promise<void> {
    try {
      const file = await this.#backend.ask({ ask: 'export-views', ids });
      if (file.written === null) saveText(file.name, file.text);
      else this.#toasts.say(`Written to ${file.written}`);
    } catch (error) {
      const quiet = asAskError(error).code === 'cancelled';
      if (!quiet) this.#toasts.say(refusalOf(error).sentence, 'error');
    }
  }

  /** Takes views out of a file. Why not, in words; null if it worked. */
  async import(file: File): Promise<string | null> {
    if (file.size > LARGEST_FILE) return 'This file is too large to be one of views.';
    try {
      const text = await file.text();
      const { views, added, known } = await this.#backend.ask({ ask: 'import-views', text });
      await this.#take(views);
      this.#toasts.say(importWords(added, known));
      return null;
    } catch (error) {
      return refusalOf(error).sentence;
    }
  }
}

function importWords(added: string[], known: string[]): string {
  if (added.length === 0) return 'All of them are here already.';
  const there = known.length === 0 ? '' : ` ${known.length} of the file were here already.`;
  const number = added.length === 1 ? 'Added' : `${added.length} added`;
  return `${number}: ${added.join(', ')}.${there}`;
}

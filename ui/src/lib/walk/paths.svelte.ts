// The ways through the window: to a story, to an event, and back again.

import { asAskError, type Filter, type StoryOf } from '../backend';
import type { Desk } from '../desk/desk.svelte';
import type { Spot } from '../feed/place';
import { EVERYTHING, isEverything, sameFilter } from '../filter/model';
import { write } from '../filter/write';
import { withoutStory } from '../story/stories.svelte';
import type { Address } from './address';
import { Walk } from './walk.svelte';

/** A filter that says the same by ids alone. */
function withoutNames(filter: Filter): Filter {
  return {
    ...filter,
    persons: filter.persons.map((one) => (one.by === 'id' ? { ...one, name: '' } : one)),
    resource: filter.resource && { ...filter.resource, name: '' },
  };
}

/** As in SidePane's styles. */
const OVER_THE_LIST = '(max-width: 1099px)';

/** Leads from one thing to another, and remembers the way. */
export class Paths {
  readonly walk = new Walk();
  #spot: Spot | undefined;
  #arrivals = 0;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** An address names what is to be shown, or did at the start. */
  get arriving(): boolean {
    return this.#arrivals > 0;
  }

  /** Begins where the page's address says; ends when the function that comes back is called. */
  start(): () => void {
    return this.walk.start((address, spot) => void this.#arrive(address, spot));
  }

  /** What is looked at, for the page's address. With names hidden it holds no text in which one might be. */
  get address(): Address {
    const { query, stories, event, side, namesHidden } = this.#desk;
    const { filter } = query;
    const named = filter.text !== '' || filter.persons.some(({ by }) => by === 'name');
    return {
      story: stories.story?.of ?? null,
      text: named && namesHidden ? '' : this.#textOf(withoutNames(filter)),
      event: side === 'event' ? event.id : null,
    };
  }

  /** Tells the browser's history what is looked at. */
  tell(): void {
    const { query } = this.#desk;
    this.walk.tell(this.address, this.#textOf(query.filter), query.editing);
  }

  /** The list becomes another one: where the person was in it is kept. Where they were in the other, on the way back. */
  leave(): Spot | undefined {
    this.walk.leaves(this.#desk.feed.spot);
    const spot = this.#spot;
    this.#spot = undefined;
    return spot;
  }

  /** Tells a whole story: its head above the list, and the list is its events. */
  async openStory(of: StoryOf): Promise<void> {
    const desk = this.#desk;
    desk.closeOverlay();
    try {
      const story = await desk.stories.ask(of);
      desk.stories.show(story);
      desk.query.choose(story.filter);
      this.#showList();
    } catch (error) {
      desk.complain(error);
    }
  }

  /** Of a person whose id is not known: everybody of that name. */
  openName(name: string): void {
    const { query, stories } = this.#desk;
    query.choose({ ...EVERYTHING, persons: [{ by: 'name', name }] });
    stories.showName(name);
    this.#showList();
  }

  /** Where the open event lies over the list, it gives way to the list that was asked for; back opens it again. */
  #showList(): void {
    if (globalThis.matchMedia?.(OVER_THE_LIST).matches) this.#desk.leaveEvent();
    this.#desk.focusList();
  }

  /** Ends the story; what else was filtered by stays. */
  closeStory(): void {
    const { query, stories, focusList } = this.#desk;
    const { story } = stories;
    if (story) query.choose(withoutStory(query.filter, story));
    stories.show(null);
    focusList();
  }

  /** Opens another event by a link: a step that leads back. */
  openEvent(id: number): void {
    this.walk.stepNext();
    this.#reveal(id);
  }

  #reveal(id: number): void {
    this.#desk.openEvent(id);
    void this.#desk.feed.reveal(id);
  }

  /** A filter's text; none where it is just the story's. */
  #textOf(filter: Filter): string {
    const { story } = this.#desk.stories;
    return story && sameFilter(filter, story.filter) ? '' : write(filter);
  }

  /** Goes where an address says; what is wrong with it is left out. */
  async #arrive({ story: of, text, event }: Address, spot: Spot | null): Promise<void> {
    const desk = this.#desk;
    const arrival = ++this.#arrivals;
    const first = !desk.feed.answered;
    try {
      const [story, parsed] = await Promise.all([
        of ? desk.stories.ask(of) : null,
        text === '' ? null : desk.backend.ask({ ask: 'parse-filter', text }),
      ]);
      if (arrival !== this.#arrivals) return;
      desk.stories.show(story);
      this.#spot = spot ?? undefined;
      desk.query.choose(parsed?.filter ?? story?.filter ?? EVERYTHING);
      desk.views.arrived(desk.query.filter);
    } catch (error) {
      if (arrival !== this.#arrivals) return;
      desk.stories.show(null);
      desk.query.clear();
      if (asAskError(error).code !== 'not-found') desk.complain(error);
    }
    this.#spot = undefined;
    if (first && isEverything(desk.query.filter)) desk.begin();
    if (event === null) desk.leaveEvent();
    else this.#reveal(event);
    this.walk.arrived();
  }
}

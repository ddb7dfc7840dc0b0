// The story that is told: everything about one booking, person, room or location.

import type { Backend, Filter, Story, StoryOf } from '../backend';
import { Pace } from '../desk/pace';
import { EVERYTHING, isWithin, samePerson } from '../filter/model';
import { sameStory } from './links';

/** How often news let a story be asked again, in ms. */
const LOOK = 1000;

/** The state of the story above the list. */
export class Stories {
  story = $state.raw<Story | null>(null);
  /** A person of whom no id is known: the list shows everybody of this name. */
  byName = $state<string | null>(null);
  readonly #backend: Backend;
  readonly #look = new Pace(LOOK, () => this.#again());

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks for a story; rejects as every question does. */
  ask(of: StoryOf): Promise<Story> {
    return this.#backend.ask({ ask: 'story', of });
  }

  /** Tells a story, or none. */
  show(story: Story | null): void {
    this.#look.stop();
    this.story = story;
    this.byName = null;
  }

  /** The list shows everybody of a name. */
  showName(name: string): void {
    this.show(null);
    this.byName = name;
  }

  /** The filter is another one: a story ends where the list shows more than it. */
  filtered(filter: Filter): void {
    if (this.story && !isWithin(filter, this.story.filter)) this.show(null);
    const name = this.byName;
    if (name !== null && !filter.persons.some((one) => samePerson(one, { by: 'name', name }))) {
      this.byName = null;
    }
  }

  /** Something arrived, or something is told differently now. */
  news(): void {
    if (this.story) this.#look.want();
  }

  /** The name of what a story is told of; null for all others. */
  nameOf(of: StoryOf): string | null {
    return this.story && sameStory(this.story.of, of) ? this.story.title : null;
  }

  async #again(): Promise<void> {
    const before = this.story;
    if (!before) return;
    try {
      const story = await this.ask(before.of);
      if (this.story && sameStory(this.story.of, before.of)) this.story = story;
    } catch {
      // What is shown stays; whoever asks next is told of the trouble.
    }
  }
}

/** A filter without what it has from a story. */
export function withoutStory(filter: Filter, { filter: story }: Story): Filter {
  const set = <T>(values: T[], field: T[]) => (field.length > 0 ? [] : values);
  return {
    ...filter,
    locations: set(filter.locations, story.locations),
    persons: set(filter.persons, story.persons),
    entity: story.entity ? EVERYTHING.entity : filter.entity,
    resource: story.resource ? EVERYTHING.resource : filter.resource,
  };
}

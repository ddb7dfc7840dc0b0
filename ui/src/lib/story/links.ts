// From a row to the stories that it is part of. Whose it is is told by the id, never by a name alone.

import type { Row, StoryOf } from '../backend';
import { entityTitle } from '../look/entity';

/** Of the person, if the platform said who it is. */
export function storyOfPerson({ personId, personKind }: Row): StoryOf | null {
  return personId !== null && personKind !== null
    ? { by: 'person', kind: personKind, id: personId }
    : null;
}

/** Of the room, desk or thing. */
export function storyOfResource({ resourceId }: Row): StoryOf | null {
  return resourceId === null ? null : { by: 'resource', id: resourceId };
}

/** Of the location. */
export function storyOfLocation({ locationId }: Row): StoryOf | null {
  return locationId === null ? null : { by: 'location', id: locationId };
}

/** Of the booking, invoice, visitor … itself. */
export function storyOfEntity({ entity, entityId }: Row): StoryOf | null {
  return entityId === null || entity === 'Unknown'
    ? null
    : { by: 'entity', name: entity, id: entityId };
}

/** Whether two are the same story. */
export function sameStory(a: StoryOf | null, b: StoryOf | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.by !== b.by || a.id !== b.id) return false;
  if (a.by === 'person' && b.by === 'person') return a.kind === b.kind;
  return a.by !== 'entity' || b.by !== 'entity' || a.name === b.name;
}

const WHOSE: Record<StoryOf['by'], string> = {
  entity: 'thing',
  person: 'person',
  resource: 'room or thing',
  location: 'location',
};

/** What a story is about, e.g. `booking 1428600004`, `customer`, `location`. */
export function storyWords(of: StoryOf): string {
  if (of.by === 'entity') return `${entityTitle(of.name)} ${of.id}`;
  return of.by === 'person' && of.kind !== 'other' ? of.kind : WHOSE[of.by];
}

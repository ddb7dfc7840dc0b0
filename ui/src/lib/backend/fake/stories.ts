// Stories of the fake program.

import type { Filter } from '../types/Filter';
import type { Row } from '../types/Row';
import type { Story } from '../types/Story';
import type { StoryOf } from '../types/StoryOf';

const EVERYTHING: Filter = {
  text: '',
  categories: [],
  actions: [],
  locations: [],
  persons: [],
  from: null,
  to: null,
  flags: [],
  withoutFlags: [],
  entity: null,
  resource: null,
  changed: [],
  also: [],
};

/** Lists a story's events. */
export function storyFilter(of: StoryOf, title: string): Filter {
  switch (of.by) {
    case 'entity':
      return { ...EVERYTHING, entity: { name: of.name, id: of.id } };
    case 'person':
      return {
        ...EVERYTHING,
        persons: [{ by: 'id', kind: of.kind, id: of.id, name: title }],
      };
    case 'resource':
      return { ...EVERYTHING, resource: { id: of.id, name: title } };
    case 'location':
      return { ...EVERYTHING, locations: [of.id] };
  }
}

const capital = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase());

function titleOf(of: StoryOf, last: Row | undefined): string {
  const name = {
    entity: () => last && `${last.entity} ${last.entityId}`,
    person: () => last?.person,
    resource: () => last?.resource,
    location: () => last?.location,
  }[of.by]();
  return name ?? `${of.by === 'entity' ? of.name : capital(of.by)} ${of.id}`;
}

/** A story out of its events, oldest first. */
export function storyOf(of: StoryOf, events: readonly Row[]): Story {
  const [first, last] = [events[0], events.at(-1)];
  const title = titleOf(of, last);
  const kind = { entity: '', person: '', resource: 'Room', location: 'Location' }[of.by];
  return {
    of,
    title,
    kind: of.by === 'entity' ? of.name : of.by === 'person' ? capital(of.kind) : kind,
    facts:
      of.by === 'person'
        ? [
            { label: 'E-mail', value: 'someone@example.org', kind: 'contact', ahead: null },
            { label: 'Location', value: last?.location ?? '', kind: 'text', ahead: null },
            { label: 'Plan', value: 'Flex Desk', kind: 'text', ahead: null },
          ]
        : [{ label: 'Location', value: last?.location ?? '', kind: 'text', ahead: null }],
    filter: storyFilter(of, title),
    total: events.length,
    firstAt: first?.happenedAt ?? null,
    lastAt: last?.happenedAt ?? null,
    deleted: last?.action.endsWith('Delete') ?? false,
  };
}

// A small stand-in for the program's filters: enough to develop and test the screen.

import type { Filter } from '../types/Filter';
import type { Row } from '../types/Row';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function bound(end: string | null, now: number): number | null {
  if (!end) return null;
  const ago = /^-(\d+)([hdm])$/.exec(end);
  if (ago) {
    const unit = { h: 3_600_000, d: 86_400_000, m: 60_000 }[ago[2] ?? 'h'] ?? 0;
    return now - Number(ago[1]) * unit;
  }
  if (end === 'today') return now - (now % 86_400_000);
  return Date.parse(end);
}

/** Whether a filter lets a row through, as a function: made once, asked often. `changed` names what changed in a row. */
export function matcher(
  filter: Filter,
  now: number,
  changed: (row: Row) => readonly string[] = () => [],
): (row: Row) => boolean {
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  const from = bound(filter.from, now);
  const to = bound(filter.to, now);
  const some = <T>(wanted: T[], value: T) => wanted.length === 0 || wanted.includes(value);
  return (row) =>
    some(filter.categories, row.category) &&
    some(filter.actions, row.action) &&
    some(filter.locations, row.locationId ?? 0) &&
    (filter.persons.length === 0 ||
      filter.persons.some((person) =>
        person.by === 'id'
          ? person.kind === row.personKind && person.id === row.personId
          : folded(row.person ?? '').includes(folded(person.name)),
      )) &&
    (from === null || row.happenedAt >= from) &&
    (to === null || row.happenedAt < to) &&
    filter.flags.every((flag) => row.flags.includes(flag)) &&
    !filter.withoutFlags.some((flag) => row.flags.includes(flag)) &&
    (!filter.entity || (filter.entity.name === row.entity && filter.entity.id === row.entityId)) &&
    (!filter.resource || filter.resource.id === row.resourceId) &&
    (filter.changed.length === 0 || changed(row).some((field) => filter.changed.includes(field))) &&
    (words.length === 0 || words.every((word) => folded(row.sentence).includes(word)));
}

const FIELDS = [
  'category',
  'action',
  'location',
  'person',
  'flag',
  'from',
  'to',
  'entity',
  'resource',
  'changed',
  'text',
];

type Parsed =
  | { filter: Filter; error: null }
  | { filter: null; error: { message: string; start: number; end: number } };

const VALUE = /"((?:[^"\\]|\\.)*)"|[^\s,()"]+/g;

function values(text: string): string[] {
  return [...text.matchAll(VALUE)].map((value) =>
    value[1] === undefined ? value[0] : value[1].replace(/\\(.)/g, '$1'),
  );
}

/** The text of a query box as a filter; or what is wrong with it. */
export function parse(text: string): Parsed {
  const filter: Filter = {
    text: '',
    also: [],
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
  };
  const words: string[] = [];
  const parts = text.matchAll(
    /(-?)([a-z]+):(\((?:"(?:[^"\\]|\\.)*"|[^")])*\)|"(?:[^"\\]|\\.)*"|\S*)|"[^"]*"|\S+/g,
  );
  for (const part of parts) {
    const [whole, not, name, raw] = part;
    const start = part.index;
    const wrong = (message: string, length: number): Parsed => ({
      filter: null,
      error: { message, start, end: start + length },
    });
    if (name === undefined || raw === undefined) {
      words.push(whole);
      continue;
    }
    if (!FIELDS.includes(name)) {
      return wrong(`There is no field “${name}”: there are ${FIELDS.join(', ')}`, name.length);
    }
    const list = values(raw);
    if (list.length === 0) return wrong(`Write what ${name} should be`, whole.length);
    const [first = ''] = list;
    if (name === 'category') filter.categories.push(...list);
    if (name === 'action') filter.actions.push(...list);
    if (name === 'location') filter.locations.push(...list.map((id) => Number(id) || 0));
    if (name === 'flag') (not ? filter.withoutFlags : filter.flags).push(...list);
    if (name === 'from') filter.from = first;
    if (name === 'to') filter.to = first;
    if (name === 'text') words.push(first);
    if (name === 'resource') {
      const [, id, known] = /^(\d+) ?(.*)$/.exec(first) ?? [];
      filter.resource = { id: Number(id), name: known ?? '' };
    }
    if (name === 'changed') filter.changed.push(...list);
    if (name === 'person') {
      for (const person of list) {
        const [, kind, id, known] = /^([a-z]+)#(\d+) ?(.*)$/.exec(person) ?? [];
        filter.persons.push(
          kind && id
            ? { by: 'id', kind, id: Number(id), name: known ?? '' }
            : { by: 'name', name: person },
        );
      }
    }
    if (name === 'entity') {
      const [kind = '', id] = first.split('#');
      filter.entity = { name: kind, id: Number(id) };
    }
  }
  filter.text = words.join(' ');
  return { filter, error: null };
}

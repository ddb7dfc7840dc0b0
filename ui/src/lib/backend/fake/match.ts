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

/** Whether a filter lets a row through, as a function: made once, asked often. */
export function matcher(filter: Filter, now: number): (row: Row) => boolean {
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
          ? person.id === row.personId
          : folded(row.person ?? '').includes(folded(person.name)),
      )) &&
    (from === null || row.happenedAt >= from) &&
    (to === null || row.happenedAt < to) &&
    filter.flags.every((flag) => row.flags.includes(flag)) &&
    !filter.withoutFlags.some((flag) => row.flags.includes(flag)) &&
    (!filter.entity || (filter.entity.name === row.entity && filter.entity.id === row.entityId)) &&
    (words.length === 0 || words.every((word) => folded(row.sentence).includes(word)));
}

const FIELDS = ['category', 'action', 'location', 'person', 'flag', 'from', 'to'] as const;

/** The text of a query box as a filter; or what is wrong with it. */
export function parse(
  text: string,
):
  | { filter: Filter; error: null }
  | { filter: null; error: { message: string; start: number; end: number } } {
  const filter: Filter = {
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
  };
  const words: string[] = [];
  for (const part of text.matchAll(/(-?)([a-z]+):("[^"]*"|\S*)|"[^"]*"|\S+/g)) {
    const [whole, not, field, raw] = part;
    const start = part.index;
    if (field === undefined || raw === undefined) {
      words.push(whole);
      continue;
    }
    const value = raw.replaceAll('"', '');
    if (!(FIELDS as readonly string[]).includes(field) && field !== 'entity') {
      const message = `There is no field “${field}”: there are ${FIELDS.join(', ')}`;
      return { filter: null, error: { message, start, end: start + field.length } };
    }
    if (value === '') {
      return {
        filter: null,
        error: { message: `Write what ${field} should be`, start, end: start + whole.length },
      };
    }
    if (field === 'category') filter.categories.push(value);
    if (field === 'action') filter.actions.push(value);
    if (field === 'location') filter.locations.push(Number(value));
    if (field === 'flag') (not ? filter.withoutFlags : filter.flags).push(value);
    if (field === 'from') filter.from = value;
    if (field === 'to') filter.to = value;
    if (field === 'person') {
      const [kind, id, ...name] = value.split('/');
      filter.persons.push(
        id
          ? { by: 'id', kind: kind ?? '', id: Number(id), name: name.join('/') }
          : { by: 'name', name: value },
      );
    }
    if (field === 'entity') {
      const [name, id] = value.split('/');
      filter.entity = { name: name ?? '', id: Number(id) };
    }
  }
  filter.text = words.join(' ');
  return { filter, error: null };
}

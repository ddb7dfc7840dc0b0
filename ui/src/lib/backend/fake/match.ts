// A small stand-in for the program's filters: enough to develop and test the screen.

import type { Filter } from '../types/Filter';
import type { Row } from '../types/Row';
import { condition } from './condition';
import { clauseTree } from './language';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The moment that an end of a range means; of a day its beginning, or its end. */
export function bound(end: string | null, now: number, isEnd = false): number | null {
  if (!end) return null;
  // The fake's days are those of Madrid in winter.
  if (/^\d{4}-\d\d-\d\d$/.test(end)) {
    return Date.parse(`${end}T00:00+01:00`) + (isEnd ? 86_400_000 : 0);
  }
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(end)) return Date.parse(`${end}+01:00`);
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
  const words = folded(filter.text).replace(/["*]/g, ' ').split(/\s+/).filter(Boolean);
  const also = filter.also.map((clause) => condition(clauseTree(clause)));
  const from = bound(filter.from, now);
  const to = bound(filter.to, now, true);
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
    (words.length === 0 || words.every((word) => folded(row.sentence).includes(word))) &&
    also.every((holds) => holds(row));
}

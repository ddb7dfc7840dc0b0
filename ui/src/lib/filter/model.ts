// The filter as a value: never changed in place, always made anew.

import type { Clause, Filter, PersonFilter } from '../backend';

/** A filter that hides nothing. */
export const EVERYTHING: Filter = Object.freeze({
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
});

/** Fields that hold several values. */
export type ListField =
  'categories' | 'actions' | 'locations' | 'flags' | 'withoutFlags' | 'changed';

/** Whether a filter hides nothing. */
export function isEverything(filter: Filter): boolean {
  return sameFilter(filter, EVERYTHING);
}

function key(person: PersonFilter): string {
  // A person's name is only for the chip when there is an id.
  return person.by === 'id'
    ? `id ${person.kind} ${person.id}`
    : `name ${person.name.toLowerCase()}`;
}

/** Whether two persons of a filter are the same. */
export function samePerson(a: PersonFilter, b: PersonFilter): boolean {
  return key(a) === key(b);
}

function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

/** Whether two filters let the same events through; the order of alternatives does not matter. */
export function sameFilter(a: Filter, b: Filter): boolean {
  return (
    a.text.trim() === b.text.trim() &&
    sameSet(a.categories, b.categories) &&
    sameSet(a.actions, b.actions) &&
    sameSet(a.locations, b.locations) &&
    sameSet(a.persons.map(key), b.persons.map(key)) &&
    (a.from ?? '') === (b.from ?? '') &&
    (a.to ?? '') === (b.to ?? '') &&
    sameSet(a.flags, b.flags) &&
    sameSet(a.withoutFlags, b.withoutFlags) &&
    a.entity?.name === b.entity?.name &&
    a.entity?.id === b.entity?.id &&
    a.resource?.id === b.resource?.id &&
    sameSet(a.changed, b.changed) &&
    sameSet(a.also, b.also)
  );
}

/** With a value of a list field added, or taken out if it is there. */
export function toggled<F extends ListField>(
  filter: Filter,
  field: F,
  value: Filter[F][number],
): Filter {
  const values = filter[field] as (string | number)[];
  const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  return { ...filter, [field]: next };
}

/** With a mark cycled: indifferent → wanted → unwanted → indifferent. */
export function cycledFlag(filter: Filter, flag: string): Filter {
  if (filter.flags.includes(flag)) {
    return {
      ...filter,
      flags: filter.flags.filter((f) => f !== flag),
      withoutFlags: [...filter.withoutFlags, flag],
    };
  }
  if (filter.withoutFlags.includes(flag)) return toggled(filter, 'withoutFlags', flag);
  return toggled(filter, 'flags', flag);
}

/** With a person added, unless already there. */
export function withPerson(filter: Filter, person: PersonFilter): Filter {
  if (filter.persons.some((there) => samePerson(there, person))) return filter;
  return { ...filter, persons: [...filter.persons, person] };
}

/** Without a person. */
export function withoutPerson(filter: Filter, person: PersonFilter): Filter {
  return { ...filter, persons: filter.persons.filter((there) => !samePerson(there, person)) };
}

/** With a changed field added, unless already there. */
export function withChanged(filter: Filter, field: string): Filter {
  if (filter.changed.includes(field)) return filter;
  return { ...filter, changed: [...filter.changed, field] };
}

/** With a further condition, unless it is there. */
export function withClause(filter: Filter, clause: Clause): Filter {
  if (filter.also.includes(clause)) return filter;
  return { ...filter, also: [...filter.also, clause] };
}

/** Whether a filter asks for all that another asks for, and perhaps for more. */
export function isWithin(filter: Filter, wider: Filter): boolean {
  const list = <T>(narrow: readonly T[], wide: readonly T[]) =>
    wide.length === 0 || sameSet(narrow, wide);
  const words = filter.text.trim().split(/\s+/);
  return (
    wider.text
      .trim()
      .split(/\s+/)
      .every((word) => word === '' || words.includes(word)) &&
    list(filter.categories, wider.categories) &&
    list(filter.actions, wider.actions) &&
    list(filter.locations, wider.locations) &&
    list(filter.persons.map(key), wider.persons.map(key)) &&
    list(filter.changed, wider.changed) &&
    wider.flags.every((flag) => filter.flags.includes(flag)) &&
    wider.withoutFlags.every((flag) => filter.withoutFlags.includes(flag)) &&
    wider.also.every((clause) => filter.also.includes(clause)) &&
    (wider.from === null || filter.from === wider.from) &&
    (wider.to === null || filter.to === wider.to) &&
    (!wider.entity ||
      (filter.entity?.name === wider.entity.name && filter.entity.id === wider.entity.id)) &&
    (!wider.resource || filter.resource?.id === wider.resource.id)
  );
}

/** How many conditions a filter has: its chips, were each shown alone. */
export function conditions(filter: Filter): number {
  return (
    (filter.text.trim() ? 1 : 0) +
    filter.categories.length +
    filter.actions.length +
    filter.locations.length +
    filter.persons.length +
    (filter.from !== null || filter.to !== null ? 1 : 0) +
    filter.flags.length +
    filter.withoutFlags.length +
    (filter.entity ? 1 : 0) +
    (filter.resource ? 1 : 0) +
    filter.changed.length +
    filter.also.length
  );
}

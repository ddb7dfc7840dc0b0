// A filter as the text of the query box. The program has the last word: what is written here is parsed by it, and
// where it knows a better way to say the same, that is shown.

import type { Filter, PersonFilter } from '../backend';

/** Quotes a value where it is not one plain word. */
function quoted(value: string): string {
  if (/^[\p{L}\p{N}_.?/+@-]+$/u.test(value) && !value.startsWith('-')) return value;
  return `"${value.replace(/[\\"]/g, (c) => `\\${c}`)}"`;
}

function person(person: PersonFilter): string {
  if (person.by === 'name') return `person:${quoted(person.name)}`;
  return `person:${person.kind}/${person.id}${person.name ? `/${quoted(person.name)}` : ''}`;
}

/** The text of a filter. */
export function write(filter: Filter): string {
  const { entity } = filter;
  return [
    ...filter.categories.map((slug) => `category:${quoted(slug)}`),
    ...filter.actions.map((action) => `action:${quoted(action)}`),
    ...filter.locations.map((id) => `location:${id}`),
    ...filter.persons.map(person),
    ...(entity ? [`entity:${entity.name}/${entity.id}`] : []),
    ...filter.flags.map((flag) => `flag:${quoted(flag)}`),
    ...filter.withoutFlags.map((flag) => `-flag:${quoted(flag)}`),
    ...(filter.from ? [`from:${quoted(filter.from)}`] : []),
    ...(filter.to ? [`to:${quoted(filter.to)}`] : []),
    ...(filter.text.trim() ? [filter.text.trim()] : []),
  ].join(' ');
}

// A filter as the text of the query box, in the program's language. The program has the last word: what is written
// here is parsed by it, and its own way to say the same is what stays.

import type { Filter, PersonFilter } from '../backend';

/** A value, in quotes where it needs them. */
export function valued(text: string): string {
  if (/^[\p{L}\p{N}\-_?.#:+/@']+$/u.test(text)) return text;
  return quoted(text);
}

/** In quotes, with those inside marked. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (letter) => `\\${letter}`)}"`;
}

function person(person: PersonFilter): string {
  if (person.by === 'id') return valued(`${person.kind}#${person.id} ${person.name}`.trim());
  // A name that looks like a number of a person is marked as a name.
  const numbered = /^(=|[\p{L}]+#\d)/u.test(person.name);
  return valued(numbered ? `=${person.name}` : person.name);
}

/** Whether words would be read as something else than words. */
function isLanguage(text: string): boolean {
  return /[:()]|(^|\s)-\S|(^|\s)(AND|OR|NOT)(\s|$)/.test(text);
}

/** The text of a filter. */
export function write(filter: Filter): string {
  const { entity, resource } = filter;
  const text = filter.text.trim();
  const field = (name: string, values: string[]): string[] => {
    if (values.length === 0) return [];
    return [`${name}:${values.length === 1 ? values[0] : `(${values.join(', ')})`}`];
  };
  return [
    ...field('category', filter.categories.map(valued)),
    ...field('action', filter.actions.map(valued)),
    ...field(
      'location',
      filter.locations.map((id) => (id === 0 ? 'none' : String(id))),
    ),
    ...field('person', filter.persons.map(person)),
    ...field('from', filter.from ? [valued(filter.from)] : []),
    ...field('to', filter.to ? [valued(filter.to)] : []),
    ...field('flag', filter.flags.map(valued)),
    ...field('-flag', filter.withoutFlags.map(valued)),
    ...field('entity', entity ? [valued(`${entity.name}#${entity.id}`)] : []),
    ...field('resource', resource ? [valued(`${resource.id} ${resource.name}`.trim())] : []),
    ...field('changed', filter.changed.map(valued)),
    ...filter.also,
    ...(text ? [isLanguage(text) ? `text:${quoted(text)}` : text] : []),
  ].join(' ');
}

// A filter as chips: one for each field that is set and each further condition; each knows the filter without it.

import type { Filter } from '../backend';
import { withoutPerson } from './model';
import { rangeTitle } from './range';
import { shortened } from './shorten';

/** A part of a filter as a person sees it. */
export interface Chip {
  id: string;
  /** What it is about; empty where the value speaks for itself. */
  label: string;
  value: string;
  /** All its values, for the tooltip. */
  all: string;
  /** Whether the value may be a person's name. */
  person: boolean;
  /** It excludes. */
  not: boolean;
  /** The text in the query box that it stands for, where it can be changed there. */
  text: string | null;
  /** The filter without it. */
  without: Filter;
}

/** Names for what a filter holds only codes of. */
export interface Names {
  category(slug: string): string;
  action(name: string): string;
  location(id: number): string;
  entity(name: string): string;
  resource(id: number): string;
  person(kind: string, id: number): string;
  /** The view that has just these categories and actions, if one has. */
  view(filter: Filter): string | null;
}

const SHOWN = 2;

/** Letters of a condition that are shown. */
const LETTERS = 48;

function list(id: string, label: string, values: string[], without: Filter, not = false): Chip[] {
  if (values.length === 0) return [];
  const shown = values.slice(0, SHOWN).join(' or ');
  const rest = values.length - SHOWN;
  return [
    {
      id,
      label,
      value: rest > 0 ? `${shown} +${rest}` : shown,
      all: values.join(' or '),
      person: false,
      not,
      text: null,
      without,
    },
  ];
}

/** The chips of a filter, in the order of its fields. */
export function chipsOf(filter: Filter, names: Names): Chip[] {
  const chips: Chip[] = [];
  const one = (id: string, label: string, value: string, without: Filter, person = false) =>
    chips.push({ id, label, value, all: value, person, not: false, text: null, without });
  const view = filter.actions.length > 1 ? names.view(filter) : null;
  if (view !== null) {
    one('view', 'View', view, { ...filter, actions: [], categories: [] });
  } else {
    chips.push(
      ...list('categories', 'Category', filter.categories.map(names.category), {
        ...filter,
        categories: [],
      }),
      ...list('actions', 'Action', filter.actions.map(names.action), { ...filter, actions: [] }),
    );
  }
  chips.push(
    ...list('locations', 'Location', filter.locations.map(names.location), {
      ...filter,
      locations: [],
    }),
  );
  for (const person of filter.persons) {
    const id = person.by === 'id' ? `person-${person.kind}-${person.id}` : `person-${person.name}`;
    const value = person.name || (person.by === 'id' ? names.person(person.kind, person.id) : '');
    one(id, 'Person', value, withoutPerson(filter, person), true);
  }
  if (filter.entity) {
    const { name, id } = filter.entity;
    one('entity', names.entity(name), String(id), { ...filter, entity: null });
  }
  if (filter.resource) {
    const { id, name } = filter.resource;
    one('resource', 'Room or thing', name || names.resource(id), { ...filter, resource: null });
  }
  chips.push(...list('changed', 'Changed', filter.changed, { ...filter, changed: [] }));
  for (const flag of filter.flags) {
    const rest = filter.flags.filter((other) => other !== flag);
    one(`flag-${flag}`, 'Mark', flag.replaceAll('-', ' '), { ...filter, flags: rest });
  }
  for (const flag of filter.withoutFlags) {
    const rest = filter.withoutFlags.filter((other) => other !== flag);
    chips.push(
      ...list(
        `not-${flag}`,
        'Mark',
        [flag.replaceAll('-', ' ')],
        { ...filter, withoutFlags: rest },
        true,
      ),
    );
  }
  if (filter.from || filter.to) {
    one('time', 'Time', rangeTitle(filter), { ...filter, from: null, to: null });
  }
  filter.also.forEach((clause, i) => {
    chips.push({
      id: `also-${i}`,
      label: '',
      value: shortened(clause, LETTERS),
      all: clause,
      // It may look for anything, names among it.
      person: true,
      not: false,
      text: clause,
      without: { ...filter, also: filter.also.filter((other) => other !== clause) },
    });
  });
  if (filter.text.trim()) one('text', 'Text', filter.text.trim(), { ...filter, text: '' }, true);
  return chips;
}

// From a value of a body to the filter that shows more of the same: a person, a location, or the thing itself.

import type { Filter, PersonFilter, Row } from '../backend';
import { present, valueIs } from '../filter/body';
import { withClause, withPerson } from '../filter/model';
import { entityTitle } from '../look/entity';

/** A filter made from a value. */
export interface Narrowing {
  title: string;
  apply: (filter: Filter) => Filter;
}

/** Only this person. */
export function byPerson(row: Row): Narrowing | null {
  const { person, personId, personKind } = row;
  if (!person && personId === null) return null;
  const wanted: PersonFilter =
    personId !== null && personKind
      ? { by: 'id', kind: personKind, id: personId, name: person ?? '' }
      : { by: 'name', name: person ?? '' };
  return { title: 'Only this person', apply: (filter) => withPerson(filter, wanted) };
}

/** Only this location. */
export function byLocation(row: Row): Narrowing | null {
  const { locationId } = row;
  if (locationId === null) return null;
  return {
    title: 'Only this location',
    apply: (filter) => ({ ...filter, locations: [locationId] }),
  };
}

/** Only this room, desk or thing. */
export function byResource(row: Row): Narrowing | null {
  const { resourceId, resource } = row;
  if (resourceId === null) return null;
  return {
    title: 'Only this room or thing',
    apply: (filter) => ({ ...filter, resource: { id: resourceId, name: resource ?? '' } }),
  };
}

/** Only what happened to the same booking, invoice … */
export function byEntity(row: Row): Narrowing | null {
  const { entity, entityId } = row;
  if (entityId === null || entity === 'Unknown') return null;
  return {
    title: `Only this ${entityTitle(entity)}`,
    apply: (filter) => ({ ...filter, entity: { name: entity, id: entityId } }),
  };
}

const CUSTOMER_NAMES = new Set(['CoworkerFullName', 'CoworkerCompanyName', 'BillToName']);

/** Only events whose body has this field, whatever it says. */
export function byPresence(path: string): Narrowing | null {
  const clause = present(path);
  if (!clause) return null;
  return { title: 'Only where this field is there', apply: (filter) => withClause(filter, clause) };
}

/** What a value of the body can narrow the list to: whom or what it names, else the field itself. */
export function byValue(path: string, value: unknown, row: Row): Narrowing | null {
  const named = byName(path, value, row);
  if (named) return named;
  const clause = valueIs(path, value);
  if (!clause) return null;
  return {
    title: 'Only where this field says this',
    apply: (filter) => withClause(filter, clause),
  };
}

/** A person, a place or a thing that a value of the body's top level names. */
function byName(path: string, value: unknown, row: Row): Narrowing | null {
  if (value === null || value === '') return null;
  switch (path) {
    case 'Id':
      return value === row.entityId ? byEntity(row) : null;
    case 'BusinessId':
    case 'FloorPlanBusinessId':
      return typeof value === 'number'
        ? {
            title: 'Only this location',
            apply: (filter) => ({ ...filter, locations: [value] }),
          }
        : null;
    case 'BusinessName':
    case 'FloorPlanBusinessName':
      return value === row.location ? byLocation(row) : null;
    case 'ResourceId':
      return value === row.resourceId ? byResource(row) : null;
    case 'ResourceName':
      return value === row.resource ? byResource(row) : null;
    case 'FullName':
      return value === row.person ? byPerson(row) : null;
    case 'CoworkerId':
      if (typeof value !== 'number') return null;
      return {
        title: 'Only this customer',
        apply: (filter) =>
          withPerson(filter, {
            by: 'id',
            kind: 'customer',
            id: value,
            name: value === row.personId ? (row.person ?? '') : '',
          }),
      };
    default:
      if (typeof value !== 'string' || !CUSTOMER_NAMES.has(path)) return null;
      if (value === row.person) return byPerson(row);
      return {
        title: 'Only this person',
        apply: (filter) => withPerson(filter, { by: 'name', name: value }),
      };
  }
}

// Facets of the fake program.

import type { Facets } from '../types/Facets';
import type { Filter } from '../types/Filter';
import type { Row } from '../types/Row';
import { matcher } from './match';

const CATEGORIES: readonly (readonly [slug: string, title: string])[] = [
  ['access', 'Access & check-ins'],
  ['bookings', 'Bookings'],
  ['visitors', 'Visitors'],
  ['deliveries', 'Deliveries'],
  ['customers', 'Customers'],
  ['contracts', 'Contracts & plans'],
  ['billing', 'Billing'],
  ['proposals', 'Proposals'],
  ['teams', 'Teams'],
  ['help-desk', 'Help-desk'],
  ['messages', 'Messages'],
  ['events', 'Events'],
  ['community', 'Community'],
  ['content', 'Content & newsletter'],
  ['inventory', 'Inventory & floor plans'],
  ['location', 'Location'],
  ['other', 'Other'],
];

function tally<T>(rows: Row[], values: (row: Row) => T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const row of rows) {
    for (const value of values(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Counts beside facets, each without its own field. */
export function facetsOf(rows: Row[], filter: Filter, now: number): Facets {
  const total = rows.filter(matcher(filter, now)).length;
  const forActions = rows.filter(matcher({ ...filter, categories: [], actions: [] }, now));
  const forLocations = rows.filter(matcher({ ...filter, locations: [] }, now));
  const forFlags = rows.filter(matcher({ ...filter, flags: [], withoutFlags: [] }, now));
  const labels = new Map(rows.map((row) => [row.action, [row.actionLabel, row.category]]));
  const names = new Map(rows.map((row) => [row.locationId ?? 0, row.location ?? 'none']));
  const actions = tally(forActions, (row) => [row.action]);
  const byCategory = tally(forActions, (row) => [row.category]);
  const largest = (a: { count: number }, b: { count: number }) => b.count - a.count;
  return {
    counting: false,
    total,
    all: rows.length,
    categories: CATEGORIES.map(([category, title]) => ({
      category,
      title,
      count: byCategory.get(category) ?? 0,
      actions: [...actions]
        .filter(([action]) => labels.get(action)?.[1] === category)
        .map(([action, count]) => ({ action, label: labels.get(action)?.[0] ?? action, count }))
        .sort(largest),
    })),
    locations: [...tally(forLocations, (row) => [row.locationId ?? 0])]
      .map(([id, count]) => ({ id, name: names.get(id) ?? String(id), count }))
      .sort(largest),
    flags: [...tally(forFlags, (row) => row.flags)].map(([flag, count]) => ({ flag, count })),
  };
}

/** Titles of the categories that the hook list needs. */
export const TITLES = CATEGORIES;

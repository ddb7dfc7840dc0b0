// What the left pane lists. Counts come and go with the filter; a line that was there stays where it is, with a
// zero, so that nothing jumps from under the pointer.

import type { ActionCount, CategoryCount, FlagCount, LocationCount, Facets } from '../backend';

/** Lines of the left pane. */
export interface Lines {
  categories: CategoryCount[];
  locations: LocationCount[];
  flags: FlagCount[];
}

export const NO_LINES: Lines = { categories: [], locations: [], flags: [] };

function merged<T extends { count: number }>(
  before: readonly T[],
  now: readonly T[],
  key: (line: T) => string | number,
): T[] {
  const fresh = new Map(now.map((line) => [key(line), line]));
  const kept = before.map((was) => {
    const is = fresh.get(key(was));
    fresh.delete(key(was));
    return is ?? { ...was, count: 0 };
  });
  return [...kept, ...[...fresh.values()].filter((line) => line.count > 0)];
}

const byAction = (line: ActionCount) => line.action;

function zeroed(category: CategoryCount): CategoryCount {
  const actions = category.actions.map((action) => ({ ...action, count: 0 }));
  return { ...category, count: 0, actions };
}

/** The lines after an answer, given those before. */
export function merge(before: Lines, facets: Facets): Lines {
  const shown = new Map(before.categories.map((line) => [line.category, line]));
  // Categories have an order of their own, and there are few: each has its place from the start.
  const categories = facets.categories.flatMap((is) => {
    const was = shown.get(is.category);
    shown.delete(is.category);
    if (!was) return is.count > 0 ? [is] : [];
    return [{ ...is, actions: merged(was.actions, is.actions, byAction) }];
  });
  return {
    categories: [...categories, ...[...shown.values()].map(zeroed)],
    locations: merged(before.locations, facets.locations, (line) => line.id),
    flags: merged(before.flags, facets.flags, (line) => line.flag),
  };
}

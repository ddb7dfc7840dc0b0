// Categories and actions are one facet with two levels, but two fields that must both hold: choosing on one level
// therefore lets go of the other.

import type { Filter } from '../backend';
import { toggled } from '../filter/model';

/** With a category chosen, or not any more. */
export function toggledCategory(filter: Filter, category: string): Filter {
  return toggled({ ...filter, actions: [] }, 'categories', category);
}

/** With an action chosen, or not any more. */
export function toggledAction(filter: Filter, action: string): Filter {
  return toggled({ ...filter, categories: [] }, 'actions', action);
}

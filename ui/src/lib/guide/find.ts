// Finding an action's address among ninety.

import type { HookGroup } from '../backend';

/** A hook's address for a location; for none where the id is empty. */
export function addressFor(url: string, location: string): string {
  const id = location.trim();
  return id === '' ? url : `${url}/${id}`;
}

/** Whether a location's id is one, or empty. */
export function isLocation(id: string): boolean {
  return /^\d{0,15}$/.test(id.trim());
}

/** The groups with the actions that a search means: by label, API name or number. */
export function found(groups: readonly HookGroup[], search: string): HookGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  return groups
    .map((group) => ({
      ...group,
      actions: group.actions.filter(({ action, label, number }) => {
        const hay = `${group.title} ${label} ${action} ${number}`.toLowerCase();
        return words.every((word) => hay.includes(word));
      }),
    }))
    .filter((group) => group.actions.length > 0);
}

// Finding an action's address among ninety.

import type { HookGroup } from '../backend';

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

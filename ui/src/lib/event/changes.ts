// What changed, sorted for the eye: what a person did first, the noise apart.

import type { Changes, Difference, Row } from '../backend';

/** Differences shown at first. */
export const FIRST = 30;

/** What differs, and what only differs because it always does. */
export function sorted(changes: Changes): { telling: Difference[]; noise: Difference[] } {
  return {
    telling: changes.differences.filter(({ noise }) => !noise),
    noise: changes.differences.filter(({ noise }) => noise),
  };
}

/** The field of the body that a path begins with: `BookingVisitors[7].FullName` → `BookingVisitors`. */
export function fieldOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** Whether an event tells of a new state of something that was there before. */
export function isUpdate(row: Row): boolean {
  return /Updated?$/.test(row.action);
}

// Columns and order that were changed in a view without being saved: kept as long as this window is open.

import type { ViewColumn } from '../backend';

/** How a view's list is laid out. */
export interface Kept {
  columns: readonly ViewColumn[];
  oldestFirst: boolean;
}

const NAME = 'nexwatch.layouts';

function isColumn(value: unknown): value is ViewColumn {
  if (typeof value !== 'object' || value === null) return false;
  const { name, width } = value as Partial<ViewColumn>;
  return typeof name === 'string' && (width === null || typeof width === 'number');
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, oldestFirst } = value as Partial<Kept>;
  return typeof oldestFirst === 'boolean' && Array.isArray(columns) && columns.every(isColumn);
}

/** What was kept, by the views' ids. */
export function recallKept(): Map<string, Kept> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return new Map();
    return new Map(
      Object.entries(stored).filter((entry): entry is [string, Kept] => isKept(entry[1])),
    );
  } catch {
    return new Map();
  }
}

/** Keeps it. */
export function rememberKept(kept: ReadonlyMap<string, Kept>): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Then a reload forgets it.
  }
}

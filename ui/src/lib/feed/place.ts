// Places in the list.

import type { Row } from '../backend';

/** Where a row should be put into view. */
export type Align = 'nearest' | 'top' | 'middle' | 'bottom';

/** Where a person was in the list. */
export interface Spot {
  /** The event in the first row that is seen; null: the newest, and following. */
  top: number | null;
  /** The chosen one. */
  selected: number | null;
}

/** What the feed asks of the list on the screen. */
export interface ListOnScreen {
  /** Brings a row into view. */
  show(index: number, align: Align): void;
  /** Index of the first row that is wholly seen, and how many are. */
  seen(): { first: number; rows: number };
}

/** Whether a row tells of an event: its own, or another of the same act. */
export function tells(row: Row, id: number | null): boolean {
  return row.id === id || row.others.some((other) => other.id === id);
}

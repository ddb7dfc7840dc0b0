// The columns that the list can have, and how they share its width.

import type { ViewColumn } from '../backend';

/** A kind of column. Widths are in px. */
export interface ColumnKind {
  name: string;
  /** Above it. */
  title: string;
  /** What it holds, where the title does not say so. */
  about: string;
  usual: number;
  least: number;
  /** What there is no room for is left out from the end of this order. */
  rank: number;
  /** Names of the columns of an export that hold the same. */
  exported: readonly string[];
  /** Numbers stand at its end. */
  end?: boolean;
}

/** The one that takes what the others leave. It is always there. */
export const WHAT = 'what';

/** By its head the order is changed. */
export const TIME = 'time';

/** In the order in which they are offered. */
export const KINDS: readonly ColumnKind[] = [
  {
    name: TIME,
    title: 'Time',
    about: 'When it happened',
    usual: 84,
    least: 64,
    rank: 1,
    exported: ['happened_at'],
  },
  {
    name: WHAT,
    title: 'Event',
    about: 'What happened, in a sentence',
    usual: 300,
    least: 300,
    rank: 0,
    exported: ['action', 'sentence'],
  },
  {
    name: 'location',
    title: 'Location',
    about: '',
    usual: 124,
    least: 56,
    rank: 3,
    exported: ['location'],
  },
  {
    name: 'person',
    title: 'Person',
    about: '',
    usual: 148,
    least: 56,
    rank: 4,
    exported: ['person'],
  },
  {
    name: 'amount',
    title: 'Amount',
    about: '',
    usual: 112,
    least: 72,
    rank: 2,
    exported: ['amount', 'currency'],
    end: true,
  },
  {
    name: 'flags',
    title: 'Marks',
    about: 'Repeat, unsigned and so on; without this column they stand behind the sentence',
    usual: 120,
    least: 56,
    rank: 5,
    exported: ['flags'],
  },
  {
    name: 'resource',
    title: 'Room or thing',
    about: '',
    usual: 132,
    least: 56,
    rank: 6,
    exported: ['resource'],
  },
  {
    name: 'action',
    title: 'Action',
    about: 'What Nexudus calls it',
    usual: 148,
    least: 56,
    rank: 7,
    exported: ['action'],
  },
  {
    name: 'entity',
    title: 'About',
    about: 'The booking, invoice or other thing, and its number',
    usual: 172,
    least: 56,
    rank: 8,
    exported: ['entity', 'entity_id'],
  },
  {
    name: 'received',
    title: 'Received',
    about: 'When the delivery arrived',
    usual: 96,
    least: 64,
    rank: 9,
    exported: ['received_at'],
  },
  {
    name: 'repeats',
    title: 'Repeats',
    about: 'How often it arrived again',
    usual: 68,
    least: 48,
    rank: 10,
    exported: ['repeats'],
    end: true,
  },
];

const BY_NAME = new Map(KINDS.map((kind) => [kind.name, kind]));

/** Widest that a column may be made. */
export const WIDEST = 600;

/** Between two columns. */
const GAP = 12;
/** At the list's two edges. */
const EDGES = 32;

/** The usual columns. */
export const USUAL: readonly ViewColumn[] = [TIME, WHAT, 'location', 'person', 'amount'].map(
  (name) => ({ name, width: null }),
);

/** A kind by its name; one that this program does not know is none. */
export function kindOf(name: string): ColumnKind | undefined {
  return BY_NAME.get(name);
}

/** Columns as they came from a view: what is unknown or twice is left out, the sentence is there, none is the usual ones. */
export function read(columns: readonly ViewColumn[]): readonly ViewColumn[] {
  if (columns.length === 0) return USUAL;
  const known = columns.filter(
    ({ name }, i) => kindOf(name) && columns.findIndex((other) => other.name === name) === i,
  );
  if (known.some(({ name }) => name === WHAT)) return known;
  const time = known.findIndex(({ name }) => name === TIME);
  return known.toSpliced(time + 1, 0, { name: WHAT, width: null });
}

/** Whether two lists of columns look the same. */
export function sameColumns(a: readonly ViewColumn[], b: readonly ViewColumn[]): boolean {
  const width = ({ name, width }: ViewColumn) => width ?? kindOf(name)?.usual;
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return (
        other !== undefined &&
        one.name === other.name &&
        (one.name === WHAT || width(one) === width(other))
      );
    })
  );
}

/** How wide a column is. */
export function widthOf({ name, width }: ViewColumn): number {
  return width ?? kindOf(name)?.usual ?? 0;
}

/** The columns that a list of a width has room for; 0 is a width that is not known yet. */
export function fitting(columns: readonly ViewColumn[], width: number): readonly ViewColumn[] {
  if (width === 0) return columns;
  const rank = ({ name }: ViewColumn) => kindOf(name)?.rank ?? 0;
  let shown = columns;
  const needed = () =>
    shown.reduce((sum, column) => sum + widthOf(column), EDGES + (shown.length - 1) * GAP);
  while (shown.length > 2 && needed() > width) {
    const least = shown.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    shown = shown.filter((column) => column !== least);
  }
  return shown;
}

/** For `grid-template-columns`. */
export function template(columns: readonly ViewColumn[]): string {
  return columns
    .map((column) => (column.name === WHAT ? 'minmax(0, 1fr)' : `${widthOf(column)}px`))
    .join(' ');
}

/** With a column at another place. */
export function movedTo(
  columns: readonly ViewColumn[],
  name: string,
  to: number,
): readonly ViewColumn[] {
  const from = columns.findIndex((column) => column.name === name);
  const column = columns[from];
  if (!column) return columns;
  const place = Math.min(Math.max(0, to), columns.length - 1);
  return columns.toSpliced(from, 1).toSpliced(place, 0, column);
}

/** With a column shown, at the end or where it usually is, or not any more. */
export function toggledColumn(columns: readonly ViewColumn[], name: string): readonly ViewColumn[] {
  if (name === WHAT) return columns;
  if (columns.some((column) => column.name === name)) {
    return columns.filter((column) => column.name !== name);
  }
  if (name === TIME) return [{ name, width: null }, ...columns];
  return [...columns, { name, width: null }];
}

/** With a column of another width; null is the usual one. */
export function resized(
  columns: readonly ViewColumn[],
  name: string,
  width: number | null,
): readonly ViewColumn[] {
  const least = kindOf(name)?.least ?? 0;
  const fit = width === null ? null : Math.round(Math.min(Math.max(least, width), WIDEST));
  return columns.map((column) => (column.name === name ? { name, width: fit } : column));
}

/** The columns of an export that hold what a list shows. */
export function exportedBy(columns: readonly ViewColumn[]): string[] {
  const names = columns.flatMap(({ name }) => kindOf(name)?.exported ?? []);
  // Marks stand behind the sentence where they have no column.
  if (!names.includes('flags')) names.push('flags');
  return names.filter((name, i) => names.indexOf(name) === i);
}

// A past of any length, made up row by row when it is looked at: ten million rows cost nothing until then.

import type { FeedPage } from '../types/FeedPage';
import type { Question } from '../types/Question';
import type { Row } from '../types/Row';
import { makeRow } from './rows';

const STEP = 30_000;

/** Rows older than a moment, the newest of them first. */
export class History {
  readonly length: number;
  readonly #before: number;

  /** `length` rows before a moment, half a minute apart. */
  constructor(length: number, before: number) {
    this.length = length;
    this.#before = before;
  }

  /** The row at an index; older than every row that is kept, so its number is below theirs. */
  at(index: number): Row {
    return makeRow(-index, this.#before - (index + 1) * STEP);
  }

  /** Index of the newest row at or before a moment. */
  since(at: number): number {
    const index = Math.ceil((this.#before - at) / STEP) - 1;
    return Math.min(Math.max(0, index), this.length);
  }

  /** Index of an event. */
  indexOf(id: number): number {
    return -id / 256;
  }
}

/** Rows that are there followed by a past, as one list, newest first. */
export class Long {
  readonly #rows: readonly Row[];
  readonly #history: History;

  constructor(rows: readonly Row[], history: History) {
    this.#rows = rows;
    this.#history = history;
  }

  get length(): number {
    return this.#rows.length + this.#history.length;
  }

  slice(from: number, to: number): Row[] {
    const end = Math.min(to, this.length);
    const found: Row[] = [];
    for (let i = Math.max(0, from); i < end; i++) {
      found.push(this.#rows[i] ?? this.#history.at(i - this.#rows.length));
    }
    return found;
  }

  /** Where an event is, or would be. */
  placeOf(id: number): number {
    if (id <= 0) return this.#rows.length + this.#history.indexOf(id);
    const place = this.#rows.findIndex(
      (row) => row.id <= id || row.others.some((other) => other.id === id),
    );
    return place < 0 ? this.#rows.length : place;
  }

  /** Where the newest row at or before a moment is. */
  since(at: number): number {
    const place = this.#rows.findIndex((row) => row.happenedAt <= at);
    return place < 0 ? this.#rows.length + this.#history.since(at) : place;
  }
}

/** A page of a list, in its order. The list is not counted, or only so much of it is. */
export function pageOf(
  list: Long,
  { at, limit, oldestFirst }: Extract<Question, { ask: 'feed' }>,
  uncounted: boolean,
  uncountedYet: number,
): Omit<FeedPage, 'asOf'> {
  const total = Math.max(0, list.length - uncountedYet);
  // Inside it is always newest first.
  const turned = (place: number) => (oldestFirst ? total - 1 - place : place);
  let first = oldestFirst ? Math.max(0, total - limit) : 0;
  let found: number | null = null;
  if (at.by === 'index') first = at.index;
  if (at.by === 'time') found = first = turned(list.since(at.at));
  if (at.by === 'event') {
    found = turned(list.placeOf(at.id));
    first = found - Math.floor(limit / 2);
  }
  first = Math.max(0, first);
  const rows = oldestFirst
    ? list.slice(total - first - limit, total - first).reverse()
    : list.slice(first, Math.min(first + limit, total));
  return {
    rows,
    first: uncounted ? null : first,
    total: uncounted ? null : total,
    found: uncounted ? null : found,
    counting: !uncounted && uncountedYet > 0,
  };
}

// The part of a long list that is known: rows by index, in pages, the longest unused forgotten first.

import type { Row } from '../backend';

/** Rows of a page. */
export const PAGE = 100;

/** Pages kept. */
const KEPT = 80;

/** Rows by index. */
export class Pages {
  readonly #pages = new Map<number, (Row | undefined)[]>();

  /** Forgets all. */
  clear(): void {
    this.#pages.clear();
  }

  /** Keeps rows from an index on. */
  put(first: number, rows: readonly Row[]): void {
    rows.forEach((row, i) => {
      const index = first + i;
      const number = Math.floor(index / PAGE);
      let page = this.#pages.get(number);
      if (!page) {
        page = [];
        this.#pages.set(number, page);
      }
      page[index % PAGE] = row;
    });
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break;
      this.#pages.delete(number);
    }
  }

  /** The row at an index, if it is known. */
  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Forgets all but the pages `from..=to`. */
  keepOnly(from: number, to: number): void {
    for (const number of this.#pages.keys()) {
      if (number < from || number > to) this.#pages.delete(number);
    }
  }

  /** Where a known event is, by itself or under another. */
  indexOf(id: number): number | undefined {
    for (const [number, page] of this.#pages) {
      const place = page.findIndex(
        (row) => row?.id === id || row?.others.some((other) => other.id === id),
      );
      if (place >= 0) return number * PAGE + place;
    }
    return undefined;
  }

  /** Whether a page's rows are all known, in a list of a length. Marks the page as used. */
  whole(number: number, length: number): boolean {
    const page = this.#pages.get(number);
    if (!page) return false;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    const rows = Math.min(PAGE, length - number * PAGE);
    for (let i = 0; i < rows; i++) if (!page[i]) return false;
    return true;
  }

  /** Rows known from the first on without a hole. */
  get known(): number {
    let index = 0;
    while (this.at(index)) index += 1;
    return index;
  }
}

/**
 * Of the pages that `first..=last` lies on, and of those around them, the ones not known: what is seen first. `way` is
 * where the list is going: on that side two pages are made ready, on the other half a page.
 */
export function missing(
  pages: Pages,
  first: number,
  last: number,
  length: number,
  way: -1 | 0 | 1 = 0,
): number[] {
  if (length === 0 || last < first) return [];
  const [above, below] = [way < 0 ? 2 : 0.5, way > 0 ? 2 : 0.5];
  const from = Math.max(0, Math.floor((first - PAGE * above) / PAGE));
  const to = Math.floor(Math.min(length - 1, last + PAGE * below) / PAGE);
  const middle = (first + last) / 2 / PAGE - 0.5;
  const found: number[] = [];
  for (let page = from; page <= to; page++) if (!pages.whole(page, length)) found.push(page);
  return found.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}

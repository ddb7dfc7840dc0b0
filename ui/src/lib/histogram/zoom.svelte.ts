// Into a stretch of time, and out again the same way.

import type { Filter } from '../backend';
import { rangeTitle, withRange } from '../filter/range';

/** Whatever has a filter that can be given another range. */
export interface Ranged {
  readonly filter: Filter;
  choose(filter: Filter): void;
}

/** Both ends of a filter's range. */
export interface Ends {
  from: string | null;
  to: string | null;
}

interface Step {
  before: Ends;
  after: Ends;
}

const same = (a: Ends, b: Ends) =>
  (a.from ?? '') === (b.from ?? '') && (a.to ?? '') === (b.to ?? '');

/** The steps by which a person came to the range that is shown. */
export class Zoom {
  #steps = $state.raw<readonly Step[]>([]);
  readonly #ranged: Ranged;

  constructor(ranged: Ranged) {
    this.#ranged = ranged;
  }

  /** Steps count only while the range is the one they led to: another way to choose a range begins anew. */
  get #valid(): readonly Step[] {
    const last = this.#steps.at(-1);
    return last && same(last.after, this.#ranged.filter) ? this.#steps : [];
  }

  /** Where “out” leads; null where nothing is left out. */
  get #outward(): Ends | null {
    const last = this.#valid.at(-1);
    if (last) return last.before;
    const { from, to } = this.#ranged.filter;
    return from || to ? { from: null, to: null } : null;
  }

  /** Where “out” leads, in words. */
  get backTo(): string | null {
    const ends = this.#outward;
    return ends && rangeTitle(withRange(this.#ranged.filter, ends.from, ends.to));
  }

  /** Shows only a stretch. */
  into(after: Ends): void {
    const { filter } = this.#ranged;
    const before = { from: filter.from, to: filter.to };
    if (same(before, after)) return;
    this.#steps = [...this.#valid, { before, after }];
    this.#ranged.choose(withRange(filter, after.from, after.to));
  }

  /** One step back. */
  out(): void {
    const ends = this.#outward;
    if (!ends) return;
    const rest = this.#valid.slice(0, -1);
    this.#ranged.choose(withRange(this.#ranged.filter, ends.from, ends.to));
    this.#steps = rest;
  }
}

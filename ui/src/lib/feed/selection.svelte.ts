// Which rows of a list that stands still are selected: stretches of places, so that a million cost as much as two.

/** Rows `from..=to` by their places; to {@link END} wherever the list ends. */
export interface Stretch {
  from: number;
  to: number;
}

/** The end of a list, wherever that is: while it is being counted, nobody knows. */
export const END = Infinity;

/** Stretches in order, those that touch joined. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from);
  const all: Stretch[] = [];
  for (const { from, to } of sorted) {
    const last = all.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** Stretches without one place. */
export function without(stretches: readonly Stretch[], index: number): Stretch[] {
  return stretches.flatMap(({ from, to }) => {
    if (index < from || index > to) return [{ from, to }];
    return [
      { from, to: index - 1 },
      { from: index + 1, to },
    ].filter((part) => part.from <= part.to);
  });
}

/** The selected rows. One that is merely chosen is not among them: selecting begins with the second. */
export class Selection {
  /** In order and apart. */
  stretches = $state.raw<readonly Stretch[]>([]);
  /** Where the keys are. */
  cursor = $state<number | null>(null);
  /** Where the stretch that is being drawn begins. */
  #anchor: number | null = null;
  /** What was selected before it. */
  #base: readonly Stretch[] = [];

  /** Whether any is. */
  get any(): boolean {
    return this.stretches.length > 0;
  }

  /** Whether every row is, those not counted yet too. */
  get all(): boolean {
    const [first] = this.stretches;
    return first?.from === 0 && first.to === END;
  }

  /** Whether all are from some row on, wherever the list ends. */
  get open(): boolean {
    return this.stretches.at(-1)?.to === END;
  }

  /** Whether the row at a place is. */
  has(index: number): boolean {
    // The first stretch that ends at or behind it.
    const { stretches } = this;
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.to ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    const found = stretches[low];
    return found !== undefined && found.from <= index;
  }

  /** How many are, in a list of a length. */
  count(length: number): number {
    const last = length - 1;
    return this.stretches.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, last) - from + 1),
      0,
    );
  }

  /** From here a stretch will be drawn; nothing is selected by that. */
  begin(index: number): void {
    this.#anchor = index;
    this.#base = this.stretches;
  }

  /** Adds a row, or takes it out. */
  toggle(index: number): void {
    this.stretches = this.has(index)
      ? without(this.stretches, index)
      : joined([...this.stretches, { from: index, to: index }]);
    this.cursor = index;
    this.begin(index);
  }

  /** Draws the stretch from where it began to a place, or to the {@link END}, whose last known row is at `cursor`; what was
   * selected before stays so. */
  extend(to: number, cursor = to): void {
    const from = this.#anchor ?? cursor;
    this.#anchor = from;
    this.stretches = joined([...this.#base, { from: Math.min(from, to), to: Math.max(from, to) }]);
    this.cursor = cursor;
  }

  /** The list has so many rows and no more. */
  endAt(length: number): void {
    this.stretches = this.stretches.filter(({ from }) => from < length);
    this.#base = this.#base.filter(({ from }) => from < length);
  }

  /** All that there are. */
  everything(): void {
    this.stretches = [{ from: 0, to: END }];
    this.#base = this.stretches;
  }

  /** None. */
  clear(): void {
    this.stretches = [];
    this.cursor = null;
    this.#anchor = null;
    this.#base = [];
  }
}

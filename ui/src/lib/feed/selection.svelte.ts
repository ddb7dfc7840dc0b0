// Which rows of a list that stands still are selected: stretches of places, so that a million cost as much as two.

/** Rows `from..=to` by their places. */
export interface Stretch {
  from: number;
  to: number;
}

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
  /** In order and apart; of no meaning while all are selected. */
  stretches = $state.raw<readonly Stretch[]>([]);
  /** Every row, those not counted yet too. */
  all = $state(false);
  /** Where the keys are. */
  cursor = $state<number | null>(null);
  /** Where the stretch that is being drawn begins. */
  #anchor: number | null = null;
  /** What was selected before it. */
  #base: readonly Stretch[] = [];

  /** Whether any is. */
  get any(): boolean {
    return this.all || this.stretches.length > 0;
  }

  /** Whether the row at a place is. */
  has(index: number): boolean {
    if (this.all) return true;
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
    if (this.all) return length;
    return this.stretches.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  }

  /** From here a stretch will be drawn; nothing is selected by that. */
  begin(index: number): void {
    this.#anchor = index;
    this.#base = this.#whole(0);
  }

  /** Adds a row, or takes it out. */
  toggle(index: number, length: number): void {
    const before = this.#whole(length);
    const inIt = this.has(index);
    this.all = false;
    this.stretches = inIt
      ? without(before, index)
      : joined([...before, { from: index, to: index }]);
    this.cursor = index;
    this.#anchor = index;
    this.#base = this.stretches;
  }

  /** Draws the stretch from where it began to a place; what was selected before stays so. */
  extend(to: number): void {
    if (this.all) return;
    const from = this.#anchor ?? to;
    this.#anchor = from;
    this.stretches = joined([...this.#base, { from: Math.min(from, to), to: Math.max(from, to) }]);
    this.cursor = to;
  }

  /** All that there are. */
  everything(): void {
    this.all = true;
    this.stretches = [];
    this.#base = [];
  }

  /** None. */
  clear(): void {
    this.all = false;
    this.stretches = [];
    this.cursor = null;
    this.#anchor = null;
    this.#base = [];
  }

  #whole(length: number): readonly Stretch[] {
    if (!this.all) return this.stretches;
    return length > 0 ? [{ from: 0, to: length - 1 }] : [];
  }
}

// The bar that is looked at, and the stretch that is drawn out from it, by mouse or keys.

import type { Bars } from './span';

/** What is chosen of the bars. */
export class Brush {
  /** The bar that is looked at; null for none. */
  active = $state<number | null>(null);
  /** Where a stretch was begun; null while there is none. */
  anchor = $state<number | null>(null);
  /** It is being drawn with the mouse. */
  dragging = $state(false);

  /** The stretch; a single bar where none is drawn out. */
  get bars(): Bars | null {
    const { active, anchor } = this;
    if (active === null) return null;
    const other = anchor ?? active;
    return { first: Math.min(active, other), last: Math.max(active, other) };
  }

  /** Whether more than one bar, or one by a drag, is marked. */
  get drawn(): boolean {
    return this.anchor !== null;
  }

  /** Looks at the bar `by` further on, of `count`; `extend` draws the stretch out to it. */
  move(by: number, count: number, extend: boolean): void {
    if (count === 0) return;
    const from = this.active ?? (by > 0 ? -1 : count);
    if (extend) this.anchor ??= Math.min(count - 1, Math.max(0, this.active ?? count - 1));
    else this.anchor = null;
    this.active = Math.min(count - 1, Math.max(0, from + by));
  }

  /** The mouse is over a bar. */
  point(bar: number): void {
    this.active = bar;
  }

  /** The mouse was pressed on a bar. */
  begin(bar: number): void {
    this.active = bar;
    this.anchor = bar;
    this.dragging = true;
  }

  /** Nothing is looked at any more. */
  clear(): void {
    this.active = null;
    this.anchor = null;
    this.dragging = false;
  }

  /** Other bars are shown: what is chosen stays on its moment, or goes. */
  moved(before: readonly number[], now: readonly number[]): void {
    const place = (bar: number | null): number | null => {
      const edge = bar === null ? undefined : before[bar];
      const found = edge === undefined ? -1 : now.indexOf(edge);
      return found < 0 || found > now.length - 2 ? null : found;
    };
    const [active, anchor] = [place(this.active), place(this.anchor)];
    if (active === null || (this.anchor !== null && anchor === null)) this.clear();
    else {
      this.active = active;
      this.anchor = anchor;
    }
  }
}

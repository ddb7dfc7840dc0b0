// Between the height a list would have and the height a browser can scroll.
//
// Browsers cap an element's height (WebKit at 33,554,428 px), and lose pixels long before. Up to `LIMIT` the two
// heights are one. Above, the scroll bar stands for proportions: a wheel's small steps still move the list pixel
// by pixel, a dragged bar jumps, and when the scrolling rests the bar is put quietly where the list is.

/** The tallest that the scrolled element is made, in px. */
export const LIMIT = 8_000_000;

/** Keeps where a list of any height is, and where its scroll bar. All in px. */
export class ScrollMap {
  /** Height of the whole list. */
  height = 0;
  /** Height of what is seen of it. */
  view = 0;
  /** Where the list is. */
  top = 0;
  /** Where the scroll bar is. */
  bar = 0;

  /** Height of the scrolled element. */
  get barHeight(): number {
    return Math.min(this.height, LIMIT);
  }

  get #furthest(): number {
    return Math.max(0, this.height - this.view);
  }

  get #barFurthest(): number {
    return Math.max(0, this.barHeight - this.view);
  }

  get #scaled(): boolean {
    return this.height > LIMIT;
  }

  /** Takes new measures; the list stays where it is as far as it can. */
  measure(height: number, view: number): void {
    this.height = height;
    this.view = view;
    this.go(this.top);
  }

  /** Puts the list somewhere; `bar` follows. */
  go(top: number): void {
    this.top = Math.min(Math.max(0, top), this.#furthest);
    this.bar = this.#barOf(this.top);
  }

  #barOf(top: number): number {
    if (!this.#scaled) return top;
    const below = this.#furthest - top;
    const bar = Math.round((top / this.#furthest) * this.#barFurthest);
    // Near an end the bar keeps as much way as the list has, so that small steps reach it.
    const least = Math.min(top, this.view);
    const most = this.#barFurthest - Math.min(below, this.view);
    return Math.min(Math.max(bar, least), most);
  }

  /** The scroll bar was moved to `bar`: moves the list. Whether the bar should be put elsewhere at once. */
  scrolled(bar: number): boolean {
    const step = bar - this.bar;
    this.bar = bar;
    if (!this.#scaled) {
      this.top = Math.min(Math.max(0, bar), this.#furthest);
      return false;
    }
    if (Math.abs(step) > this.view) {
      this.top = this.#barFurthest === 0 ? 0 : (bar / this.#barFurthest) * this.#furthest;
      return false;
    }
    this.top = Math.min(Math.max(0, this.top + step), this.#furthest);
    // A bar at its end cannot move further while the list still has to.
    const stuck = bar <= 0 || bar >= this.#barFurthest;
    return stuck && this.settle();
  }

  /** Scrolling rests: puts `bar` where the list is. Whether it moved. */
  settle(): boolean {
    const bar = this.#barOf(this.top);
    const moved = bar !== this.bar;
    this.bar = bar;
    return moved;
  }
}

// A person selects rows: by click, by key, all of them.

import { END, Selection } from './selection.svelte';

/** The list in which they do. */
export interface Selectable {
  /** Rows that can be scrolled to. */
  length(): number;
  /** Whether there may be more. */
  goesOn(): boolean;
  /** Place of the chosen row. */
  chosen(): number | null;
  /** Has the list stand still; whether the row at an index can be selected. */
  stand(index: number): boolean;
  /** The place `by` further than the keys are. */
  from(by: number): number;
  /** Brings a row into view. */
  show(index: number): void;
  /** Nothing is selected any more. */
  over(): void;
}

/** The selected rows, and the ways to select. */
export class Selecting extends Selection {
  /** Called when so many rows are selected no more because the list became another one. */
  onlost: (rows: number) => void = () => {};
  readonly #list: Selectable;

  constructor(list: Selectable) {
    super();
    this.#list = list;
  }

  /** Adds the row at an index, or takes it out. A chosen one is the first of them. */
  toggleRow(index: number): void {
    if (!this.#list.stand(index)) return;
    const chosen = this.#list.chosen();
    if (!this.any && chosen !== null && chosen !== index) this.toggle(chosen);
    this.toggle(index);
    // Behind the last row there is nothing to be selected.
    if (!this.#list.goesOn()) this.endAt(this.#list.length());
    if (!this.any) this.#list.over();
  }

  /** Selects from where selecting began (or the chosen row) to an index. */
  extendTo(index: number): void {
    const to = Math.min(Math.max(0, index), this.#list.length() - 1);
    this.#draw(to, to);
  }

  /** The same, to the last row: also where the list is still being counted. */
  extendToEnd(): void {
    this.#draw(END, this.#list.length() - 1);
  }

  #draw(to: number, known: number): void {
    if (!this.#list.stand(known)) return;
    if (!this.any) this.begin(this.#list.chosen() ?? known);
    this.extend(to, known);
    this.#list.show(known);
  }

  /** The same, `by` further than the keys are. */
  extendBy(by: number): void {
    this.extendTo(this.#list.from(by));
  }

  /** Selects all that match. */
  selectAll(): void {
    if (this.#list.stand(0)) this.everything();
  }

  /** Nothing is selected any more; what is chosen stays so. */
  end(): void {
    this.clear();
    this.#list.over();
  }

  /** The list becomes another one: places mean nothing any more. */
  letGo(): void {
    if (!this.any) return;
    const rows = this.count(this.#list.length());
    this.clear();
    this.onlost(rows);
  }
}

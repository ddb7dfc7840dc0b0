// How the list is laid out: its columns, as far as there is room for them.

import type { ViewColumn } from '../backend';
import * as columns from './columns';

/** The state of the columns. */
export class Layout {
  /** All that are wanted, in order. */
  columns = $state.raw<readonly ViewColumn[]>(columns.USUAL);
  /** Of the list, in px; 0 before it is known. */
  width = $state(0);
  /** Called when a person changes something. */
  onchange: () => void = () => {};

  /** Those that there is room for. */
  readonly shown = $derived(columns.fitting(this.columns, this.width));
  /** For `grid-template-columns`. */
  readonly template = $derived(columns.template(this.shown));
  /** Their names. */
  readonly names: readonly string[] = $derived(this.shown.map(({ name }) => name));

  /** Whether a column is wanted. */
  has(name: string): boolean {
    return this.columns.some((column) => column.name === name);
  }

  /** Takes the columns of a view. */
  take(wanted: readonly ViewColumn[]): void {
    this.columns = columns.read(wanted);
  }

  /** Shows a column, or shows it no more. */
  toggle(name: string): void {
    this.#change(columns.toggledColumn(this.columns, name));
  }

  /** Puts a column at another place among all. */
  move(name: string, to: number): void {
    this.#change(columns.movedTo(this.columns, name, to));
  }

  /** Makes a column as wide as that, in px; null: as usual. */
  resize(name: string, width: number | null): void {
    this.#change(columns.resized(this.columns, name, width));
  }

  /** The usual columns again. */
  reset(): void {
    this.#change(columns.USUAL);
  }

  #change(next: readonly ViewColumn[]): void {
    if (next === this.columns) return;
    this.columns = next;
    this.onchange();
  }
}

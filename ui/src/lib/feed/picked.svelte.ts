// What is done with the rows selected together: said to the program as stretches of ids, however many they are.

import type { ExportRequest, Row, Selected, Span } from '../backend';
import type { Desk } from '../desk/desk.svelte';
import { counted } from '../look/format';
import { copyLater } from '../look/clipboard';
import { exportedBy } from './columns';
import { END } from './selection.svelte';

/** Most rows that are copied at once. */
export const MOST_COPIED = 10_000;

/** Below and above every id. */
const [LOWEST, HIGHEST] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/** The rows that a span of ids needs more than its own: others of the acts at its ends. */
function besides(row: Row, { from, to }: Span): Span[] {
  return row.others
    .filter(({ id }) => id < from || id > to)
    .map(({ id }) => ({ from: id, to: id }));
}

/** Copies and hands on what is selected. */
export class Picked {
  /** It is being done. */
  busy = $state(false);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The selected rows as the program is told of them; none selected, or all: no span. */
  async spans(): Promise<Span[]> {
    const { feed } = this.#desk;
    if (feed.selection.all) return [];
    const spans: Span[] = [];
    for (const { from, to } of feed.selection.stretches) {
      if (to === END) {
        const { epoch } = feed.rows;
        const first = await feed.rows.bring(from);
        // It turned out that the list ends before.
        if (!first && epoch === feed.rows.epoch && !feed.goesOn && from >= feed.length) continue;
        if (!first) throw new Error('the list became another one');
        const span = feed.oldestFirst
          ? { from: first.id, to: HIGHEST }
          : { from: LOWEST, to: first.id };
        spans.push(span, ...besides(first, span));
        continue;
      }
      const [first, last] = [await feed.rows.bring(from), await feed.rows.bring(to)];
      if (!first || !last) throw new Error('the list became another one');
      const span = { from: Math.min(first.id, last.id), to: Math.max(first.id, last.id) };
      spans.push(span, ...besides(first, span), ...besides(last, span));
    }
    // No span at all would be every row.
    if (spans.length === 0 && feed.selection.any) throw new Error('no row is selected any more');
    return spans;
  }

  /** The selected rows, as the questions have them. */
  async selected(): Promise<Selected> {
    const { filter, asOf } = this.#desk.feed;
    return { filter, asOf, only: await this.spans() };
  }

  /** Whether there is something to copy: selected rows or a chosen one, and no text of the page is marked. */
  get copies(): boolean {
    const { feed } = this.#desk;
    const marked = window.getSelection()?.isCollapsed === false;
    return !marked && (feed.selection.any || feed.selectedIndex !== null);
  }

  /** Copies them, or else the chosen row, as a table with the list's columns. */
  async copy(): Promise<void> {
    const { feed, toasts, namesHidden } = this.#desk;
    const rows = feed.selection.any ? feed.selection.count(feed.length) : 1;
    if (this.busy) return;
    if (namesHidden) {
      toasts.say('Names are hidden, and would be in what is copied. Show them first (h).', 'error');
      return;
    }
    if (rows > MOST_COPIED) {
      toasts.say(
        `At most ${counted(MOST_COPIED, 'row')} can be copied. Export them instead.`,
        'error',
      );
      return;
    }
    this.busy = true;
    try {
      const asked = this.#table();
      const done = await copyLater(asked.then(({ text }) => text));
      const { rows } = await asked;
      if (done) toasts.say(`${counted(rows, 'row')} copied. A spreadsheet takes them as a table.`);
      else toasts.say('The clipboard is not to be had.', 'error');
    } catch (error) {
      this.#desk.complain(error);
    } finally {
      this.busy = false;
    }
  }

  async #table() {
    const { feed, layout, backend } = this.#desk;
    const chosen = feed.selection.any || feed.selectedIndex === null ? null : feed.selectedIndex;
    const row = chosen === null ? undefined : await feed.rows.bring(chosen);
    const only = row ? [{ from: row.id, to: row.id }] : await this.spans();
    const request: ExportRequest = {
      filter: feed.filter,
      asOf: feed.asOf,
      only,
      format: 'csv',
      columns: exportedBy(layout.columns),
      oldestFirst: feed.oldestFirst,
      timeZone: null,
      bom: false,
      body: false,
    };
    return backend.ask({ ask: 'copy-rows', export: request });
  }
}

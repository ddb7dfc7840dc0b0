// The time range: ready-made ones, and a person's own from and to.

import type { Filter } from '../backend';

/** A ready-made time range. */
export interface Range {
  id: string;
  title: string;
  from: string | null;
  to: string | null;
}

/** In the order in which they are shown. */
export const RANGES: readonly Range[] = [
  { id: 'any', title: 'Any time', from: null, to: null },
  { id: 'hour', title: 'Last hour', from: '-1h', to: null },
  { id: 'today', title: 'Today', from: 'today', to: null },
  { id: 'yesterday', title: 'Yesterday', from: 'yesterday', to: 'yesterday' },
  { id: 'week', title: 'Last 7 days', from: '-7d', to: null },
  { id: 'month', title: 'Last 30 days', from: '-30d', to: null },
];

/** The month of a day (`YYYY-MM-DD`) and the one before it, for whoever does the books. */
export function monthsOf(day: string): Range[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return [0, 1].map((ago) => {
    const first = new Date(Date.UTC(year, month - 1 - ago, 1));
    const written = first.toISOString().slice(0, 7);
    return { id: `month-${ago}`, title: inWords(written), from: written, to: written };
  });
}

/** Whether a filter's time range is a ready-made one. */
export function isRange(filter: Filter, range: Range): boolean {
  return range.from === (filter.from || null) && range.to === (filter.to || null);
}

/** The ready-made range of a filter, if it is one. */
export function rangeOf(filter: Filter): Range | undefined {
  return RANGES.find((range) => isRange(filter, range));
}

/** A filter with a time range. */
export function withRange(filter: Filter, from: string | null, to: string | null): Filter {
  return { ...filter, from: from || null, to: to || null };
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const RELATIVE: Record<string, string> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** One end of a range, in words. */
function inWords(end: string): string {
  const ago = /^-(\d+)([mhdw])$/.exec(end);
  if (ago) {
    const [, count, unit] = ago;
    return `${count} ${RELATIVE[unit ?? '']}${count === '1' ? '' : 's'} ago`;
  }
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(end)) return MONTH.format(new Date(`${end}-01`));
  // The offset stands there because the clock shows this time twice.
  return end.replace('T', ' ').replace(/:00([+-]\d\d:\d\d)$/, ' ($1)');
}

/** A filter's time range in words: for the chip and the button. */
export function rangeTitle(filter: Filter): string {
  const known = rangeOf(filter);
  if (known) return known.title;
  const { from, to } = filter;
  if (from && to) return from === to ? inWords(from) : `${inWords(from)} – ${inWords(to)}`;
  if (from) return `Since ${inWords(from)}`;
  return `Until ${inWords(to ?? '')}`;
}

/** Whether a person's own range makes sense; else what is wrong. Ends are `YYYY-MM-DDTHH:MM` or empty. */
export function rangeTrouble(from: string, to: string): string | null {
  if (!from && !to) return 'Give a beginning, an end, or both.';
  if (from && to && from >= to) return 'The end must be after the beginning.';
  return null;
}

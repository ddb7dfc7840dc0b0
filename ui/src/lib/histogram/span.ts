// A stretch of bars in words, and as both ends of a filter.

import { isMidnight, type WallClock } from './clock';
import type { Ends } from './zoom.svelte';

/** Bars `first..=last`. */
export interface Bars {
  first: number;
  last: number;
}

const STEPS: Record<string, string> = {
  minute: 'minute',
  '5-minutes': '5 minutes',
  '15-minutes': '15 minutes',
  hour: 'hour',
  '3-hours': '3 hours',
  '6-hours': '6 hours',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
};

/** How long a bar is: `hour`, `15 minutes`. */
export function stepTitle(step: string): string {
  return STEPS[step] ?? step;
}

/** Says stretches in one zone. */
export class Spans {
  readonly #day: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #zoned: Intl.DateTimeFormat;

  constructor(readonly clock: WallClock) {
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: clock.zone, hourCycle: 'h23', ...options });
    const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit' } as const;
    this.#day = make(day);
    this.#month = make({ month: 'long', year: 'numeric' });
    this.#time = make(time);
    this.#zoned = make({ ...time, timeZoneName: 'short' });
  }

  /** `Tue 24 Nov 2026, 10:00 – 11:00`; whole days without a time, a whole month as one. */
  say(from: number, to: number): string {
    const [start, end] = [this.clock.at(from), this.clock.at(to)];
    const day = (at: number) => this.#day.format(at).replace(',', '');
    if (isMidnight(start) && isMidnight(end)) {
      // The end is the midnight after the last day.
      const last = to - 1;
      if (start.day === 1 && end.day === 1) {
        const [a, b] = [this.#month.format(from), this.#month.format(last)];
        return a === b ? a : `${a} – ${b}`;
      }
      return day(from) === day(last) ? day(from) : `${day(from)} – ${day(last)}`;
    }
    let [a, b] = [this.#time.format(from), this.#time.format(to)];
    // When the clocks go back, an hour has the same name twice.
    if (a === b && day(from) === day(to)) {
      [a, b] = [this.#zoned.format(from), this.#zoned.format(to)];
    }
    return day(from) === day(to - 1)
      ? `${day(from)}, ${a} – ${b}`
      : `${day(from)} ${a} – ${day(to)} ${b}`;
  }
}

/**
 * Both ends of a filter for a stretch: whole days as days. What reaches past `now` of a filter without an end stays open:
 * what arrives next belongs to it.
 */
export function endsOf(
  edges: readonly number[],
  { first, last }: Bars,
  clock: WallClock,
  { now, to }: { now: number; to: string | null },
): Ends | null {
  const [from, until] = [edges[first], edges[last + 1]];
  if (from === undefined || until === undefined) return null;
  const open = !to && until > now;
  const whole = isMidnight(clock.at(from)) && (open || isMidnight(clock.at(until)));
  if (whole) return { from: clock.day(from), to: open ? null : clock.day(until - 1) };
  return { from: clock.written(from), to: open ? null : clock.written(until) };
}

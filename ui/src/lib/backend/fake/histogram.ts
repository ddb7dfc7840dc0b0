// Events over time of the fake program: bars of whole hours, days and months of the clock on the wall.

import type { Histogram } from '../types/Histogram';
import type { Row } from '../types/Row';
import { TITLES } from './counts';

const MINUTE = 60_000;

/** Steps, the finest first: how long one is (about), and the beginning of the one that a clock's time is in. */
const STEPS: readonly (readonly [name: string, length: number])[] = [
  ['minute', MINUTE],
  ['5-minutes', 5 * MINUTE],
  ['15-minutes', 15 * MINUTE],
  ['hour', 60 * MINUTE],
  ['3-hours', 180 * MINUTE],
  ['6-hours', 360 * MINUTE],
  ['day', 1440 * MINUTE],
  ['week', 7 * 1440 * MINUTE],
  ['month', 30 * 1440 * MINUTE],
  ['year', 365 * 1440 * MINUTE],
];

/** The clock of a zone at a moment, as if it were UTC. */
function wall(at: number, clock: Intl.DateTimeFormat): number {
  const got: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(at)) got[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = got;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** The moment at which a clock shows a time. */
function momentOf(shown: number, clock: Intl.DateTimeFormat): number {
  const first = shown - (wall(shown, clock) - shown);
  return shown - (wall(first, clock) - first);
}

function begin(shown: number, step: string, length: number): number {
  const at = new Date(shown);
  if (step === 'year') return Date.UTC(at.getUTCFullYear(), 0, 1);
  if (step === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
  if (step === 'week') {
    const day = Math.floor(shown / (1440 * MINUTE));
    return (day - ((day + 3) % 7)) * 1440 * MINUTE;
  }
  return Math.floor(shown / length) * length;
}

function next(shown: number, step: string, length: number): number {
  const at = new Date(shown);
  if (step === 'year') return Date.UTC(at.getUTCFullYear() + 1, 0, 1);
  if (step === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
  return shown + length;
}

/** Bars from one moment to before another, of the zone's clock. */
export function edgesOf(
  from: number,
  to: number,
  bars: number,
  timeZone: string,
): { edges: number[]; step: string } {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const span = Math.max(1, to - from);
  const [step = 'year', length = MINUTE] =
    STEPS.find(([, long]) => span / long <= bars - 1) ?? STEPS.at(-1) ?? [];
  const edges: number[] = [];
  let shown = begin(wall(from, clock), step, length);
  while (edges.length <= bars) {
    edges.push(momentOf(shown, clock));
    if ((edges.at(-1) ?? 0) >= to) break;
    shown = next(shown, step, length);
  }
  return { edges, step };
}

/** Counts rows by bar and category. */
export function histogramOf(
  rows: readonly Row[],
  range: { from: number; to: number; bars: number; zone: string },
): Histogram {
  const { edges, step } = edgesOf(range.from, range.to, range.bars, range.zone);
  const bars = edges.length - 1;
  const counts = new Map<string, number[]>();
  let total = 0;
  for (const row of rows) {
    const bar = edges.findLastIndex((edge) => edge <= row.happenedAt);
    if (bar < 0 || bar >= bars) continue;
    let own = counts.get(row.category);
    if (!own) counts.set(row.category, (own = new Array<number>(bars).fill(0)));
    own[bar] = (own[bar] ?? 0) + 1;
    total += 1;
  }
  const series = TITLES.flatMap(([category]) => {
    const own = counts.get(category);
    return own ? [{ category, counts: own }] : [];
  });
  return { edges, step, series, total, counting: false };
}

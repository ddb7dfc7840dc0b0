// From counts to shapes.

import type { Histogram } from '../backend';

/** Events in each bar, of all categories. */
export function totals({ edges, series }: Histogram): number[] {
  const sums = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  for (const { counts } of series) {
    counts.forEach((count, i) => {
      sums[i] = (sums[i] ?? 0) + count;
    });
  }
  return sums;
}

/** Most events in a bar. */
export function highest(counted: Histogram): number {
  return totals(counted).reduce((most, sum) => Math.max(most, sum), 0);
}

/** Heights of the chart within a power of ten. */
const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number: bars keep their height until it is passed. */
export function roundUp(most: number): number {
  let ten = 1;
  while (ten * 10 < most) ten *= 10;
  return Math.ceil((ROUND.find((step) => step * ten >= most) ?? 10) * ten);
}

/** Where a bar begins, in px. */
export function left(bar: number, bars: number, width: number): number {
  return bars === 0 ? 0 : Math.round((bar * width) / bars);
}

/** The bar at a place; the nearest one beside the chart. */
export function barAt(x: number, bars: number, width: number): number {
  if (bars === 0 || width === 0) return 0;
  return Math.min(bars - 1, Math.max(0, Math.floor((x * bars) / width)));
}

/** A category's part of all bars as one path. */
export interface Shape {
  category: string;
  path: string;
}

/** However few events: a bar that has some is seen, in px. */
const LEAST = 2;

const tidy = (n: number) => Math.round(n * 10) / 10;

/** One shape for each category, the first at the bottom; `ceiling` events fill the height. */
export function shapes(
  counted: Histogram,
  { width, height, ceiling }: { width: number; height: number; ceiling: number },
): Shape[] {
  const sums = totals(counted);
  const bars = sums.length;
  const below = new Array<number>(bars).fill(0);
  return counted.series.map(({ category, counts }) => {
    let path = '';
    counts.forEach((count, i) => {
      const sum = sums[i] ?? 0;
      if (count === 0 || sum === 0) return;
      const whole = Math.max(LEAST, (Math.min(sum, ceiling) / ceiling) * height);
      const tall = (count / sum) * whole;
      const bottom = height - (below[i] ?? 0);
      below[i] = (below[i] ?? 0) + tall;
      const from = left(i, bars, width);
      const room = left(i + 1, bars, width) - from;
      const wide = room > 3 ? room - 1 : room;
      path += `M${from} ${tidy(bottom)}h${wide}v${tidy(-tall)}h${-wide}z`;
    });
    return { category, path };
  });
}

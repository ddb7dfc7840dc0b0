// What a stretch of bars holds, by category.

import type { Histogram } from '../backend';
import type { Bars } from './span';

/** A category's part. */
export interface Part {
  category: string;
  title: string;
  count: number;
}

/** The parts of a stretch that have events, the largest first. */
export function partsOf(
  counted: Histogram,
  { first, last }: Bars,
  title: (category: string) => string,
): Part[] {
  return counted.series
    .map(({ category, counts }) => ({
      category,
      title: title(category),
      count: counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** All events of the parts. */
export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

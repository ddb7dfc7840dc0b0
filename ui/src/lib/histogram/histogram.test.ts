// Shapes, axis and words of the histogram.

import { describe, expect, it } from 'vitest';
import type { Histogram } from '../backend';
import { edgesOf } from '../backend/fake/histogram';
import { ticks } from './axis';
import { Brush } from './brush.svelte';
import { WallClock } from './clock';
import { fillOf } from './fills';
import { endsOf, Spans } from './span';
import { barAt, highest, left, roundUp, shapes } from './stacks';

const MADRID = new WallClock('Europe/Madrid');
const at = (text: string) => Date.parse(text);

function histogram(part: Partial<Histogram>): Histogram {
  return { edges: [0, 1, 2, 3], step: 'hour', series: [], total: 0, counting: false, ...part };
}

describe('bars', () => {
  const counted = histogram({
    series: [
      { category: 'access', counts: [4, 0, 1] },
      { category: 'billing', counts: [4, 0, 999] },
    ],
  });

  it('stand one on the other, and are as high as their sum', () => {
    const [access, billing] = shapes(counted, { width: 300, height: 40, ceiling: 1000 });
    // Eight events of a thousand would not be seen: two pixels at least, shared by both.
    expect(access?.path).toBe('M0 40h99v-1h-99zM200 40h99v0h-99z');
    expect(billing?.path).toBe('M0 39h99v-1h-99zM200 40h99v-40h-99z');
  });

  it('never leave the chart, whatever is counted on', () => {
    const [, billing] = shapes(counted, { width: 300, height: 40, ceiling: 10 });
    expect(billing?.path).toContain('v-40h');
  });

  it('share the width without a gap or an overlap', () => {
    for (const [bars, width] of [
      [7, 300],
      [120, 431],
      [1, 10],
    ] as const) {
      expect(left(0, bars, width)).toBe(0);
      expect(left(bars, bars, width)).toBe(width);
      for (let x = 0; x < width; x++) {
        const bar = barAt(x, bars, width);
        expect(bar).toBeGreaterThanOrEqual(0);
        expect(bar).toBeLessThan(bars);
      }
    }
    expect(barAt(-50, 7, 300)).toBe(0);
    expect(barAt(999, 7, 300)).toBe(6);
  });

  it('have a height that stays while a few more arrive', () => {
    expect([0, 1, 2, 9, 10, 11, 101, 188, 201, 9999].map(roundUp)).toEqual([
      1, 1, 2, 10, 10, 12, 120, 200, 250, 10_000,
    ]);
    expect(highest(counted)).toBe(1000);
    expect(highest(histogram({}))).toBe(0);
  });

  it('of two categories never look the same', () => {
    const slugs =
      'access bookings visitors deliveries customers contracts billing proposals teams help-desk messages events community content inventory location other'.split(
        ' ',
      );
    const looks = slugs.map((slug) => Object.values(fillOf(slug)).join(' '));
    expect(new Set(looks).size).toBe(slugs.length);
  });
});

describe('the axis', () => {
  const measure = (text: string) => text.length * 6;

  function axis(from: string, to: string, bars: number, width: number): string[] {
    const { edges, step } = edgesOf(at(from), at(to), bars, 'Europe/Madrid');
    const marks = ticks(edges, step, MADRID, width, measure);
    marks.forEach((mark, i) => {
      const next = marks[i + 1];
      expect(mark.x + measure(mark.text), mark.text).toBeLessThanOrEqual(next?.x ?? width);
    });
    return marks.map(({ text, strong }) => (strong ? `*${text}` : text));
  }

  it.each([
    ['2026-11-24T09:10Z', '2026-11-24T10:00Z', 60, 600],
    ['2026-11-24T00:00Z', '2026-11-24T12:00Z', 60, 600],
    ['2026-11-20T00:00Z', '2026-11-24T12:00Z', 120, 1000],
    ['2026-10-24T00:00Z', '2026-11-24T12:00Z', 60, 690],
    ['2026-01-01T00:00Z', '2026-11-24T12:00Z', 60, 690],
    ['2019-01-01T00:00Z', '2026-11-24T12:00Z', 100, 690],
    ['1995-01-01T00:00Z', '2026-11-24T12:00Z', 40, 300],
  ])('%s to %s has times that do not touch', (from, to, bars, width) => {
    expect(axis(from, to, bars, width).length).toBeGreaterThan(1);
  });

  it('names days among hours, and years among months', () => {
    expect(axis('2026-11-22T23:00Z', '2026-11-24T11:00Z', 40, 700)).toEqual([
      '*Mon 23 Nov',
      '06:00',
      '12:00',
      '18:00',
      '*Tue 24 Nov',
      '06:00',
    ]);
    expect(axis('2025-06-30T22:00Z', '2026-11-24T11:00Z', 20, 300)).toContain('*2026');
  });

  it('keeps to the clock on days of 23 and 25 hours', () => {
    for (const [from, to] of [
      ['2026-03-28T23:00Z', '2026-03-30T22:00Z'],
      ['2026-10-24T22:00Z', '2026-10-26T23:00Z'],
    ] as const) {
      const texts = axis(from, to, 60, 700);
      expect(texts[0]).toMatch(/^\*Sun/);
      expect(texts).toContain('12:00');
      expect(texts.some((text) => text.startsWith('*Mon'))).toBe(true);
      expect(texts.every((text) => /(:00|^\*.*)$/.test(text))).toBe(true);
    }
  });

  it('is empty where there is nothing to say or no room', () => {
    expect(ticks([], 'hour', MADRID, 600, measure)).toEqual([]);
    expect(ticks([5], 'hour', MADRID, 600, measure)).toEqual([]);
    expect(ticks([0, 3_600_000], 'hour', MADRID, 0, measure)).toEqual([]);
    expect(ticks([0, 3_600_000], 'hour', MADRID, 10, measure)).toEqual([]);
  });
});

describe('a stretch', () => {
  const spans = new Spans(MADRID);

  it.each([
    ['2026-11-24T09:00Z', '2026-11-24T10:00Z', 'Tue 24 Nov 2026, 10:00 – 11:00'],
    ['2026-11-24T22:00Z', '2026-11-24T23:00Z', 'Tue 24 Nov 2026, 23:00 – 00:00'],
    ['2026-11-23T23:00Z', '2026-11-24T23:00Z', 'Tue 24 Nov 2026'],
    ['2026-11-22T23:00Z', '2026-11-29T23:00Z', 'Mon 23 Nov 2026 – Sun 29 Nov 2026'],
    ['2026-10-31T23:00Z', '2026-11-30T23:00Z', 'November 2026'],
    ['2025-12-31T23:00Z', '2026-12-31T23:00Z', 'January 2026 – December 2026'],
    ['2026-11-23T09:00Z', '2026-11-24T10:00Z', 'Mon 23 Nov 2026 10:00 – Tue 24 Nov 2026 11:00'],
    // The hour that comes twice.
    ['2026-10-25T00:00Z', '2026-10-25T01:00Z', 'Sun 25 Oct 2026, 02:00 CEST – 02:00 CET'],
    // The day that has 23.
    ['2026-03-28T23:00Z', '2026-03-29T22:00Z', 'Sun 29 Mar 2026'],
  ])('%s to %s reads %s', (from, to, words) => {
    expect(spans.say(at(from), at(to))).toBe(words);
  });

  const ends = (from: string, to: string, now = '2030-01-01T00:00Z', end: string | null = null) =>
    endsOf([at(from), at(to)], { first: 0, last: 0 }, MADRID, { now: at(now), to: end });

  it('becomes both ends of a filter: days as days, times as times', () => {
    expect(ends('2026-11-22T23:00Z', '2026-11-29T23:00Z')).toEqual({
      from: '2026-11-23',
      to: '2026-11-29',
    });
    expect(ends('2026-11-24T09:00Z', '2026-11-24T10:15Z')).toEqual({
      from: '2026-11-24T10:00',
      to: '2026-11-24T11:15',
    });
    expect(ends('2026-11-23T23:00Z', '2026-11-24T10:00Z')).toEqual({
      from: '2026-11-24T00:00',
      to: '2026-11-24T11:00',
    });
  });

  it('says which of two like times is meant', () => {
    expect(ends('2026-10-25T00:00Z', '2026-10-25T01:00Z')).toEqual({
      from: '2026-10-25T02:00:00+02:00',
      to: '2026-10-25T02:00:00+01:00',
    });
  });

  it('stays open where it reaches past now: what arrives next belongs to it', () => {
    const now = '2026-11-24T09:30Z';
    expect(ends('2026-11-24T09:00Z', '2026-11-24T10:00Z', now)).toEqual({
      from: '2026-11-24T10:00',
      to: null,
    });
    expect(ends('2026-11-23T23:00Z', '2026-11-24T23:00Z', now)).toEqual({
      from: '2026-11-24',
      to: null,
    });
    // A filter with an end keeps one.
    expect(ends('2026-11-24T09:00Z', '2026-11-24T10:00Z', now, '2026-11-24')?.to).toBe(
      '2026-11-24T11:00',
    );
    expect(endsOf([1, 2], { first: 0, last: 5 }, MADRID, { now: 0, to: null })).toBeNull();
  });
});

describe('the brush', () => {
  it('looks at bars by key, and draws out from one', () => {
    const brush = new Brush();
    brush.move(-1, 10, false);
    expect(brush.bars).toEqual({ first: 9, last: 9 });
    brush.move(-1, 10, false);
    brush.move(-1, 10, true);
    brush.move(-1, 10, true);
    expect(brush.bars).toEqual({ first: 6, last: 8 });
    brush.move(5, 10, true);
    expect(brush.bars).toEqual({ first: 8, last: 9 });
    brush.move(-100, 10, false);
    expect(brush.bars).toEqual({ first: 0, last: 0 });
    expect(brush.drawn).toBe(false);
    brush.move(1, 0, false);
    expect(brush.active).toBe(0);
  });

  it('stays on its moments when the bars move on, or goes', () => {
    const brush = new Brush();
    brush.begin(2);
    brush.point(3);
    brush.moved([0, 10, 20, 30, 40], [10, 20, 30, 40, 50]);
    expect(brush.bars).toEqual({ first: 1, last: 2 });
    brush.moved([10, 20, 30, 40, 50], [0, 100, 200]);
    expect(brush.bars).toBeNull();
  });
});

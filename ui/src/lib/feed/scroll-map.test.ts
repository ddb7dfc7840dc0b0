import { describe, expect, it } from 'vitest';
import { LIMIT, ScrollMap } from './scroll-map';

const ROW = 32;
const VIEW = 640;

function map(rows: number): ScrollMap {
  const map = new ScrollMap();
  map.measure(rows * ROW, VIEW);
  return map;
}

describe('a list that a browser can scroll', () => {
  it('is scrolled as it is', () => {
    const small = map(1000);
    expect(small.barHeight).toBe(32_000);
    expect(small.scrolled(1234)).toBe(false);
    expect(small.top).toBe(1234);
    small.go(999 * ROW);
    expect(small.top).toBe(32_000 - VIEW);
    expect(small.bar).toBe(small.top);
  });

  it('stays within itself when it gets shorter', () => {
    const list = map(1000);
    list.go(20_000);
    list.measure(100 * ROW, VIEW);
    expect(list.top).toBe(3200 - VIEW);
    list.measure(5 * ROW, VIEW);
    expect(list.top).toBe(0);
  });
});

describe('a list of ten million rows', () => {
  it('keeps the scrolled element below what browsers can', () => {
    expect(map(10_000_000).barHeight).toBe(LIMIT);
  });

  it('reaches the last row, and the first again', () => {
    const list = map(10_000_000);
    list.scrolled(LIMIT - VIEW);
    expect(list.top).toBe(10_000_000 * ROW - VIEW);
    list.scrolled(0);
    expect(list.top).toBe(0);
  });

  it('moves pixel by pixel with small steps', () => {
    const list = map(10_000_000);
    list.go(5_000_000 * ROW);
    const start = list.top;
    for (let i = 0; i < 50; i++) list.scrolled(list.bar + 100);
    expect(list.top).toBe(start + 5000);
    for (let i = 0; i < 50; i++) list.scrolled(list.bar - 100);
    expect(list.top).toBe(start);
  });

  it('puts the bar where the list is when scrolling rests', () => {
    const list = map(10_000_000);
    list.go(5_000_000 * ROW);
    for (let i = 0; i < 1000; i++) list.scrolled(list.bar + 100);
    const top = list.top;
    expect(list.settle()).toBe(true);
    expect(list.top).toBe(top);
    expect(list.settle()).toBe(false);
    const share = list.bar / (list.barHeight - VIEW);
    expect(share).toBeCloseTo(top / (list.height - VIEW), 5);
  });

  it('is not stuck when the bar meets its end before the list does', () => {
    const list = map(10_000_000);
    list.go(list.height - VIEW - 50_000);
    // The bar has about 1,250 px left; the list has 50,000.
    let steps = 0;
    while (list.top < list.height - VIEW && steps < 2000) {
      const bar = Math.min(list.bar + 100, list.barHeight - VIEW);
      list.scrolled(bar);
      steps += 1;
    }
    expect(list.top).toBe(list.height - VIEW);
    expect(steps).toBeLessThan(2000);
  });

  it('reaches both ends from any place near them, pixel by pixel', () => {
    for (const start of [1, 19, 20, 21, 639, 640, 641, 2000]) {
      const list = map(10_000_000);
      list.go(start);
      for (let i = 0; i < 3000 && list.top > 0; i++) list.scrolled(Math.max(0, list.bar - 1));
      expect(list.top).toBe(0);
      list.go(list.height - VIEW - start);
      const end = list.barHeight - VIEW;
      for (let i = 0; i < 3000 && list.top < list.height - VIEW; i++) {
        list.scrolled(Math.min(end, list.bar + 1));
      }
      expect(list.top).toBe(list.height - VIEW);
    }
  });

  it('jumps in proportion when the bar is dragged', () => {
    const list = map(10_000_000);
    list.scrolled((LIMIT - VIEW) / 4);
    expect(list.top / (list.height - VIEW)).toBeCloseTo(0.25, 6);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { shaken } from '../backend/fake/rows';
import { END, joined, Selection, without } from './selection.svelte';

const MILLIONS = 10_000_000;

let selection: Selection;

beforeEach(() => {
  selection = new Selection();
});

const places = (length: number) =>
  Array.from({ length }, (_, i) => i).filter((index) => selection.has(index));

describe('stretches', () => {
  it('are joined where they touch or overlap, and kept apart elsewhere', () => {
    expect(
      joined([
        { from: 8, to: 9 },
        { from: 0, to: 3 },
        { from: 4, to: 4 },
        { from: 2, to: 3 },
      ]),
    ).toEqual([
      { from: 0, to: 4 },
      { from: 8, to: 9 },
    ]);
  });

  it('lose one place', () => {
    const one = [{ from: 2, to: 4 }];
    expect(without(one, 2)).toEqual([{ from: 3, to: 4 }]);
    expect(without(one, 3)).toEqual([
      { from: 2, to: 2 },
      { from: 4, to: 4 },
    ]);
    expect(without([{ from: 2, to: 2 }], 2)).toEqual([]);
    expect(without(one, 9)).toEqual(one);
  });
});

describe('a selection', () => {
  it('is drawn from where it began, forth and back', () => {
    selection.begin(5);
    expect(selection.any).toBe(false);
    selection.extend(8);
    expect(places(12)).toEqual([5, 6, 7, 8]);
    selection.extend(3);
    expect(places(12)).toEqual([3, 4, 5]);
    expect(selection.cursor).toBe(3);
  });

  it('keeps what was selected before the stretch that is drawn', () => {
    selection.toggle(1);
    selection.toggle(8);
    selection.extend(10);
    expect(places(12)).toEqual([1, 8, 9, 10]);
    selection.extend(6);
    expect(places(12)).toEqual([1, 6, 7, 8]);
  });

  it('of millions is one stretch', () => {
    selection.begin(3);
    selection.extend(MILLIONS - 1);
    expect(selection.stretches).toHaveLength(1);
    expect(selection.count(MILLIONS)).toBe(MILLIONS - 3);
    expect([selection.has(2), selection.has(3), selection.has(9_000_000)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('of all grows with the list, until one is taken out', () => {
    selection.everything();
    expect(selection.count(100)).toBe(100);
    expect(selection.count(101)).toBe(101);
    selection.toggle(50);
    expect(selection.all).toBe(false);
    expect(selection.count(101)).toBe(100);
    expect([selection.has(49), selection.has(50), selection.has(51)]).toEqual([true, false, true]);
    // What is counted on since belongs to it.
    expect([selection.open, selection.count(300), selection.has(299)]).toEqual([true, 299, true]);
    selection.toggle(50);
    expect(selection.all).toBe(true);
  });

  it('drawn to the end goes on where the list is counted on', () => {
    selection.begin(5);
    selection.extend(END, 99);
    expect([selection.count(100), selection.cursor]).toEqual([95, 99]);
    expect([selection.count(500), selection.has(400), selection.has(4)]).toEqual([
      495,
      true,
      false,
    ]);
    selection.extend(7);
    expect([selection.open, selection.count(500)]).toEqual([false, 3]);
  });

  it('ends', () => {
    selection.toggle(1);
    selection.toggle(1);
    expect(selection.any).toBe(false);
    selection.everything();
    selection.clear();
    expect([selection.any, selection.cursor]).toEqual([false, null]);
  });

  it('is what a plain set would be, whatever is done', () => {
    const length = 40;
    let plain = new Set<number>();
    let base = new Set<number>();
    let anchor: number | null = null;
    for (let i = 1; i < 600; i++) {
      const dice = shaken(i);
      const index = (dice >>> 8) % length;
      if (dice % 11 === 0) {
        selection.clear();
        [plain, base, anchor] = [new Set(), new Set(), null];
      } else if (dice % 2 === 0) {
        selection.toggle(index);
        plain = new Set(plain);
        if (!plain.delete(index)) plain.add(index);
        [base, anchor] = [plain, index];
      } else {
        selection.extend(index);
        anchor ??= index;
        plain = new Set(base);
        for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at++) plain.add(at);
      }
      expect(places(length)).toEqual([...plain].sort((a, b) => a - b));
      expect(selection.count(length)).toBe(plain.size);
    }
  });
});

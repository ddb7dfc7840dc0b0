import { describe, expect, it } from 'vitest';
import type { Facets } from '../backend';
import { EVERYTHING } from '../filter/model';
import { toggledAction, toggledCategory } from './choose';
import { merge, NO_LINES } from './merge';

function facets(part: Partial<Facets>): Facets {
  return { counting: false, total: 0, all: 0, categories: [], locations: [], flags: [], ...part };
}

const location = (id: number, count: number) => ({ id, name: `L${id}`, count });
const category = (slug: string, count: number, actions: [string, number][] = []) => ({
  category: slug,
  title: slug,
  count,
  actions: actions.map(([action, n]) => ({ action, label: action, count: n })),
});

describe('lines of the left pane', () => {
  it('leave out what never had an event', () => {
    const lines = merge(NO_LINES, facets({ categories: [category('a', 3), category('b', 0)] }));
    expect(lines.categories.map((line) => line.category)).toEqual(['a']);
  });

  it('stay in their place when counts change, and at zero when they vanish', () => {
    const before = merge(NO_LINES, facets({ locations: [location(1, 9), location(2, 5)] }));
    const after = merge(before, facets({ locations: [location(2, 7), location(3, 6)] }));
    expect(after.locations).toEqual([location(1, 0), location(2, 7), location(3, 6)]);
  });

  it('keep the order of categories, and their actions', () => {
    const first = facets({ categories: [category('b', 1, [['x', 1]]), category('c', 2)] });
    const second = facets({
      categories: [category('a', 4), category('b', 0, []), category('c', 1, [['z', 1]])],
    });
    const after = merge(merge(NO_LINES, first), second);
    expect(after.categories.map((line) => [line.category, line.count])).toEqual([
      ['a', 4],
      ['b', 0],
      ['c', 1],
    ]);
    expect(after.categories[1]?.actions).toEqual([{ action: 'x', label: 'x', count: 0 }]);
  });

  it('say zero for all of a category that is gone', () => {
    const before = merge(NO_LINES, facets({ categories: [category('a', 1, [['x', 1]])] }));
    const after = merge(before, facets({}));
    expect(after.categories[0]).toEqual(category('a', 0, [['x', 0]]));
  });
});

describe('choosing a category or an action', () => {
  it('lets go of the other level, which would have to hold too', () => {
    const chosen = toggledCategory({ ...EVERYTHING, actions: ['BookingCreate'] }, 'billing');
    expect([chosen.categories, chosen.actions]).toEqual([['billing'], []]);
    const action = toggledAction(chosen, 'BookingCreate');
    expect([action.categories, action.actions]).toEqual([[], ['BookingCreate']]);
    expect(toggledAction(action, 'BookingCreate').actions).toEqual([]);
  });
});

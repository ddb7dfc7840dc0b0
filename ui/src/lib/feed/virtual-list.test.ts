import { cleanup, render } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import VirtualList from './VirtualList.svelte';

const ROW = 20;
const VIEW = 200;

const row = createRawSnippet<[number]>((index) => ({
  render: () => `<p data-testid="row">${index()}</p>`,
}));

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function show(length: number) {
  const onrange = vi.fn();
  const onscrolled = vi.fn();
  const props = { length, rowHeight: ROW, row, overscan: 2, onrange, onscrolled };
  const page = render(VirtualList, props);
  const scroller = page.getByTestId('feed-scroller');
  return {
    ...page,
    props,
    onrange,
    onscrolled,
    scroller,
    indexes: () => page.queryAllByTestId('row').map((one) => Number(one.textContent)),
    scroll: async (top: number) => {
      scroller.scrollTop = top;
      scroller.dispatchEvent(new Event('scroll'));
      await tick();
    },
  };
}

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('a list of any length', () => {
  it('draws what is seen and a little more', async () => {
    const list = show(1_000_000);
    await tick();
    expect(list.indexes()).toEqual(from(0, 11));
    expect(list.onrange).toHaveBeenLastCalledWith(0, 9);
    await list.scroll(100);
    expect(list.indexes()).toEqual(from(3, 16));
    expect(list.onrange).toHaveBeenLastCalledWith(5, 14);
    expect(list.onscrolled).toHaveBeenLastCalledWith(false, false);
  });

  it('reaches the last row of ten million by key, and by dragging the bar', async () => {
    const list = show(10_000_000);
    await tick();
    list.component.show(9_999_999, 'nearest');
    await tick();
    expect(list.indexes().at(-1)).toBe(9_999_999);
    expect(list.component.seen()).toEqual({ first: 9_999_990, rows: 10 });
    await list.scroll(0);
    expect(list.indexes()[0]).toBe(0);
    await list.scroll(8_000_000 - VIEW);
    expect(list.indexes().at(-1)).toBe(9_999_999);
  });

  it('does not take its own scrolling for a person’s', async () => {
    const list = show(1000);
    await tick();
    list.component.show(500, 'top');
    await tick();
    expect(list.scroller.scrollTop).toBe(10_000);
    await list.scroll(10_000);
    expect(list.onscrolled).not.toHaveBeenCalled();
  });

  it('brings a row into view with as little as it takes', async () => {
    const list = show(1000);
    await tick();
    list.component.show(5, 'nearest');
    await tick();
    expect(list.scroller.scrollTop).toBe(0);
    list.component.show(10, 'nearest');
    await tick();
    expect(list.scroller.scrollTop).toBe(20);
    list.component.show(100, 'middle');
    await tick();
    expect(list.scroller.scrollTop).toBe(100 * ROW - (VIEW - ROW) / 2);
  });

  it('stays where it is when rows are added, and within itself when they go', async () => {
    const list = show(1000);
    await list.scroll(5000);
    await list.rerender({ ...list.props, length: 2000 });
    expect(list.indexes()[0]).toBe(248);
    await list.rerender({ ...list.props, length: 20 });
    expect(list.indexes()).toEqual(from(8, 19));
    await list.rerender({ ...list.props, length: 0 });
    expect(list.indexes()).toEqual([]);
  });
});

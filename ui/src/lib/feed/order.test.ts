import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend, type Scene } from '../backend/fake';
import { EVERYTHING } from '../filter/model';
import { Feed } from './feed.svelte';
import type { Align, ListOnScreen } from './place';

const NOW = Date.UTC(2026, 10, 24, 12);

/** A list of ten rows' height. */
class List implements ListOnScreen {
  first = 0;
  shown: [index: number, align: Align][] = [];

  show(index: number, align: Align): void {
    this.shown.push([index, align]);
    if (align === 'bottom' || (align === 'nearest' && index >= this.first + 10)) {
      this.first = Math.max(0, index - 9);
    } else if (align === 'top' || index < this.first) this.first = index;
  }

  seen() {
    return { first: this.first, rows: 10 };
  }
}

let backend: FakeBackend;
let feed: Feed;
let list: List;

const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

async function open(scene: Partial<Scene> = {}): Promise<void> {
  backend = new FakeBackend({ events: 1000, now: () => NOW, ...scene });
  feed = new Feed(backend);
  list = new List();
  feed.list = list;
  feed.start();
  await pass();
}

/** The list is scrolled to a row. */
async function scrollTo(first: number): Promise<void> {
  list.first = first;
  feed.need(first, first + 9);
  feed.scrolled(feed.oldestFirst ? first + 10 >= feed.length : first === 0);
  await pass();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('oldest first', () => {
  beforeEach(async () => {
    await open();
    feed.setOrder(true);
    await pass();
  });

  it('follows at the bottom, where the newest come', async () => {
    expect(feed.mode).toBe('following');
    expect(feed.row(999)?.delivery).toBe(1000);
    expect(list.shown.at(-1)).toEqual([999, 'bottom']);
    backend.arrive(3);
    feed.news();
    await pass();
    expect(feed.row(1002)?.delivery).toBe(1003);
    expect(list.shown.at(-1)).toEqual([1002, 'bottom']);
  });

  it('stands still when a person scrolls up, and loads what is there', async () => {
    await scrollTo(400);
    expect(feed.mode).toBe('reading');
    backend.arrive(5);
    feed.news();
    await pass();
    expect(feed.newCount).toBe(5);
    expect(feed.row(400)?.delivery).toBe(401);
    expect(feed.length).toBe(1000);
  });

  it('follows again at the bottom, not at the top', async () => {
    await scrollTo(400);
    await scrollTo(0);
    expect(feed.mode).toBe('reading');
    await scrollTo(990);
    expect(feed.mode).toBe('following');
  });

  it('keeps the place where a person reads when the order changes', async () => {
    await scrollTo(400);
    const top = feed.row(400)?.id;
    feed.setOrder(false);
    await pass();
    expect(feed.row(list.first)?.id).toBe(top);
    expect(list.first).toBe(599);
  });

  it('goes to the first row of a moment', async () => {
    const wanted = backend.rows[300];
    await feed.goToTime(wanted?.happenedAt ?? 0);
    await pass();
    expect(feed.row(list.first)?.id).toBe(wanted?.id);
    expect(feed.mode).toBe('reading');
  });
});

describe('going somewhere', () => {
  it('by time shows what happened then or before', async () => {
    await open();
    const wanted = backend.rows[300];
    await feed.goToTime((wanted?.happenedAt ?? 0) + 1);
    await pass();
    expect(feed.row(list.first)?.id).toBe(wanted?.id);
  });

  it('reaches every share of ten million rows', async () => {
    await open({ events: 300, history: 10_000_000 });
    expect(feed.length).toBe(10_000_300);
    for (const share of [0, 0.25, 0.5, 0.99, 1]) {
      feed.goToIndex(share * (feed.length - 1));
      feed.need(list.first, list.first + 9);
      await pass();
      expect(feed.row(Math.min(list.first, feed.length - 1))).toBeDefined();
    }
    expect(list.first).toBe(10_000_299);
  });

  it('asks for what is on the screen, not for what was scrolled by', async () => {
    await open({ events: 300, history: 10_000_000 });
    backend.scene.slow = 50;
    await scrollTo(1000);
    backend.asked.length = 0;
    for (let first = 100_000; first < 4_100_000; first += 100_000) {
      feed.need(first, first + 9);
      await pass(5);
    }
    await pass();
    // Two at a time, each 50 ms, and those around the place where it rests.
    expect(backend.asked.length).toBeLessThan(16);
    expect(feed.row(4_000_000)).toBeDefined();
  });

  it('makes ready what comes next', async () => {
    await open({ events: 300, history: 10_000_000 });
    await scrollTo(5000);
    await scrollTo(5100);
    expect(feed.row(5250)).toBeDefined();
    await scrollTo(5000);
    expect(feed.row(4850)).toBeDefined();
  });
});

describe('a list that is still being counted', () => {
  it('is so long at least, and grows when there is news', async () => {
    await open({ uncountedYet: 400 });
    await scrollTo(30);
    expect([feed.length, feed.counting]).toEqual([600, true]);
    const before = feed.row(30)?.id;
    backend.scene.uncountedYet = 100;
    feed.countedOn();
    await pass();
    expect([feed.length, feed.counting]).toEqual([900, true]);
    backend.scene.uncountedYet = 0;
    feed.countedOn();
    await pass();
    expect([feed.length, feed.counting]).toEqual([1000, false]);
    expect(feed.row(30)?.id).toBe(before);
    backend.asked.length = 0;
    feed.countedOn();
    await pass();
    expect(backend.asked).toEqual([]);
  });

  it('is asked for again where news of it came before the answer', async () => {
    await open();
    backend.scene.uncountedYet = 400;
    feed.refresh();
    feed.countedOn();
    while (!feed.counting) await pass(5);
    expect(feed.length).toBe(600);
    backend.scene.uncountedYet = 0;
    await pass();
    expect([feed.length, feed.counting]).toEqual([1000, false]);
  });

  it('does not become shorter by an answer that comes late', async () => {
    await open({ uncountedYet: 400 });
    await scrollTo(30);
    const page = await backend.ask({
      ask: 'feed',
      filter: EVERYTHING,
      asOf: feed.asOf,
      at: { by: 'index', index: 0 },
      limit: 100,
      fold: false,
      oldestFirst: false,
    });
    backend.scene.uncountedYet = 100;
    feed.countedOn();
    await pass();
    feed.rows.put(0, page);
    expect([feed.length, feed.counting]).toEqual([900, true]);
  });
});

describe('selected rows', () => {
  let lost: number[];

  beforeEach(async () => {
    await open();
    lost = [];
    feed.selection.onlost = (rows) => lost.push(rows);
  });

  it('hold the list still, wherever it is scrolled to', async () => {
    feed.selection.toggleRow(2);
    expect(feed.mode).toBe('reading');
    await scrollTo(500);
    await scrollTo(0);
    expect(feed.mode).toBe('reading');
    backend.arrive(4);
    feed.news();
    await pass();
    expect(feed.row(0)?.delivery).toBe(1000);
    feed.selection.end();
    await pass();
    expect(feed.mode).toBe('following');
    expect(lost).toEqual([]);
  });

  it('begin with the chosen one', async () => {
    await feed.select(4);
    feed.selection.extendTo(8);
    expect(feed.selection.stretches).toEqual([{ from: 4, to: 8 }]);
    feed.selection.end();
    feed.selection.toggleRow(7);
    expect(feed.selection.stretches).toEqual([
      { from: 4, to: 4 },
      { from: 7, to: 7 },
    ]);
  });

  it('are left for the one that is chosen next', async () => {
    await feed.select(4);
    feed.selection.extendBy(3);
    expect(feed.cursor).toBe(7);
    await feed.move(1);
    expect(feed.selection.any).toBe(false);
    expect(feed.selectedIndex).toBe(8);
  });

  it('are none in another list, and that is said', async () => {
    feed.selection.selectAll();
    feed.setFilter({ ...EVERYTHING, categories: ['bookings'] });
    await pass();
    expect(feed.selection.any).toBe(false);
    await feed.select(2);
    feed.selection.extendTo(5);
    feed.setOrder(true);
    await pass();
    feed.selection.toggleRow(9);
    feed.follow();
    expect(lost).toEqual([1000, 4, 2]);
  });
});

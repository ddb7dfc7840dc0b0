import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { EVERYTHING } from '../filter/model';
import { Feed } from './feed.svelte';
import type { Align, ListOnScreen } from './place';

/** A list of ten rows' height. */
class List implements ListOnScreen {
  first = 0;
  shown: [index: number, align: Align][] = [];

  show(index: number, align: Align): void {
    this.shown.push([index, align]);
    if (align === 'top' || index < this.first) this.first = index;
    else if (index >= this.first + 10) this.first = index - 9;
  }

  seen() {
    return { first: this.first, rows: 10 };
  }
}

let backend: FakeBackend;
let feed: Feed;
let list: List;

async function pass(ms = 1000): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

beforeEach(async () => {
  vi.useFakeTimers();
  backend = new FakeBackend({ events: 1000, now: () => Date.UTC(2026, 10, 24, 12) });
  feed = new Feed(backend);
  list = new List();
  feed.list = list;
  feed.start();
  await pass();
});

afterEach(() => {
  vi.useRealTimers();
});

const ids = (count: number) => Array.from({ length: count }, (_, i) => feed.row(i)?.id);

/** Arrivals, and the news of them. */
async function arrive(count: number): Promise<void> {
  backend.arrive(count);
  feed.news();
  await pass();
}

function away(): void {
  list.first = 30;
  feed.scrolled(false);
  feed.need(30, 39);
}

describe('following', () => {
  it('shows the newest first, and how many there are', () => {
    expect(feed.mode).toBe('following');
    expect(feed.total).toBe(1000);
    expect(ids(2)).toEqual([1000 * 256, 999 * 256]);
  });

  it('shows what arrives', async () => {
    await arrive(3);
    expect(feed.total).toBe(1003);
    expect(feed.row(0)?.delivery).toBe(1003);
  });

  it('asks less often where drawing is slow', async () => {
    feed = new Feed(backend, (told) => told(100));
    feed.start();
    await pass();
    backend.asked.length = 0;
    for (let i = 0; i < 100; i++) {
      backend.arrive(5);
      feed.news();
      await pass(20);
    }
    expect(backend.asked.length).toBeLessThanOrEqual(4);
    await pass();
    expect(feed.row(0)?.delivery).toBe(1500);
  });

  it('asks at a pace, however many arrive', async () => {
    backend.asked.length = 0;
    for (let i = 0; i < 100; i++) {
      backend.arrive(5);
      feed.news();
      await pass(10);
    }
    expect(backend.asked.length).toBeLessThanOrEqual(10);
    await pass();
    expect(feed.row(0)?.delivery).toBe(1500);
  });
});

describe('reading', () => {
  it('begins when a person scrolls away, and then nothing moves', async () => {
    const before = ids(50);
    away();
    expect(feed.mode).toBe('reading');
    await arrive(12);
    expect(ids(50)).toEqual(before);
    expect(feed.total).toBe(1000);
    expect(feed.newCount).toBe(12);
  });

  it('begins when a row is opened', async () => {
    feed.hold(true);
    await arrive(2);
    expect(feed.mode).toBe('reading');
    expect(feed.row(0)?.delivery).toBe(1000);
    expect(feed.newCount).toBe(2);
  });

  it('drops an answer that was under way when it began', async () => {
    backend.scene.slow = 50;
    backend.arrive(1);
    feed.news();
    await pass(20);
    away();
    await pass();
    expect(feed.row(0)?.delivery).toBe(1000);
    expect(feed.newCount).toBe(1);
  });

  it('loads what is scrolled to as of the moment it began', async () => {
    away();
    backend.arrive(50);
    feed.need(500, 520);
    await pass();
    expect(feed.row(500)?.delivery).toBe(500);
    expect(feed.row(520)?.delivery).toBe(480);
  });

  it('ends at the top of the list, with nothing open', async () => {
    away();
    await arrive(4);
    list.first = 0;
    feed.scrolled(true);
    await pass();
    expect(feed.mode).toBe('following');
    expect(feed.newCount).toBe(0);
    expect(feed.row(0)?.delivery).toBe(1004);
  });

  it('does not end at the top while an event is open', () => {
    feed.hold(true);
    feed.scrolled(true);
    expect(feed.mode).toBe('reading');
  });

  it('ends when the pane is closed at the top; elsewhere the place is kept', () => {
    feed.hold(true);
    feed.hold(false);
    expect(feed.mode).toBe('following');
    away();
    feed.hold(true);
    feed.hold(false);
    expect(feed.mode).toBe('reading');
  });

  it('ends by a key, which jumps to the newest', async () => {
    away();
    await arrive(7);
    feed.follow();
    await pass();
    expect(feed.mode).toBe('following');
    expect(feed.row(0)?.delivery).toBe(1007);
    expect(list.shown.at(-1)).toEqual([0, 'top']);
  });
});

describe('paused by a person', () => {
  it('stays so whatever is scrolled or closed', async () => {
    feed.togglePause();
    feed.hold(true);
    feed.hold(false);
    feed.scrolled(false);
    feed.scrolled(true);
    expect(feed.mode).toBe('paused');
    await arrive(3);
    expect(feed.newCount).toBe(3);
    expect(feed.row(0)?.delivery).toBe(1000);
  });

  it('goes to the first row without following', async () => {
    feed.togglePause();
    await feed.select(500);
    feed.home();
    await pass();
    expect(feed.mode).toBe('paused');
    expect(feed.selectedIndex).toBe(0);
  });

  it('ends with the same key', async () => {
    feed.togglePause();
    await arrive(3);
    feed.togglePause();
    await pass();
    expect(feed.mode).toBe('following');
    expect(feed.row(0)?.delivery).toBe(1003);
  });
});

describe('choosing', () => {
  it('pauses, and keeps the chosen row', async () => {
    await feed.select(5);
    const chosen = feed.selected;
    await arrive(20);
    expect(feed.mode).toBe('reading');
    expect(feed.row(5)?.id).toBe(chosen);
    expect(feed.selectedIndex).toBe(5);
  });

  it('begins at what is seen, and goes on from row to row', async () => {
    list.first = 30;
    await feed.move(1);
    expect(feed.selectedIndex).toBe(30);
    await feed.move(1);
    expect(feed.selectedIndex).toBe(31);
    await feed.move(-100);
    expect(feed.selectedIndex).toBe(0);
  });

  it('reaches a row that is not loaded yet', async () => {
    backend.scene.slow = 20;
    const chosen = feed.select(999);
    await pass();
    expect(await chosen).toBe(256);
    expect(feed.selected).toBe(256);
    expect(feed.selectedIndex).toBe(999);
    expect(list.shown.at(-1)).toEqual([999, 'nearest']);
  });

  it('keeps the chosen event when the list follows again', async () => {
    await feed.select(2);
    const chosen = feed.selected;
    feed.follow();
    await arrive(3);
    expect(feed.selected).toBe(chosen);
    expect(feed.selectedIndex).toBe(5);
    feed.unselect();
    expect(feed.selected).toBeNull();
  });
});

describe('rows that are told differently', () => {
  it('that stay where they are stay selected', async () => {
    await feed.select(40);
    feed.need(30, 49);
    feed.selection.toggleRow(42);
    const { selected } = feed;
    feed.revised();
    await pass(2000);
    expect([feed.selected, feed.selectedIndex]).toEqual([selected, 40]);
    expect(feed.selection.any).toBe(true);
  });

  it('that move let go of what was selected by its place, and the chosen one keeps its own', async () => {
    const lost: number[] = [];
    feed.selection.onlost = (rows) => lost.push(rows);
    await feed.select(40);
    feed.need(30, 49);
    feed.selection.toggleRow(42);
    const { selected } = feed;
    // A row above is one of the list no more.
    backend.rows.splice(backend.rows.length - 11, 1);
    feed.revised();
    await pass(2000);
    expect([feed.selected, feed.selectedIndex]).toEqual([selected, 39]);
    expect(feed.row(39)?.id).toBe(selected);
    expect([feed.selection.any, lost.length]).toEqual([false, 1]);
  });
});

describe('another filter', () => {
  const bookings = { ...EVERYTHING, categories: ['bookings'] };

  it('shows only what matches', async () => {
    feed.setFilter(bookings);
    expect(feed.stale).toBe(true);
    await pass();
    expect(feed.stale).toBe(false);
    expect(feed.total).toBeLessThan(1000);
    expect(ids(30).every((_, i) => feed.row(i)?.category === 'bookings')).toBe(true);
  });

  it('keeps the chosen row in view if it matches', async () => {
    let place = 300;
    await feed.select(place);
    while (feed.row(place)?.category !== 'bookings') {
      place += 1;
      await feed.select(place);
    }
    const chosen = feed.selected;
    feed.hold(true);
    feed.setFilter(bookings);
    await pass();
    expect(feed.selected).toBe(chosen);
    expect(feed.row(feed.selectedIndex ?? -1)?.id).toBe(chosen);
    expect(list.shown.at(-1)).toEqual([feed.selectedIndex, 'middle']);
    expect(feed.mode).toBe('reading');
  });

  it('keeps the event chosen that it hides, and begins at the top', async () => {
    let place = 300;
    await feed.select(place);
    while (feed.row(place)?.category === 'bookings') {
      place += 1;
      await feed.select(place);
    }
    const chosen = feed.selected;
    feed.hold(true);
    feed.setFilter(bookings);
    await pass();
    expect(feed.selected).toBe(chosen);
    expect(feed.selectedIndex).toBeNull();
    expect(list.shown.at(-1)).toEqual([0, 'top']);
  });

  it('follows again, when a person was only scrolled away', async () => {
    away();
    feed.setFilter(bookings);
    await pass();
    expect(feed.mode).toBe('following');
  });

  it('is the last one asked for, whatever comes back first', async () => {
    backend.scene.slow = 40;
    feed.setFilter(bookings);
    await pass(10);
    backend.scene.slow = 5;
    feed.setFilter(EVERYTHING);
    await pass();
    expect(feed.total).toBe(1000);
    expect(feed.stale).toBe(false);
  });

  it('is asked for although a person begins to read while the one before is on its way', async () => {
    backend.scene.slow = 40;
    feed.setFilter({ ...EVERYTHING, categories: ['access'] });
    await pass(10);
    feed.setFilter(bookings);
    feed.hold(true);
    await pass();
    expect(feed.stale).toBe(false);
    expect(feed.row(0)?.category).toBe('bookings');
    expect(feed.mode).toBe('reading');
    // It stands still from the first row on, and says what has come since.
    backend.arrive(50);
    feed.news();
    await pass();
    expect(feed.newCount).toBeGreaterThan(0);
  });

  it('is settled with its rows, not with those of the one before', async () => {
    let settled = 0;
    backend.scene.slow = 40;
    feed.setFilter({ ...EVERYTHING, categories: ['access'] });
    void feed.settled.then(() => (settled = performance.now()));
    await pass(10);
    feed.setFilter(bookings);
    const begun = performance.now();
    await pass(200);
    // The one under way ends first: 30 ms of it, and 40 of its own.
    expect(settled - begun).toBe(70);
    backend.scene.trouble = 'store-unreadable';
    feed.setFilter(EVERYTHING);
    const failed = feed.settled.then(() => feed.trouble?.code);
    await pass();
    expect(await failed).toBe('store-unreadable');
  });

  it('says after a moment that it waits, not before', async () => {
    backend.scene.slow = 1000;
    feed.setFilter(bookings);
    await pass(100);
    expect(feed.slow).toBe(false);
    await pass(100);
    expect(feed.slow).toBe(true);
    await pass(2000);
    expect(feed.slow).toBe(false);
  });
});

describe('trouble', () => {
  it('is said, and the rows stay', async () => {
    backend.scene.trouble = 'store-unreadable';
    await arrive(1);
    expect(feed.trouble?.code).toBe('store-unreadable');
    expect(feed.row(0)?.delivery).toBe(1000);
    backend.scene.trouble = null;
    feed.refresh();
    await pass();
    expect(feed.trouble).toBeNull();
    expect(feed.row(0)?.delivery).toBe(1001);
  });

  it('does not move the list of a reader when the line is back', async () => {
    away();
    backend.arrive(9);
    feed.refresh();
    await pass();
    expect(feed.row(0)?.delivery).toBe(1000);
    expect(feed.newCount).toBe(9);
  });
});

describe('before counts are ready', () => {
  beforeEach(async () => {
    backend.scene.uncounted = true;
    feed = new Feed(backend);
    feed.list = list;
    feed.start();
    await pass();
  });

  it('shows rows, and more of them as they are scrolled to', async () => {
    expect(feed.total).toBeNull();
    expect(feed.length).toBe(100);
    feed.scrolled(false);
    feed.need(80, 95);
    await pass();
    expect(feed.length).toBe(199);
    expect(feed.row(150)?.delivery).toBe(850);
    const all = ids(feed.length);
    expect(new Set(all).size).toBe(all.length);
  });

  it('ends where the events end', async () => {
    feed.scrolled(false);
    for (let i = 0; i < 15; i++) {
      feed.need(feed.length - 10, feed.length - 1);
      await pass();
    }
    expect(feed.length).toBe(1000);
  });

  it('has a length once they are', async () => {
    feed.scrolled(false);
    backend.scene.uncounted = false;
    feed.counted();
    await pass();
    expect(feed.total).toBe(1000);
    expect(feed.mode).toBe('reading');
  });
});

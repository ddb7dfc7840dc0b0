// One act told by several events: one row, which opens.

import { screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { EVERYTHING } from '../filter/model';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';
import { Feed } from './feed.svelte';
import type { Align } from './place';

const done = { guide: { step: 0, done: true } };
const rows = () => screen.getAllByTestId('row');

describe('in the window', () => {
  sitDown();

  it('an act is one row, and counts are of events', async () => {
    await open({ ...done, events: 700, acts: true });
    expect(words('feed-count')).toBe('700 events in 501 rows');
    await press('u');
    expect(words('feed-count')).toBe('700 events');
    expect(maybe('row-others')).toBeNull();
    expect(localStorage.getItem('nexwatch.fold')).toBe('false');
    await click('fold');
    expect(words('feed-count')).toBe('700 events in 501 rows');
  });

  it('says “events” alone where nothing is folded', async () => {
    await open({ ...done, events: 700 });
    expect(words('feed-count')).toBe('700 events');
  });

  it('opens by click, and each of the others opens in the pane', async () => {
    await open({ ...done, events: 700, acts: true });
    const control = screen.getAllByTestId('row-others')[1] as HTMLElement;
    expect(control.textContent).toBe('+2');
    control.click();
    await pass();
    expect(control.getAttribute('aria-expanded')).toBe('true');
    expect(maybe('event-pane')).toBeNull();
    const others = screen.getAllByTestId('other');
    expect(others).toHaveLength(2);
    expect(document.activeElement).toBe(others[0]);
    others[1]?.click();
    await pass();
    expect(see('event-pane').dataset['event']).toBe(others[1]?.dataset['event']);
    // Its row is the chosen one.
    const chosen = rows().find(
      (row) => row.ariaSelected === 'true' || row.getAttribute('aria-selected') === 'true',
    );
    expect(chosen?.contains(control)).toBe(true);
    expect(words('act-others')).toBe('Also told by Check-in created, Customer checked in');
  });

  it('opens by key, is walked through with the arrows, and closes with Escape', async () => {
    await open({ ...done, events: 700, acts: true });
    const index = rows().findIndex((row) => row.querySelector('[data-testid=row-others]'));
    for (let i = 0; i <= index; i++) await press('j');
    await press('o');
    const others = screen.getAllByTestId('other');
    expect(document.activeElement).toBe(others[0]);
    await press('ArrowDown');
    expect(document.activeElement).toBe(others[1]);
    await press('ArrowDown');
    expect(document.activeElement).toBe(others[1]);
    await press('Escape');
    expect(maybe('others')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    await press('o');
    expect(see('others')).toBeTruthy();
    await press('o');
    expect(maybe('others')).toBeNull();
  });

  it('shuts when a person goes on to another row', async () => {
    await open({ ...done, events: 700, acts: true });
    (screen.getAllByTestId('row-others')[0] as HTMLElement).click();
    await pass();
    screen.getByRole('grid').focus();
    await press('j');
    expect(maybe('others')).toBeNull();
  });
});

describe('what is revised', () => {
  const shown: [number, Align][] = [];
  let backend: FakeBackend;
  let feed: Feed;

  beforeEach(async () => {
    vi.useFakeTimers();
    localStorage.clear();
    shown.length = 0;
    backend = new FakeBackend({ events: 1000, now: () => Date.UTC(2026, 10, 24, 12) });
    feed = new Feed(backend);
    feed.list = {
      show: (index, align) => void shown.push([index, align]),
      seen: () => ({ first: 150, rows: 10 }),
    };
    feed.start();
    await pass();
  });

  afterEach(() => vi.useRealTimers());

  it('is told anew where a person is, as of the same moment, and nothing moves', async () => {
    feed.scrolled(false);
    feed.need(150, 159);
    await pass();
    const before = feed.row(155);
    backend.arrive(20);
    shown.length = 0;
    backend.asked.length = 0;
    const place = before?.locationId ?? 0;
    backend.learn(place, 'Another name');
    feed.revised();
    await pass();
    expect(feed.row(155)?.id).toBe(before?.id);
    expect(feed.row(155)?.location).toBe('Another name');
    expect(shown).toEqual([]);
    expect(feed.total).toBe(1000);
    const asked = backend.asked.filter(({ ask }) => ask === 'feed');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((question) => question.ask === 'feed' && question.asOf === 1000)).toBe(true);
    // What lies elsewhere is not kept as it was told before.
    feed.need(20, 29);
    await pass();
    const there = [...Array(30).keys()]
      .map((i) => feed.row(i))
      .filter((row) => row?.locationId === place);
    expect(there.length).toBeGreaterThan(0);
    expect(there.every((row) => row?.location === 'Another name')).toBe(true);
  });

  it('is told anew while it follows', async () => {
    const place = feed.row(0)?.locationId ?? 0;
    backend.learn(place, 'Another name');
    feed.revised();
    await pass();
    expect(feed.row(0)?.location).toBe('Another name');
    expect(feed.mode).toBe('following');
  });

  it('asks for rows or events as it is told', async () => {
    const last = () => backend.asked.findLast(({ ask }) => ask === 'feed');
    expect(last()).toMatchObject({ fold: true });
    feed.setFold(false);
    await pass();
    expect(last()).toMatchObject({ fold: false, filter: EVERYTHING });
    feed.hold(true);
    backend.arrive(1);
    feed.news();
    await pass();
    expect(backend.asked.at(-1)).toMatchObject({ ask: 'count-new', fold: false });
  });
});

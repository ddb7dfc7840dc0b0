// The histogram as a person meets it above the list.

import { screen } from '@testing-library/svelte';
import { fireEvent } from '@testing-library/dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';

sitDown();

const done = { guide: { step: 0, done: true } };

beforeEach(() => {
  // jsdom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

const bars = () => Number(see('histogram-chart').dataset['bars']);

/** What the chart asked last. */
function asked(backend: Awaited<ReturnType<typeof open>>) {
  return backend.asked.filter((one) => one.ask === 'histogram');
}

describe('events over time', () => {
  it('are told by bars, their axis and their categories', async () => {
    const backend = await open({ ...done, events: 2000 });
    const [newest, oldest] = [backend.rows.at(-1), backend.rows[0]];
    expect(newest && oldest).toBeTruthy();
    expect(bars()).toBeGreaterThan(5);
    expect(bars()).toBeLessThanOrEqual(70);
    expect(see('histogram-access').getAttribute('d')).toMatch(/^M0 /);
    expect(see('histogram-axis').children.length).toBeGreaterThan(1);
    expect(words('histogram')).toContain('Access & check-ins');
  });

  it('are walked through by key, and zoomed into and out of again', async () => {
    const backend = await open({ ...done, events: 2000 });
    await press('T');
    expect(document.activeElement).toBe(see('histogram-chart'));
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(words('histogram-bar')).toMatch(/2026, \d\d:\d\d – \d\d:\d\d, \d+ events?, /);
    expect(see('histogram-bar').getAttribute('aria-posinset')).toBe(String(bars() - 1));
    expect(see('histogram-tip')).toBeTruthy();
    await press('ArrowLeft', { shiftKey: true });
    expect(see('histogram-bar').getAttribute('aria-selected')).toBe('true');
    const span = words('histogram-bar').split(', ').slice(0, 2).join(', ');
    const within = Number(/, ([\d,]+) events/.exec(words('histogram-bar'))?.[1]?.replace(',', ''));
    await press('Enter');
    expect(words('histogram')).toContain(span.replace(/^\w+ /, ''));
    expect(words('chips')).toContain('Time');
    const { filter } = asked(backend).at(-1) ?? {};
    expect(filter?.from).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
    expect(filter?.to).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
    expect(words('feed-count')).toContain(`${within} of 2,000`);

    expect(words('histogram-back')).toBe('Back to any time');
    await press('ArrowRight');
    await press('Enter');
    expect(words('histogram-back')).toMatch(/^Back to 2026-11-2\d \d\d:\d\d – 2026/);
    await press('-');
    expect(words('histogram-back')).toBe('Back to any time');
    await click('histogram-back');
    expect(maybe('histogram-back')).toBeNull();
    expect(words('chips')).toBe('All events');
  });

  it('are drawn out with the mouse; a click alone changes nothing', async () => {
    const backend = await open({ ...done, events: 2000 });
    const before = asked(backend).length;
    const chart = see('histogram-chart');
    const at = (x: number) => ({ clientX: x, button: 0, pointerId: 1 });
    await fireEvent.pointerDown(chart, at(100));
    await fireEvent.pointerUp(chart, at(101));
    await pass();
    expect(asked(backend)).toHaveLength(before);
    await fireEvent.pointerDown(chart, at(100));
    await fireEvent.pointerMove(chart, at(300));
    await pass(0);
    expect(see('histogram-span').classList).toContain('drawn');
    await fireEvent.pointerUp(chart, at(300));
    await pass();
    expect(asked(backend).at(-1)?.filter.from).toMatch(/^2026/);
    await fireEvent.dblClick(chart);
    await pass();
    expect(asked(backend).at(-1)?.filter.from).toBeNull();
  });

  it('give up a stretch with Escape, then the bar, then the place', async () => {
    await open({ ...done, events: 500 });
    await press('T');
    await press('ArrowLeft');
    await press('ArrowLeft', { shiftKey: true });
    await press('Escape');
    expect(see('histogram-bar').getAttribute('aria-selected')).toBe('false');
    await press('Escape');
    expect(maybe('histogram-span')).toBeNull();
    await press('Escape');
    expect(document.activeElement).not.toBe(see('histogram-chart'));
    expect(words('chips')).toBe('All events');
  });

  it('grow at the end while events arrive, and the bars before stay as they are', async () => {
    const backend = await open({ ...done, events: 2000 });
    const before = see('histogram-access').getAttribute('d') ?? '';
    const asks = asked(backend).length;
    for (let i = 0; i < 20; i++) {
      backend.arrive(2);
      await pass(50);
    }
    await pass();
    // At most every second.
    expect(asked(backend).length - asks).toBeLessThanOrEqual(3);
    const after = see('histogram-access').getAttribute('d') ?? '';
    expect(after).not.toBe(before);
    const first = (path: string) => path.split('M').slice(1, -1);
    expect(first(after).slice(0, first(before).length)).toEqual(first(before));
  });

  it('stand still with the list', async () => {
    const backend = await open({ ...done, events: 2000 });
    await press('p');
    const asks = asked(backend).length;
    backend.arrive(5);
    await pass(3000);
    expect(asked(backend)).toHaveLength(asks);
    await press('-');
    await press('3');
    expect(asked(backend).at(-1)?.asOf).toBe(2000);
  });

  it('say “at least” until all are counted', async () => {
    const backend = await open({ ...done, events: 300, counting: true });
    expect(words('histogram')).toContain('≥');
    expect(see('facets').textContent).toContain('≥');
    backend.counted();
    await pass();
    expect(words('histogram')).not.toContain('≥');
    expect(see('facets').textContent).not.toContain('≥');
  });

  it('say so where there are none', async () => {
    await open({ ...done, events: 30 });
    await press('/');
    await fireEvent.input(see('query'), { target: { value: 'from:2020-01-01 to:2020-01-02' } });
    await pass();
    expect(words('histogram-empty')).toBe('No events in this time');
  });

  it('can be folded away, which is kept, and then ask nothing', async () => {
    const backend = await open({ ...done, events: 30 });
    await click('histogram-fold');
    expect(maybe('histogram-chart')).toBeNull();
    const asks = asked(backend).length;
    backend.arrive();
    await pass(3000);
    expect(asked(backend)).toHaveLength(asks);
    await press('T');
    expect(document.activeElement).toBe(see('histogram-chart'));
    expect(localStorage.getItem('nexwatch.histogram-folded')).toBe('false');
  });

  it('show the shape of what is awaited, and what went wrong', async () => {
    const backend = await open({ ...done, events: 30, slow: 5000 });
    expect(see('histogram-skeleton')).toBeTruthy();
    // The rows come first.
    await pass(11_000);
    expect(maybe('histogram-skeleton')).toBeNull();
    expect(see('histogram-chart')).toBeTruthy();
    backend.scene.trouble = 'internal';
    backend.tell({ news: 'revised' });
    await pass(6000);
    // What was counted before stays in sight.
    expect(see('histogram-chart')).toBeTruthy();
  });

  it('say what went wrong where nothing was counted yet', async () => {
    await open({ ...done, events: 30, trouble: 'store-unreadable' });
    expect(maybe('histogram-chart')).toBeNull();
    expect(words('histogram')).toMatch(/\.$/);
  });

  it('drop an answer to what is not asked any more', async () => {
    const backend = await open({ ...done, events: 500 });
    backend.scene.slow = 800;
    await fireEvent.click(screen.getByTestId('view-billing'));
    await pass(300);
    backend.scene.slow = 0;
    await fireEvent.click(screen.getByTestId('view-bookings'));
    await pass(2000);
    expect(maybe('histogram-billing')).toBeNull();
    expect(see('histogram-bookings')).toBeTruthy();
  });
});

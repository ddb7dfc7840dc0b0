import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend, type Scene } from '../backend/fake';
import Window from './Window.svelte';

const NOW = Date.UTC(2026, 10, 24, 12);

let backend: FakeBackend;

async function open(scene: Partial<Scene> = {}): Promise<void> {
  backend = new FakeBackend({ events: 500, now: () => NOW, ...scene });
  render(Window, { backend });
  await pass();
}

const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

async function press(key: string, init: KeyboardEventInit = {}): Promise<void> {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
  await pass();
}

async function click(testid: string, index = 0): Promise<void> {
  const element = screen.getAllByTestId(testid)[index];
  if (!element) throw new Error(`there is no ${testid} ${index}`);
  await fireEvent.click(element);
  await pass();
}

const events = () => screen.getAllByTestId('row').map((row) => Number(row.dataset['event']));
const mode = () => screen.getByTestId('follow-badge').dataset['mode'];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  localStorage.clear();
  // jsdom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(640);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a live list', () => {
  it('follows, and says how many there are', async () => {
    await open();
    expect(mode()).toBe('following');
    expect(events()[0]).toBe(500 * 256);
    expect(screen.getByTestId('feed-count').textContent).toBe('500 events');
    backend.arrive(2);
    await pass();
    expect(events()[0]).toBe(502 * 256);
    expect(screen.getByTestId('strip-events').textContent).toBe('502 events kept');
  });

  it('has its rows before anything is counted beside it', async () => {
    await open({ slow: 40 });
    backend.asked.length = 0;
    await fireEvent.input(screen.getByTestId('query'), { target: { value: 'boardroom' } });
    const asked = () => backend.asked.map((question) => question.ask);
    const counts = () => asked().filter((ask) => ask === 'facets' || ask === 'histogram');
    await pass(35);
    expect(asked()).toContain('feed');
    expect(counts()).toEqual([]);
    await pass(30);
    expect(counts().toSorted()).toEqual(['facets', 'histogram']);
  });

  it('stands still while an event is open; a pill counts, a key jumps back', async () => {
    await open();
    await click('row', 3);
    const before = events();
    expect(screen.getByTestId('event-pane').dataset['event']).toBe(String(before[3]));
    backend.arrive(12);
    await pass();
    expect(mode()).toBe('reading');
    expect(events()).toEqual(before);
    expect(screen.getByTestId('pill').textContent?.trim()).toBe('12 new');
    await press('f');
    expect(mode()).toBe('following');
    expect(events()[0]).toBe(512 * 256);
    // What is being read never closes.
    expect(screen.getByTestId('event-pane').dataset['event']).toBe(String(before[3]));
    expect(screen.queryByTestId('pill')).toBeNull();
  });

  it('pauses by key, and says by whom', async () => {
    await open();
    await press('p');
    expect(screen.getByTestId('follow-badge').textContent).toContain('Paused by you');
    await press('p');
    expect(screen.getByTestId('follow-badge').textContent).toContain('Following');
  });

  it('is walked through by key; the open pane goes along', async () => {
    await open();
    await press('j');
    await press('j');
    await press('Enter');
    const [, second, third] = events();
    expect(screen.getByTestId('event-pane').dataset['event']).toBe(String(second));
    await press('ArrowDown');
    expect(screen.getByTestId('event-pane').dataset['event']).toBe(String(third));
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-activedescendant')).toBe('row-2');
    expect(grid.getAttribute('aria-rowcount')).toBe('501');
    await press('Escape');
    expect(screen.queryByTestId('pane')).toBeNull();
    expect(mode()).toBe('following');
    await press('G');
    expect(events().at(-1)).toBe(256);
  });

  it('keeps the open event when another filter hides it', async () => {
    await open();
    await click('row', 0);
    const [first] = events();
    await press('4');
    expect(screen.getByTestId('query')).toHaveProperty('value', 'category:billing');
    expect(events()).not.toContain(first);
    expect(screen.getByTestId('event-pane').dataset['event']).toBe(String(first));
    expect(screen.getByTestId('event-elsewhere')).toBeTruthy();
  });
});

describe('filters', () => {
  it('are the same thing as text, chips and boxes', async () => {
    await open();
    await click('facet-category-bookings');
    expect(screen.getByTestId('query')).toHaveProperty('value', 'category:bookings');
    const query = screen.getByTestId('query');
    await fireEvent.input(query, { target: { value: 'category:bookings flag:repeat' } });
    await pass();
    expect(screen.getByTestId('facet-flag-repeat').dataset['state']).toBe('only');
    const chip = screen.getByTestId('chip-categories');
    await fireEvent.click(within(chip).getByRole('button'));
    await pass();
    expect(query).toHaveProperty('value', 'flag:repeat');
    expect(screen.getByTestId('facet-category-bookings')).toHaveProperty('checked', false);
  });

  it('say what they hide when nothing is left, and go with one key', async () => {
    await open();
    await fireEvent.input(screen.getByTestId('query'), { target: { value: 'nobody' } });
    await pass();
    expect(screen.getByTestId('empty-hidden').textContent).toContain('hides 500 events');
    await press('c');
    expect(screen.queryByTestId('empty')).toBeNull();
    expect(screen.getByTestId('query')).toHaveProperty('value', '');
  });

  it('by time are chosen from a list', async () => {
    await open();
    await press('t');
    await click('range-hour');
    expect(screen.getByTestId('query')).toHaveProperty('value', 'from:-1h');
    expect(screen.getByTestId('time-range').textContent).toContain('Last hour');
    expect(screen.queryByTestId('time-popover')).toBeNull();
  });
});

describe('names hidden', () => {
  it('leaves none on the page, in no title either', async () => {
    await open();
    await click('row', 1);
    await press('h');
    const page = document.body.outerHTML;
    for (const row of backend.rows) {
      expect(page).not.toContain(row.person);
      expect(page).not.toContain('someone@example.org');
    }
    await press('h');
    expect(document.body.textContent).toContain(backend.rows.at(-2)?.person);
  });

  it('is remembered', async () => {
    await open();
    await press('h');
    cleanup();
    await open();
    expect(document.body.outerHTML).not.toContain(backend.rows.at(-1)?.person);
  });
});

describe('a body', () => {
  it('is text, whatever it holds', async () => {
    await open();
    await click('row', 1);
    const body = screen.getByTestId('event-body');
    expect(body.textContent).toContain('<script>alert(1)</script>');
    expect(document.querySelector('main script')).toBeNull();
  });

  it('narrows the list by a value', async () => {
    await open();
    await click('row', 1);
    const line = screen
      .getAllByTestId('body-line')
      .find((one) => one.dataset['path'] === 'BusinessId');
    if (!line) throw new Error('no such line');
    await fireEvent.click(within(line).getByTestId('body-narrow'));
    await pass();
    expect(screen.getByTestId('query')).toHaveProperty(
      'value',
      `location:${backend.rows.at(-2)?.locationId}`,
    );
  });
});

describe('trouble', () => {
  it('is said, with what to do, in place of rows that never came', async () => {
    await open({ trouble: 'store-unreadable' });
    const trouble = screen.getAllByTestId('trouble')[0];
    expect(trouble?.textContent).toContain('The database cannot be read.');
    backend.scene.trouble = null;
    await fireEvent.click(screen.getByText('Try again'));
    await pass();
    expect(events()).not.toHaveLength(0);
  });

  it('with the line is shown, rows stay, and all is asked again afterwards', async () => {
    await open();
    const before = events();
    backend.link(false);
    await pass();
    expect(screen.getByTestId('offline')).toBeTruthy();
    expect(events()).toEqual(before);
    backend.scene.offline = false;
    backend.asked.length = 0;
    backend.link(true);
    await pass();
    expect(screen.queryByTestId('offline')).toBeNull();
    const asked = new Set(backend.asked.map(({ ask }) => ask));
    for (const ask of ['status', 'feed', 'facets'] as const) expect(asked).toContain(ask);
  });

  it('in quarantine calls from the strip, and leads to the secret', async () => {
    await open({ quarantine: 3 });
    await click('strip-quarantine');
    expect(screen.getAllByTestId('quarantine-item')).toHaveLength(3);
    await click('quarantine-secret');
    expect(screen.getByTestId('settings').dataset['tab']).toBe('secrets');
    expect(screen.getByTestId('secret')).toBeTruthy();
  });
});

describe('what lies over the window', () => {
  it('opens by key and keeps the keys to itself', async () => {
    await open();
    await press('?');
    expect(screen.getByTestId('help').textContent).toContain('Hide or show names');
    await press('p');
    expect(mode()).toBe('following');
  });

  it('finds an action by its words and does it', async () => {
    await open();
    await press('k', { ctrlKey: true });
    const text = screen.getByTestId('palette-text');
    await fireEvent.input(text, { target: { value: 'pause' } });
    await fireEvent.keyDown(text, { key: 'Enter' });
    await pass();
    expect(screen.queryByTestId('palette')).toBeNull();
    expect(mode()).toBe('paused');
  });

  it('exports what is seen, as it is seen', async () => {
    await open();
    await press('3');
    await press('p');
    const seen = screen.getByTestId('feed-count').textContent?.split(' ')[0];
    backend.arrive(40);
    await pass();
    await press('e');
    expect(screen.getByTestId('export-rows').textContent).toContain(`${seen} events`);
    await click('column-person');
    await click('export-start');
    const start = backend.asked.find((question) => question.ask === 'export-start');
    expect(start).toMatchObject({
      overwrite: false,
      export: { asOf: 500, format: 'csv', filter: { categories: ['bookings'] } },
    });
    expect(start?.ask === 'export-start' && start.export.columns).not.toContain('person');
    await pass(5000);
    expect(screen.getByTestId('export-state').dataset['state']).toBe('done');
    expect(backend.downloads).toHaveLength(1);
  });

  it('asks for a file in the window, and warns before it replaces one', async () => {
    await open({ place: 'window' });
    await press('e');
    expect(screen.queryByTestId('export-start')).toBeNull();
    await click('export-choose');
    expect(screen.getByTestId('export-exists')).toBeTruthy();
    await click('export-start');
    const start = backend.asked.find((question) => question.ask === 'export-start');
    expect(start).toMatchObject({ overwrite: true });
  });
});

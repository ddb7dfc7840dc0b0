import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';
import type { Span } from '../backend';
import { AskError } from '../backend/door';
import type { FakeBackend, Scene } from '../backend/fake';
import { Picked } from './picked.svelte';

sitDown();

let copied: string[];

const here = (scene: Partial<Scene> = {}): Promise<FakeBackend> =>
  open({ events: 300, guide: { step: 0, done: true }, ...scene });

const row = (index: number) => {
  const found = screen.getAllByTestId('row').find(({ dataset }) => dataset['index'] === `${index}`);
  if (!found) throw new Error(`row ${index} is not drawn`);
  return found;
};

/** Places of the rows that are drawn and selected. */
const selected = () =>
  screen
    .getAllByTestId('row')
    .filter((one) => one.getAttribute('aria-selected') === 'true')
    .map(({ dataset }) => Number(dataset['index']));

const toasts = () => screen.queryAllByTestId('toast').map(({ textContent }) => textContent.trim());

async function clickRow(index: number, init: MouseEventInit = {}): Promise<void> {
  await fireEvent.click(row(index), init);
  await pass();
}

/** Exports what is selected: the spans that the program is told. */
async function exported(backend: FakeBackend): Promise<Span[]> {
  await press('e');
  await click('export-start');
  const start = backend.asked.find(({ ask }) => ask === 'export-start');
  return start?.ask === 'export-start' ? start.export.only : [];
}

beforeEach(() => {
  copied = [];
  vi.stubGlobal('navigator', {
    ...navigator,
    clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
});

describe('rows are selected', () => {
  it('by click with a command key, and as a range with Shift', async () => {
    await here();
    await clickRow(2);
    expect(maybe('selection')).toBeNull();
    await clickRow(5, { ctrlKey: true });
    await clickRow(8, { shiftKey: true });
    expect(selected()).toEqual([2, 5, 6, 7, 8]);
    expect(words('selection-count')).toBe('5 selected');
    expect(screen.getByRole('grid').getAttribute('aria-activedescendant')).toBe('row-8');
    // The pane keeps what is read.
    expect(see('event-pane').dataset['event']).toBe(row(2).dataset['event']);
    await press('Escape');
    expect(selected()).toEqual([2]);
    expect(see('event-pane')).toBeTruthy();
  });

  it('with Shift on a name too, where a browser would open a window', async () => {
    await here();
    await clickRow(1);
    const name = row(4).querySelector('a') as HTMLElement;
    expect(await fireEvent.click(name, { shiftKey: true })).toBe(false);
    await pass();
    expect(selected()).toEqual([1, 2, 3, 4]);
  });

  it('by key, and a key with nothing else chooses again', async () => {
    await here();
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await press('J', { shiftKey: true });
    expect(selected()).toEqual([0, 1, 2]);
    await press('ArrowUp', { shiftKey: true });
    expect(selected()).toEqual([0, 1]);
    await press('End', { shiftKey: true });
    expect(words('selection-count')).toBe('300 selected');
    await press('a', { ctrlKey: true });
    await press('x');
    expect(words('selection-count')).toBe('299 selected');
    await press('k');
    expect(maybe('selection')).toBeNull();
    expect(selected()).toEqual([298]);
  });

  it('not while a person types', async () => {
    await here();
    see('query').focus();
    await press('a', { ctrlKey: true });
    expect(maybe('selection')).toBeNull();
  });
});

describe('selected rows', () => {
  it('are copied as what the list shows', async () => {
    const backend = await here();
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await press('c', { ctrlKey: true });
    expect(toasts()).toEqual(['2 rows copied. A spreadsheet takes them as a table.']);
    const lines = copied[0]?.split('\n').map((line) => line.split('\t'));
    expect(lines).toHaveLength(3);
    expect(lines?.[0]?.slice(0, 3)).toEqual(['happened_at', 'action', 'sentence']);
    expect(lines?.[1]?.[2]).toBe(backend.rows.at(-1)?.sentence);
  });

  it('are not copied while names are hidden', async () => {
    await here();
    await press('h');
    await press('a', { ctrlKey: true });
    await press('c', { ctrlKey: true });
    expect(copied).toEqual([]);
    expect(toasts()[0]).toContain('Names are hidden');
  });

  it('are exported instead where they are too many to copy', async () => {
    await here({ history: 20_000 });
    await press('a', { ctrlKey: true });
    expect((see('selection-copy') as HTMLButtonElement).disabled).toBe(true);
    expect(see('selection-copy').title).toContain('10,000');
    await press('c', { ctrlKey: true });
    expect(copied).toEqual([]);
    expect(toasts()[0]).toContain('Export them instead');
  });

  it('are told to the program as stretches of ids, with what stands under them', async () => {
    const backend = await here({ acts: true });
    const heads = screen
      .getAllByTestId('row')
      .filter((one) => one.querySelector('[data-testid=row-others]'));
    const index = Number(heads[0]?.dataset['index']);
    await clickRow(index);
    await press('x');
    const only = await exported(backend);
    const id = Number(heads[0]?.dataset['event']);
    expect(only[0]).toEqual({ from: id, to: id });
    expect(only.length).toBeGreaterThan(1);
  });

  it('are not replaced by all where they cannot be read', async () => {
    await here();
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    const spans = vi
      .spyOn(Picked.prototype, 'spans')
      .mockRejectedValueOnce(new AskError('store-unreadable', 'disk I/O error'));
    await click('selection-export');
    expect(screen.getByTestId('trouble').textContent).toContain('The database cannot be read.');
    expect(screen.getByTestId<HTMLInputElement>('export-selected').checked).toBe(true);
    expect(screen.getByTestId<HTMLButtonElement>('export-start').disabled).toBe(true);
    await fireEvent.click(screen.getByText('Try again'));
    await pass();
    expect(maybe('trouble')).toBeNull();
    expect(words('export-rows')).toContain('2 events in 2 selected rows');
    expect(screen.getByTestId<HTMLButtonElement>('export-start').disabled).toBe(false);
    expect(spans).toHaveBeenCalledTimes(2);
  });

  it('are exported, or all that there are', async () => {
    const backend = await here();
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await click('selection-export');
    expect(words('export-rows')).toContain('2 events in 2 selected rows');
    await click('export-all');
    expect(words('export-rows')).toContain('300 events in all');
    await click('export-selected');
    await click('export-xlsx');
    await click('export-start');
    const start = backend.asked.find(({ ask }) => ask === 'export-start');
    const newest = backend.rows.at(-1)?.id ?? 0;
    expect(start).toMatchObject({
      export: { format: 'xlsx', bom: false, only: [{ from: newest - 256, to: newest }] },
    });
  });

  it('are exported but for one, wherever the list ends', async () => {
    const backend = await here();
    await press('a', { ctrlKey: true });
    await clickRow(1, { ctrlKey: true });
    expect(words('selection-count')).toBe('299 selected');
    const newest = backend.rows.at(-1)?.id ?? 0;
    expect(await exported(backend)).toEqual([
      { from: newest, to: newest },
      { from: Number.MIN_SAFE_INTEGER, to: newest - 512 },
    ]);
  });

  it('are exported but for the last one', async () => {
    const backend = await here({ events: 3 });
    await press('a', { ctrlKey: true });
    await clickRow(2, { ctrlKey: true });
    expect(words('selection-count')).toBe('2 selected');
    const newest = backend.rows.at(-1)?.id ?? 0;
    expect(await exported(backend)).toEqual([{ from: newest - 256, to: newest }]);
  });

  it('are none when the only one is taken out', async () => {
    await here({ events: 1 });
    await press('a', { ctrlKey: true });
    await clickRow(0, { ctrlKey: true });
    expect(maybe('selection')).toBeNull();
  });

  it('are saved as evidence, at most 500', async () => {
    const backend = await here({ events: 700 });
    await press('a', { ctrlKey: true });
    expect((see('selection-evidence') as HTMLButtonElement).disabled).toBe(true);
    await press('E');
    expect(see('evidence').textContent).toContain('at most 500');
    await press('Escape');
    await fireEvent(see('evidence'), new Event('cancel', { cancelable: true }));
    await press('Escape');
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await click('selection-evidence');
    expect(words('evidence-selected')).toBe('2 selected rows');
    await click('evidence-start');
    const start = backend.asked.find(({ ask }) => ask === 'evidence-start');
    expect(start).toMatchObject({ evidence: { events: [], selected: { only: [{}] } } });
  });
});

describe('the columns', () => {
  const heads = () =>
    [...document.querySelectorAll<HTMLElement>('[data-column]')]
      .filter((one) => one.closest('[data-testid=feed-head]'))
      .map(({ dataset }) => dataset['column']);

  it('are shown, ordered and sized by key', async () => {
    await here();
    await press('l');
    await click('shows-repeats');
    await click('shows-amount');
    see('shows-repeats').focus();
    await press('ArrowUp', { altKey: true });
    await press('ArrowRight', { altKey: true });
    expect(heads()).toEqual(['time', 'what', 'location', 'repeats', 'person']);
    expect(see('columns').textContent).toContain('84 px');
    await click('columns-usual');
    expect(heads()).toEqual(['time', 'what', 'location', 'person', 'amount']);
    await click('shows-what');
    expect(heads()).toContain('what');
  });

  it('hold what their heads say', async () => {
    const backend = await here();
    await press('l');
    for (const name of ['flags', 'resource', 'action', 'entity', 'received', 'repeats']) {
      await click(`shows-${name}`);
    }
    await press('Escape');
    const booked = backend.rows.findLast(({ resource, flags }) => resource && flags.length === 0);
    const text = screen
      .getAllByTestId('row')
      .find(({ dataset }) => dataset['event'] === String(booked?.id))
      ?.textContent.replace(/\s+/g, ' ');
    expect(text).toContain(booked?.resource);
    expect(text).toContain(booked?.actionLabel);
    expect(text).toContain(String(booked?.entityId));
  });
});

describe('going to a place', () => {
  it('takes a moment or a share, and says what is none', async () => {
    await here({ events: 300, history: 1_000_000 });
    await press('g');
    await press('d');
    expect(maybe('go-to')).toBeNull();
    await fireEvent.keyDown(document.body, { key: 'g' });
    await fireEvent.keyDown(document.body, { key: 'd' });
    await pass();
    expect(see('go-to').textContent).toContain('of 1,000,300');
    await fireEvent.input(see('go-to-time'), { target: { value: '' } });
    await fireEvent.submit(see('go-to-time').closest('form') as HTMLFormElement);
    expect(see('go-to').textContent).toContain('Give a date and a time.');
    await fireEvent.input(see('go-to-share'), { target: { value: '50' } });
    await fireEvent.submit(see('go-to-share').closest('form') as HTMLFormElement);
    await pass();
    expect(maybe('go-to')).toBeNull();
    expect(Number(screen.getAllByTestId('row')[6]?.dataset['index'])).toBe(500_150);
  });

  it('waits until the list is counted', async () => {
    await here({ uncounted: true });
    await fireEvent.keyDown(document.body, { key: 'g' });
    await fireEvent.keyDown(document.body, { key: 'd' });
    await pass();
    expect(see('go-to-wait')).toBeTruthy();
  });
});

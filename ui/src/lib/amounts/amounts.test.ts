import { screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';
import type { AmountSum } from '../backend';
import { AskError } from '../backend/door';
import type { FakeBackend, Scene } from '../backend/fake';
import { reasonOf, tableOf, totalOf } from './table';

sitDown();

let copied: string[];

const here = (scene: Partial<Scene> = {}): Promise<FakeBackend> =>
  open({ events: 300, guide: { step: 0, done: true }, ...scene });

const asked = (backend: FakeBackend) =>
  backend.asked.flatMap((question) => (question.ask === 'amounts' ? [question.of] : []));

const lines = () => screen.queryAllByTestId('amounts-line');

beforeEach(() => {
  copied = [];
  vi.stubGlobal('navigator', {
    ...navigator,
    clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
});

describe('amounts', () => {
  it('are those of the list, by key and by button, and nothing is asked before', async () => {
    const backend = await here();
    expect(asked(backend)).toEqual([]);
    await press('$');
    expect(words('amounts')).toMatch(/^Amounts of the events shown/);
    expect(lines().length).toBeGreaterThan(1);
    expect(asked(backend)[0]).toMatchObject({ only: [], filter: { text: '' } });
    await press('Escape');
    expect(maybe('amounts')).toBeNull();
    await click('open-amounts');
    expect(see('open-amounts').getAttribute('aria-expanded')).toBe('true');
    expect(lines().length).toBeGreaterThan(1);
  });

  it('lead to the events of one action', async () => {
    await here();
    await click('open-amounts');
    const action = lines()[0]?.dataset['action'] ?? '';
    (lines()[0]?.querySelector('button') as HTMLElement).click();
    await pass();
    expect(maybe('amounts')).toBeNull();
    await click('open-amounts');
    expect(lines().map(({ dataset }) => dataset['action'])).toEqual([action]);
    // There is nothing left to choose.
    expect(lines()[0]?.querySelector('button')).toBeNull();
  });

  it('are those of the selected rows alone', async () => {
    const backend = await here();
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowDown', { shiftKey: true });
    await click('open-amounts');
    expect(words('amounts')).toMatch(/^Amounts of 3 selected rows/);
    expect(asked(backend).at(-1)?.only).toHaveLength(1);
    await press('Escape');
    expect(words('selection-count')).toBe('3 selected');
  });

  it('grow with a list that follows, and with no other', async () => {
    const backend = await here();
    await click('open-amounts');
    expect(asked(backend)).toHaveLength(1);
    backend.arrive();
    await pass(3000);
    expect(asked(backend).length).toBeGreaterThan(1);
    const before = asked(backend).length;
    await press('Escape');
    backend.arrive();
    await pass(3000);
    expect(asked(backend)).toHaveLength(before);
  });

  it('say that there are none', async () => {
    await here({ events: 0 });
    await click('open-amounts');
    expect(words('amounts')).toMatch(/None of these events has an amount/);
    expect(maybe('amounts-copy')).toBeNull();
  });

  it('say that it takes a while, and what went wrong', async () => {
    const backend = await here();
    const ask = backend.ask.bind(backend);
    const trouble = new AskError('bad-question', 'These are more than a million amounts.');
    vi.spyOn(backend, 'ask').mockImplementation(async (question) => {
      if (question.ask !== 'amounts') return ask(question);
      await new Promise((done) => setTimeout(done, 5000));
      throw trouble;
    });
    await click('open-amounts');
    expect(words('amounts')).toMatch(/Adding up…/);
    await pass(5000);
    expect(words('amounts')).toMatch(/These are more than a million amounts/);
    expect(words('amounts')).not.toMatch(/Adding up…/);
  });

  it('are copied as a table', async () => {
    await here();
    await click('open-amounts');
    await click('amounts-copy');
    const [head, ...rows] = (copied[0] ?? '').split('\n');
    expect(head).toBe('Action\tEvents\tCounted\tTotal\tCurrency');
    expect(rows).toHaveLength(lines().length);
  });
});

describe('a total', () => {
  const sum: AmountSum = {
    action: 'CoworkerInvoicePaid',
    label: 'Invoice paid',
    category: 'billing',
    currency: 'EUR',
    events: 3,
    things: 2,
    total: '12340.50',
    bothSides: false,
  };

  it('is written with its thousands set apart, and plainly in a table', () => {
    expect(totalOf(sum)).toBe('12,340.50');
    expect(tableOf([sum]).split('\n')[1]).toBe('Invoice paid\t3\t2\t12340.50\tEUR');
    expect(reasonOf(sum)).toBeUndefined();
  });

  it('is not made up where there is none', () => {
    const ledger = { ...sum, total: null, bothSides: true };
    expect(totalOf(ledger)).toBe('not added up');
    expect(reasonOf(ledger)).toMatch(/Debits and credits/);
    expect(tableOf([ledger]).split('\n')[1]).toBe('Invoice paid\t3\t2\t\tEUR');
    const named = { ...sum, label: '=1+1\tx' };
    expect(tableOf([named]).split('\n')[1]).toBe("'=1+1 x\t3\t2\t12340.50\tEUR");
    const large = { ...sum, total: null };
    expect(totalOf(large)).toBe('too large to add up');
    expect(reasonOf(large)).toMatch(/exactly/);
  });
});

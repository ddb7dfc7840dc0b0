// The list of gaps as a person reads it.

import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';

sitDown();

const done = { events: 3, guide: { step: 0, done: true } };
const rows = () => screen.getAllByTestId('gap-row');
const focused = () => (document.activeElement as HTMLElement).dataset['gap'];

describe('the list of gaps', () => {
  it('says that there is none, since when', async () => {
    await open({ ...done, gaps: 0 });
    await press('m');
    expect(words('gaps-empty')).toContain('No gaps since 23 Nov 13:00');
    expect(words('gaps-empty')).toContain('Europe/Madrid');
  });

  it('has the open one on top, and it goes on', async () => {
    await open({ ...done, gaps: 3, gap: true });
    await press('m');
    const [first] = rows();
    expect(first?.dataset['open']).toBe('true');
    expect(first?.textContent).toContain('still open');
    const lasted = () => rows()[0]?.querySelector('[data-testid=gap-lasted]')?.textContent;
    const before = lasted();
    await pass(60_000);
    expect(lasted()).not.toBe(before);
  });

  it('tells why, how long, and what arrived later', async () => {
    const backend = await open({ ...done, gaps: 12 });
    await press('m');
    const late = backend.gaps.findIndex(({ arrivedLater }) => arrivedLater > 1);
    const text = rows()[late]?.textContent ?? '';
    expect(text).toContain(
      `${backend.gaps[late]?.arrivedLater} events of that time arrived later.`,
    );
    for (const cause of backend.gaps[late]?.causes ?? []) expect(text).toContain(cause.message);
    expect(words('gaps-sum')).toContain('12 gaps');
  });

  it('is gone through by key, and grows at its end', async () => {
    await open({ ...done, gaps: 120 });
    await press('m');
    await press('ArrowDown');
    expect(focused()).toBe('120');
    await press('j');
    expect(focused()).toBe('119');
    await press('k');
    expect(focused()).toBe('120');
    await press('End');
    expect(focused()).toBe('71');
    await press('ArrowDown');
    expect(focused()).toBe('70');
    expect(rows()).toHaveLength(100);
    await click('gaps-older');
    expect(rows()).toHaveLength(120);
    expect(maybe('gaps-older')).toBeNull();
    expect(see('gaps-end')).toBeTruthy();
    await press('Home');
    expect(focused()).toBe('120');
  });

  it('leads to what there is of that time', async () => {
    const backend = await open({ ...done, gaps: 1 });
    await press('m');
    await click('gap-show');
    const from = new Date(backend.gaps[0]?.from ?? 0).toISOString();
    expect((see('query') as HTMLInputElement).value).toContain(from);
  });

  it('says when it cannot be read, and tries again', async () => {
    const backend = await open({ ...done, gaps: 2 });
    backend.scene.trouble = 'store-unreadable';
    await press('m');
    expect(words('gaps')).toContain('The database cannot be read.');
    backend.scene.trouble = null;
    screen.getByText('Try again').click();
    await pass();
    expect(rows()).toHaveLength(2);
  });
});

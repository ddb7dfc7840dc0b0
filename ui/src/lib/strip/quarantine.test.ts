// Quarantine as a person uses it: looked at, and discarded after a question.

import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { FakeBackend } from '../backend/fake';
import { click, maybe, open, pass, press, see, sitDown, tabTo, words } from '../../test/person';

sitDown();

const scene = { events: 3, guide: { step: 0, done: true }, quarantine: 3 };
const items = () => screen.queryAllByTestId('quarantine-item');
const discarded = (backend: FakeBackend) =>
  backend.asked.filter(({ ask }) => ask === 'discard-quarantine');

async function first(testid: string): Promise<void> {
  const button = screen.getAllByTestId(testid)[0];
  if (!button) throw new Error(`there is no ${testid}`);
  button.focus();
  await press('Enter');
}

describe('a delivery in quarantine', () => {
  it('is looked at: why it is there, its headers, its body', async () => {
    await open(scene);
    await click('strip-quarantine');
    await first('quarantine-look');
    const said = words('quarantine-detail');
    expect(said).toContain('made with another secret');
    expect(said).toContain('/BookingCreate/1420900101');
    expect(said).toContain('NexudusWebhooks/1.0');
    expect(said).toContain('1 private field masked');
    expect(words('quarantine-body')).toContain('1428600003');
    await first('quarantine-look');
    expect(maybe('quarantine-detail')).toBeNull();
  });

  it('shows no body while names are hidden', async () => {
    await open(scene);
    await press('h');
    await click('strip-quarantine');
    await first('quarantine-look');
    expect(maybe('quarantine-body')).toBeNull();
    expect(words('quarantine-detail')).toContain('hidden while names are hidden');
  });

  it('that went meanwhile is said to be gone', async () => {
    const backend = await open(scene);
    await click('strip-quarantine');
    backend.quarantine.items = [];
    await first('quarantine-look');
    expect(words('quarantine-detail')).not.toContain('Route');
    expect(words('quarantine-detail')).not.toBe('');
  });

  it('is discarded after a question, by keyboard', async () => {
    const backend = await open(scene);
    await press('q');
    await first('quarantine-discard');
    expect(words('discard-question')).toContain('deleted for good');
    expect(discarded(backend)).toEqual([]);
    await press('Escape');
    expect(maybe('discard-question')).toBeNull();
    expect(document.activeElement).toBe(screen.getAllByTestId('quarantine-discard')[0]);
    await press('Enter');
    await tabTo('discard-question-yes');
    await press('Enter');
    expect(discarded(backend)).toEqual([
      { ask: 'discard-quarantine', what: { by: 'ids', ids: [3] } },
    ]);
    expect(items()).toHaveLength(2);
    expect(words('quarantine-said')).toBe('1 delivery was discarded.');
    expect(document.activeElement).toBe(see('quarantine-said'));
    expect(words('strip-quarantine')).toContain('2 deliveries');
  });

  it('goes with all others, but not with what has come since', async () => {
    const backend = await open(scene);
    await click('strip-quarantine');
    await click('quarantine-discard-all');
    expect(words('discard-all-question')).toContain('3 deliveries are deleted for good');
    const [newest] = backend.quarantine.items;
    if (!newest) throw new Error('nothing is there');
    backend.quarantine.items = [{ ...newest, id: 9 }, ...backend.quarantine.items];
    await click('discard-all-question-yes');
    expect(discarded(backend)).toEqual([
      { ask: 'discard-quarantine', what: { by: 'upTo', id: 3 } },
    ]);
    expect(words('quarantine-said')).toBe('3 deliveries were discarded.');
    expect(items()).toHaveLength(1);
    await click('quarantine-discard-all');
    await click('discard-all-question-yes');
    expect(items()).toHaveLength(0);
    expect(maybe('strip-quarantine')).toBeNull();
    expect(maybe('quarantine-discard-all')).toBeNull();
  });

  it('stays when it cannot be discarded, and it is said why', async () => {
    const backend = await open(scene);
    await click('strip-quarantine');
    await first('quarantine-discard');
    backend.scene.trouble = 'store-unwritable';
    await click('discard-question-yes');
    await pass();
    expect(items()).toHaveLength(3);
    expect(words('discard-question')).not.toBe('');
    expect(maybe('quarantine-said')).toBeNull();
  });
});

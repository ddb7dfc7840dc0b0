import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Gap } from '../backend';
import { FakeBackend } from '../backend/fake';
import { makeGaps } from '../backend/fake/gaps';
import { GapLedger } from './gaps.svelte';
import { causeTitle, lasted, missing } from './words';

const NOW = Date.UTC(2026, 10, 24, 12);
const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

describe('words', () => {
  it.each([
    [0, 'under a second'],
    [999, 'under a second'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [185_000, '3 min 5 s'],
    [3_600_000, '1 h'],
    [7_800_000, '2 h 10 min'],
    [86_400_000, '1 d'],
    [277_200_000, '3 d 5 h'],
    [400 * 86_400_000, '400 d'],
  ])('%i ms lasted %s', (ms, words) => {
    expect(lasted(ms)).toBe(words);
  });

  it('name each cause, also one that this screen does not know', () => {
    for (const cause of ['closed', 'crash', 'sleep', 'tunnel', 'off', 'listener', 'disk']) {
      expect(causeTitle(cause)).not.toBe(cause);
    }
    expect(causeTitle('flood')).toBe('flood');
  });

  it('say what may be missing', () => {
    const gap: Gap = {
      id: 1,
      from: 0,
      to: 1000,
      causes: [{ at: 0, cause: 'sleep', message: '' }],
      arrivedLater: 0,
    };
    expect(missing(gap)).toBe('What happened then may be missing.');
    expect(missing({ ...gap, arrivedLater: 3 })).toContain('did not send again');
    expect(missing({ ...gap, to: null })).toContain('meanwhile');
    const disk = { at: 0, cause: 'disk', message: '' };
    expect(missing({ ...gap, causes: [disk] })).toContain('503');
    // Asleep as well: then not everything was refused, and not everything comes again.
    expect(missing({ ...gap, causes: [disk, ...gap.causes] })).toContain('may be missing');
  });
});

describe('the ledger', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  async function start(gaps: number, gap = false): Promise<[FakeBackend, GapLedger]> {
    const backend = new FakeBackend({ events: 0, gaps, gap, now: () => NOW });
    const ledger = new GapLedger(backend);
    ledger.load();
    await pass();
    return [backend, ledger];
  }

  const ids = (ledger: GapLedger) => ledger.items.map(({ id }) => id);

  it('comes page by page, newest first, each gap once', async () => {
    const [, ledger] = await start(120);
    expect(ids(ledger)).toHaveLength(50);
    await ledger.older();
    // Asked twice at once: one page.
    await Promise.all([ledger.older(), ledger.older()]);
    expect(ids(ledger)).toEqual(Array.from({ length: 120 }, (_, i) => 120 - i));
    expect(ledger.more).toBe(false);
    await ledger.older();
    expect(ledger.items).toHaveLength(120);
  });

  it('takes a new gap on top, and keeps what is shown below', async () => {
    const [backend, ledger] = await start(120);
    await ledger.older();
    const [newest] = makeGaps(1, true, NOW);
    backend.gaps = [{ ...(newest as Gap), id: 121 }, ...backend.gaps];
    ledger.heard(await backend.ask({ ask: 'status' }));
    await pass();
    expect(ids(ledger)).toEqual(Array.from({ length: 101 }, (_, i) => 121 - i));
    expect(ledger.total).toBe(121);
  });

  it('never shows a list with a hole', async () => {
    const [backend, ledger] = await start(120);
    await ledger.older();
    const more = makeGaps(60, false, NOW).map((gap) => ({ ...gap, id: gap.id + 120 }));
    backend.gaps = [...more, ...backend.gaps];
    ledger.load();
    await pass();
    expect(ids(ledger)).toEqual(Array.from({ length: 50 }, (_, i) => 180 - i));
  });

  it('says when it cannot be read, and keeps what was known', async () => {
    const [backend, ledger] = await start(3);
    backend.scene.trouble = 'store-unreadable';
    ledger.load();
    await pass();
    expect(ledger.trouble?.code).toBe('store-unreadable');
    expect(ledger.items).toHaveLength(3);
    backend.scene.trouble = null;
    ledger.load();
    await pass();
    expect(ledger.trouble).toBeNull();
  });
});

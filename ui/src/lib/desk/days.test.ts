// “Tomorrow” is another day once the clock has gone past midnight.

import { describe, expect, it, vi } from 'vitest';
import { open, pass, sitDown } from '../../test/person';

sitDown();

describe('midnight', () => {
  it('lets what is seen be told anew: by the clock that is shown, once', async () => {
    // 23:59:50 in Madrid.
    vi.setSystemTime(Date.UTC(2026, 10, 24, 22, 59, 50));
    const backend = await open({ guide: { step: 0, done: true }, events: 300 });
    await pass(5000);
    backend.asked.length = 0;
    await pass(3000);
    expect(backend.asked.filter(({ ask }) => ask === 'feed')).toEqual([]);
    await pass(6000);
    expect(backend.asked.filter(({ ask }) => ask === 'feed')).toHaveLength(1);
  });

  it('of another zone is no new day', async () => {
    // 00:59:55 in Madrid, before midnight in UTC.
    vi.setSystemTime(Date.UTC(2026, 10, 24, 23, 59, 55));
    const backend = await open({ guide: { step: 0, done: true }, events: 300 });
    await pass(2000);
    backend.asked.length = 0;
    await pass(10_000);
    expect(backend.asked.filter(({ ask }) => ask === 'feed')).toEqual([]);
  });
});

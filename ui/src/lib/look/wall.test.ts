import { describe, expect, it } from 'vitest';
import { momentOf, wallOf } from './wall';

const ZONE = 'Europe/Madrid';

describe('the clock on the wall', () => {
  it('is read in its zone', () => {
    expect(wallOf(Date.UTC(2026, 10, 24, 13, 3), ZONE)).toBe('2026-11-24T14:03');
    expect(wallOf(Date.UTC(2026, 6, 24, 23, 30), ZONE)).toBe('2026-07-25T01:30');
  });

  it('is a moment, in summer and winter', () => {
    expect(momentOf('2026-11-24T14:03', ZONE)).toBe(Date.UTC(2026, 10, 24, 13, 3));
    expect(momentOf('2026-07-24T14:03', ZONE)).toBe(Date.UTC(2026, 6, 24, 12, 3));
    expect(momentOf('2026-07-24T14:03', 'UTC')).toBe(Date.UTC(2026, 6, 24, 14, 3));
  });

  it('takes the first of an hour that comes twice, and skips one that is left out', () => {
    expect(momentOf('2026-10-25T02:30', ZONE)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(momentOf('2026-03-29T02:30', ZONE)).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });

  it('holds where the day is another one', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      const at = momentOf('2026-01-01T00:00', zone);
      expect(at === null ? null : wallOf(at, zone)).toBe('2026-01-01T00:00');
    }
  });

  it('is none where nothing sensible is written', () => {
    expect(momentOf('', ZONE)).toBeNull();
    expect(momentOf('yesterday', ZONE)).toBeNull();
  });
});

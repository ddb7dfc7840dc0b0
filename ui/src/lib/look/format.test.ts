import { describe, expect, it } from 'vitest';
import { Times, ago, amount, count, counted, exactThere, size } from './format';

const NOON = Date.UTC(2026, 10, 24, 12, 0, 5, 7);
const DAY = 86_400_000;

describe('Times', () => {
  const madrid = new Times('Europe/Madrid');

  it('shows the clock of its zone, not of this computer', () => {
    expect(madrid.clock(NOON)).toBe('13:00:05');
    expect(new Times('Asia/Kolkata').clock(NOON)).toBe('17:30:05');
  });

  it('tells the day only where it is not today', () => {
    expect(madrid.row(NOON, NOON + 1000)).toBe('13:00:05');
    expect(madrid.row(NOON - DAY, NOON)).toBe('23 Nov 13:00');
  });

  it('changes day at the midnight of its zone', () => {
    const beforeMidnight = Date.UTC(2026, 10, 24, 22, 59);
    const after = Date.UTC(2026, 10, 24, 23, 1);
    expect(madrid.dayKey(beforeMidnight)).not.toBe(madrid.dayKey(after));
    expect(new Times('UTC').dayKey(beforeMidnight)).toBe(new Times('UTC').dayKey(after));
  });

  it('names today and yesterday', () => {
    expect(madrid.day(NOON, NOON)).toBe('Today');
    expect(madrid.day(NOON - DAY, NOON)).toBe('Yesterday');
    expect(madrid.day(NOON - 365 * DAY, NOON)).toBe('24 Nov 2025');
    expect(madrid.day(NOON - 2 * DAY, NOON)).toBe('Sun 22 Nov');
  });

  it('keeps milliseconds and zone in the exact time', () => {
    expect(madrid.exact(NOON)).toContain('13:00:05.007');
    expect(madrid.exact(NOON)).toMatch(/CET|GMT\+1/);
  });

  it('falls back to UTC for a zone nobody knows', () => {
    expect(new Times('Mars/Olympus').clock(NOON)).toBe('12:00:05');
  });
});

describe('ago', () => {
  it.each([
    [0, 'now'],
    [-5000, 'now'],
    [12_000, '12 s ago'],
    [60_000, '1 min ago'],
    [59 * 60_000, '59 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [3 * DAY, '3 days ago'],
  ])('%i ms is %s', (past, words) => {
    expect(ago(NOON - past, NOON)).toBe(words);
  });
});

describe('sizes, counts and amounts', () => {
  it.each([
    [0, '0 bytes'],
    [512, '512 bytes'],
    [2100, '2.1 KB'],
    [999_600, '1.0 MB'],
    [48_200_000, '48 MB'],
    [4.2e15, '4200 TB'],
  ])('%d is %s', (bytes, words) => {
    expect(size(bytes)).toBe(words);
  });

  it('counts', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(counted(1, 'event')).toBe('1 event');
    expect(counted(0, 'event')).toBe('0 events');
    expect(counted(2, 'entry', 'entries')).toBe('2 entries');
  });

  it.each([
    ['354.00', '354.00'],
    ['1234567.5', '1,234,567.5'],
    ['-1000', '−1,000'],
    ['0.09000', '0.09000'],
    ['99999999999999999999.99', '99,999,999,999,999,999,999.99'],
    ['n/a', 'n/a'],
  ])('%s is written %s', (decimal, words) => {
    expect(amount(decimal)).toBe(words);
  });
});

describe('a moment by the clock of a place', () => {
  it('says how far that is from UTC', () => {
    const at = Date.UTC(2026, 11, 15, 4, 33, 23);
    expect(exactThere(at, -300)).toBe('Mon, 14 Dec 2026, 23:33:23 UTC−5');
    expect(exactThere(at, 330)).toBe('Tue, 15 Dec 2026, 10:03:23 UTC+5:30');
    expect(exactThere(at, 0)).toBe('Tue, 15 Dec 2026, 04:33:23 UTC');
  });
});

describe('an amount', () => {
  it('has no coins where its currency has none', () => {
    expect(amount('5640.00', 'JPY')).toBe('5,640');
    expect(amount('5640.50', 'JPY')).toBe('5,640.50');
    expect(amount('5640.00', 'EUR')).toBe('5,640.00');
    expect(amount('5640.00', 'no code')).toBe('5,640.00');
    expect(amount('-7.00')).toBe('−7.00');
  });
});

import { describe, expect, it } from 'vitest';
import { LETTERS, Moments, told } from './moments';

const madrid = new Moments('en', 'Europe/Madrid');

describe('a moment', () => {
  it.each([
    ['2026-11-25T10:00:00Z', '25 Nov 2026, 11:00'],
    ['2026-11-25T10:00:00.1234567Z', '25 Nov 2026, 11:00'],
    ['2026-11-25T10:00:30Z', '25 Nov 2026, 11:00:30'],
    ['2026-11-25T10:00:00+02:00', '25 Nov 2026, 09:00'],
    // The clock on the wall stays as it is, and so does a day.
    ['2026-11-25T10:00:00', '25 Nov 2026, 10:00'],
    ['2026-11-25', '25 Nov 2026'],
    ['2026-07-01T22:30:00Z', '2 Jul 2026, 00:30'],
  ])('%s is told as %s', (text, words) => {
    expect(madrid.say(text)).toBe(words);
  });

  it.each(['', 'soon', '2026', '2026-13-45T10:00:00Z', '2026-11-25 and more', '12:30'])(
    '“%s” is none',
    (text) => {
      expect(madrid.say(text)).toBeNull();
    },
  );

  it('is told in the language and zone that are set', () => {
    const spanish = new Moments('es', 'America/New_York');
    expect(spanish.say('2026-01-25T10:00:00Z')).toMatch(/^25 ene 2026, 0?5:00$/);
  });

  it('survives a language and a zone that the browser does not know', () => {
    expect(new Moments('no such', 'Nowhere/Town').say('2026-11-25T10:00:00Z')).toBe(
      '25 Nov 2026, 10:00',
    );
  });
});

describe('a value', () => {
  it.each([
    [null, 'none', 'nothing'],
    ['', 'none', 'nothing'],
    [undefined, 'none', 'nothing'],
    [true, 'yes-no', 'yes'],
    [false, 'yes-no', 'no'],
    [0, 'number', '0'],
    ['<b>x</b>', 'text', '<b>x</b>'],
    ['2026-11-25', 'moment', '25 Nov 2026'],
    [{ a: [1] }, 'json', '{\n "a": [\n  1\n ]\n}'],
  ])('%j is %s', (value, kind, text) => {
    expect(told(value, madrid)).toEqual({ kind, text, short: null });
  });

  it('that is long has a beginning, which never halves a sign', () => {
    const { text, short } = told('🏠'.repeat(LETTERS + 1), madrid);
    expect(Array.from(text)).toHaveLength(LETTERS + 1);
    expect(short).toBe(`${'🏠'.repeat(LETTERS)}…`);
  });

  it('that is deep has its first lines', () => {
    const { short } = told({ list: Array.from({ length: 50 }, (_, i) => i) }, madrid);
    expect(short?.split('\n')).toHaveLength(7);
    expect(short).toMatch(/…$/);
  });
});

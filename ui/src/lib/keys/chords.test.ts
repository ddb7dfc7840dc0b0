import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chords } from './chords';
import type { Action } from './keys';

let done: string[];
let chords: Chords;

const action = (id: string, ...keys: string[]): Action => ({
  id,
  title: id,
  group: 'List',
  keys,
  run: () => done.push(id),
});

const ACTIONS = [action('newest', 'g', 'g g'), action('date', 'g d'), action('next', 'j')];

function press(key: string, init: KeyboardEventInit = {}): boolean {
  return chords.press(ACTIONS, new KeyboardEvent('keydown', { key, ...init }));
}

beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  chords = new Chords();
});

afterEach(() => vi.useRealTimers());

describe('two keys in a row', () => {
  it('mean something else than each alone', () => {
    expect(press('g')).toBe(true);
    expect(done).toEqual([]);
    expect(press('d')).toBe(true);
    vi.runAllTimers();
    expect(done).toEqual(['date']);
  });

  it('may be the same key', () => {
    press('g');
    press('g');
    expect(done).toEqual(['newest']);
    vi.runAllTimers();
    expect(done).toEqual(['newest']);
  });

  it('are waited for, then the first is done', () => {
    press('g');
    vi.runAllTimers();
    expect(done).toEqual(['newest']);
    press('d');
    expect(done).toEqual(['newest']);
  });

  it('that mean nothing together are done one after the other', () => {
    press('g');
    press('j');
    expect(done).toEqual(['newest', 'next']);
  });

  it('are not parted by a key that changes others', () => {
    press('g');
    expect(press('Shift')).toBe(false);
    press('d');
    expect(done).toEqual(['date']);
  });

  it('are forgotten when something else comes first', () => {
    press('g');
    chords.forget();
    vi.runAllTimers();
    press('d');
    expect(done).toEqual([]);
  });
});

describe('one key', () => {
  it('is done at once where none begins with it', () => {
    expect(press('j')).toBe(true);
    expect(done).toEqual(['next']);
    expect(press('z')).toBe(false);
    expect(press('j', { shiftKey: true, ctrlKey: true })).toBe(false);
  });
});

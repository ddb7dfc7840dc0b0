import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { Desk } from '../desk/desk.svelte';
import { actionsOf } from './actions';
import { actionFor, keyOf, keyTitle, searched, type Action } from './keys';

const actions = actionsOf(new Desk(new FakeBackend({ events: 3 })));

function press(key: string, on: Element = document.body, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  let found: Action | undefined;
  const hear = (heard: Event) => {
    found = actionFor(actions, heard as KeyboardEvent);
  };
  document.body.append(on === document.body ? '' : on);
  window.addEventListener('keydown', hear, { once: true });
  on.dispatchEvent(event);
  return found?.id;
}

describe('the list of actions', () => {
  it('gives no key to two actions, and no two actions one id', () => {
    const keys = actions.flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });

  it('has every key that the manners of the list name', () => {
    const keys = new Set(actions.flatMap((action) => action.keys));
    const named =
      'j k ArrowDown ArrowUp Enter Escape / f p e ? g G Home End PageUp PageDown h c Ctrl+k';
    for (const key of named.split(' ')) expect(keys).toContain(key);
  });
});

describe('a key press', () => {
  it('finds its action', () => {
    expect(press('f')).toBe('follow');
    expect(press('p')).toBe('pause');
    expect(press('k', document.body, { ctrlKey: true })).toBe('palette');
    expect(press('k', document.body, { metaKey: true })).toBe('palette');
    expect(press('x')).toBeUndefined();
  });

  it('is text in a field, but for the palette', () => {
    const input = document.createElement('input');
    expect(press('f', input)).toBeUndefined();
    expect(press('k', input, { ctrlKey: true })).toBe('palette');
    const box = document.createElement('input');
    box.type = 'checkbox';
    expect(press('f', box)).toBe('follow');
  });

  it('belongs to the button that has the focus, if buttons use it', () => {
    const button = document.createElement('button');
    expect(press('Enter', button)).toBeUndefined();
    expect(press('f', button)).toBe('follow');
  });

  it('does nothing that cannot be done now', () => {
    expect(press('c')).toBeUndefined();
    expect(press('G')).toBeUndefined();
    expect(press('Enter')).toBeUndefined();
  });

  it('with a command key is the browser’s', () => {
    expect(press('f', document.body, { ctrlKey: true })).toBeUndefined();
  });
});

describe('keys in words', () => {
  it.each([
    ['ArrowDown', '↓'],
    ['Escape', 'Esc'],
    ['Ctrl+k', 'Ctrl + K'],
    ['j', 'j'],
    ['G', 'G'],
    ['?', '?'],
  ])('%s is shown as %s', (key, title) => {
    expect(keyTitle(key)).toBe(title);
  });

  it('name a press as the list does', () => {
    expect(keyOf(new KeyboardEvent('keydown', { key: 'K', ctrlKey: true }))).toBe('Ctrl+k');
    expect(keyOf(new KeyboardEvent('keydown', { key: '?' }))).toBe('?');
  });
});

describe('the palette', () => {
  it('finds by words in any order', () => {
    expect(searched(actions, 'names hide').map(({ id }) => id)).toEqual(['names']);
    expect(searched(actions, '')).toHaveLength(actions.length);
    expect(searched(actions, 'zzz')).toEqual([]);
  });
});

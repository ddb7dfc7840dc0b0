// A view as a person fills it in.

import type { View } from '../backend';

/** Longest name, in letters. */
export const LONGEST_NAME = 60;

/** Longest “about”, in letters. */
export const LONGEST_ABOUT = 300;

/** The colours of views, as the program names them, and in words. */
export const COLOURS: readonly (readonly [colour: string, title: string])[] = [
  ['none', 'No colour'],
  ['blue', 'Blue'],
  ['green', 'Green'],
  ['amber', 'Amber'],
  ['red', 'Red'],
  ['violet', 'Violet'],
  ['teal', 'Teal'],
];

/** A view that is not there yet. */
export const NEW_VIEW: View = Object.freeze({
  id: '',
  name: '',
  about: '',
  query: '',
  columns: [],
  oldestFirst: false,
  colour: 'none',
  badge: true,
  hidden: false,
  shipped: false,
});

/** What is wrong with a name among others; null if nothing is. */
export function nameTrouble(name: string, id: string, views: readonly View[]): string | null {
  const text = name.trim();
  if (text === '') return 'Give it a name.';
  if ([...text].length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} letters.`;
  const same = (other: View) => other.id !== id && fold(other.name) === fold(text);
  return views.some(same) ? 'There is a view of this name already.' : null;
}

const fold = (name: string) => name.trim().toLocaleLowerCase();

/** A name that is not taken: `Bookings`, then `Bookings 2`. */
export function freeName(name: string, views: readonly View[]): string {
  const taken = new Set(views.map((view) => fold(view.name)));
  const stem = name.replace(/ \d+$/, '');
  for (let n = 1; ; n++) {
    const end = n === 1 ? '' : ` ${n}`;
    const tried = [...stem].slice(0, LONGEST_NAME - end.length).join('') + end;
    if (!taken.has(fold(tried))) return tried;
  }
}

/** Words of a badge: nothing for none, at most `99+`. */
export function badgeWords(count: number): string {
  if (count <= 0) return '';
  return count > 99 ? '99+' : String(count);
}

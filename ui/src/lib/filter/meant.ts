// Words that were typed may be those of an action or a category. These stand on the screen, but no event says them, so
// that a search for them finds nothing.

import type { Filter } from '../backend';
import type { Lines } from '../facets/merge';
import { plainWords } from './plain';

/** What a person may have meant. */
export interface Meant {
  /** What the list would show, e.g. `Payment failed` or `Bookings with “ana”`. */
  title: string;
  filter: Filter;
}

/** So many are offered. */
const MOST = 4;
/** A shorter word is no beginning of another. */
const LEAST = 4;

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What the words of a filter may mean, likeliest first; `lines` are the categories and actions that there are. */
export function meant(filter: Filter, lines: Lines): Meant[] {
  const typed = plainWords(filter.text.replaceAll('"', ' '))?.split(' ') ?? [];
  const words = typed.map(folded);
  if (typed.length === 0 || typed[0] === '') return [];

  /** How well a label fits, and which words are left; null if it does not. */
  function fit(label: string): { score: number; rest: string } | null {
    const own = folded(label).split(/[^\p{L}\p{N}]+/u);
    const says = (word: string) =>
      own.some((said) => said === word || (word.length >= LEAST && said.startsWith(word)));
    const left = typed.filter((_, at) => !says(words[at] ?? ''));
    const said = typed.length - left.length;
    const whole = own.every((one) =>
      words.some((word) => one === word || (word.length >= LEAST && one.startsWith(word))),
    );
    // All of the label, or all that was typed.
    if (said === 0 || !(whole || left.length === 0)) return null;
    return { score: said * 2 + (whole ? 1 : 0), rest: left.join(' ') };
  }

  const found: (Meant & { score: number })[] = [];
  const offer = (label: string, chosen: Partial<Filter>) => {
    const fits = fit(label);
    if (!fits) return;
    const { score, rest } = fits;
    const title = rest === '' ? label : `${label} with “${rest}”`;
    found.push({ title, score, filter: { ...filter, text: rest, ...chosen } });
  };
  for (const { category, title, actions } of lines.categories) {
    offer(title, { categories: [category], actions: [] });
    for (const { action, label } of actions) offer(label, { actions: [action], categories: [] });
  }
  found.sort((one, other) => other.score - one.score);
  return found.slice(0, MOST).map(({ title, filter }) => ({ title, filter }));
}

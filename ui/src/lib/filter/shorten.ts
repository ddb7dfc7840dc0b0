// Long texts in little room: the middle goes, because the beginning says what it is and the end what it ends in.

import { graphemes } from '../look/graphemes';

/** A text of at most `most` letters as a person counts them. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = graphemes(text);
  if (letters.length <= most) return text;
  const end = Math.floor((most - 1) / 3);
  return `${letters.slice(0, most - 1 - end).join('')}…${letters.slice(-end).join('')}`;
}

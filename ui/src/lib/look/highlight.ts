// Where the words that are looked for stand in a text: without regard to case, accents and width, as the index finds
// them. A letter is marked as a whole, with all its signs.

import type { Needle } from '../backend';
import { graphemes } from './graphemes';

/** A stretch of a text, in UTF-16 units; `end` is past it. */
export interface Range {
  start: number;
  end: number;
}

/** Finds stretches that are to be marked: in order, without overlap. */
export type Finder = (text: string) => readonly Range[];

const NOTHING: readonly Range[] = [];

/** Finds nothing. */
export const NO_FINDER: Finder = () => NOTHING;

/** Longer texts are marked up to here. */
const LONGEST = 20_000;

/** More words than these are the text of a page. */
const MOST = 64;

/** Letters that stand for others and have no accent that could be taken off. */
const ALIKE: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  ـ: '',
};

/** A letter, a digit, or a sign that belongs to one. */
const WORD = String.raw`[\p{L}\p{N}\p{M}]`;
const IN_A_WORD = new RegExp(WORD, 'u');
const WORDS = new RegExp(`${WORD}+`, 'gu');

/** Accents of alphabets, points of Hebrew and Arabic. The signs of India, Thailand and Japan are sounds: they stay. */
const ACCENTS =
  /(?=[\p{sc=Inherited}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}])(?![\u3099\u309a])\p{Mn}/gu;

/** Scripts without spaces between words, where any part of a run may be a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;

/** A text as it is compared. */
export function folded(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(ACCENTS, '').normalize('NFC');
  let out = '';
  for (const letter of plain) out += ALIKE[letter] ?? letter;
  return out;
}

/** A folded text, and where each of its units comes from. */
interface Folded {
  text: string;
  starts: number[];
  ends: number[];
}

const ASCII = /^[\x20-\x7e]*$/;

function foldedWithPlaces(text: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let out = '';
  let at = 0;
  const letters = ASCII.test(text) ? text : graphemes(text);
  for (const letter of letters) {
    const part = folded(letter);
    const end = at + letter.length;
    for (let i = 0; i < part.length; i++) {
      starts.push(at);
      ends.push(end);
    }
    out += part;
    at = end;
  }
  return { text: out, starts, ends };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The words of a needle, one after the other with whatever is no word between them. */
function patternOf({ text, beginning }: Needle): string | null {
  const words = folded(text).match(WORDS);
  const first = words?.[0];
  const last = words?.at(-1);
  if (!words || !first || !last) return null;
  // Between two letters of an unspaced script there is no border to look for.
  const opens = UNSPACED.test(first) ? '' : `(?<!${WORD})`;
  const closes = beginning || UNSPACED.test(last) ? '' : `(?!${WORD})`;
  return opens + words.map(escaped).join(String.raw`[^\p{L}\p{N}\p{M}]+`) + closes;
}

/** A finder of words; one for all texts that are shown, because it costs more to make than to use. */
export function finderOf(needles: readonly Needle[]): Finder {
  const patterns = needles.slice(0, MOST).flatMap((needle) => patternOf(needle) ?? []);
  if (patterns.length === 0) return NO_FINDER;
  // The longest first: of two that begin in one place it is the one to be seen.
  patterns.sort((a, b) => b.length - a.length);
  const all = patterns.map((pattern) => new RegExp(pattern, 'gu'));
  return (whole) => {
    if (!whole) return NOTHING;
    const { text, starts, ends } = foldedWithPlaces(
      whole.length > LONGEST ? whole.slice(0, LONGEST) : whole,
    );
    const found: Range[] = [];
    for (const pattern of all) {
      for (const match of text.matchAll(pattern)) {
        const start = starts[match.index];
        const end = ends[match.index + match[0].length - 1];
        if (start !== undefined && end !== undefined) found.push({ start, end });
      }
    }
    return joined(found);
  };
}

/** Finds the beginning of any word, or any part of it: for a list of what could be typed. */
export function partFinder(typed: string): Finder {
  const part = folded(typed).trim();
  if (part === '') return NO_FINDER;
  return (whole) => {
    const { text, starts, ends } = foldedWithPlaces(whole);
    let at = -1;
    do {
      at = text.indexOf(part, at + 1);
    } while (at > 0 && IN_A_WORD.test(text[at - 1] ?? '') && text.indexOf(part, at + 1) >= 0);
    const start = starts[at];
    const end = ends[at + part.length - 1];
    return start === undefined || end === undefined ? NOTHING : [{ start, end }];
  };
}

function joined(found: Range[]): readonly Range[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const out: Range[] = [];
  for (const range of found) {
    const last = out.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else out.push({ ...range });
  }
  return out;
}

/** A piece of a text, marked or not. */
export interface Part {
  text: string;
  marked: boolean;
}

/** A stretch of a text in parts; `ranges` are those of the whole text. */
export function partsOf(
  text: string,
  ranges: readonly Range[],
  from = 0,
  to = text.length,
): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const { start, end } of ranges) {
    if (end <= at || start >= to) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(Math.max(at, start), Math.min(end, to)), marked: true });
    at = Math.min(end, to);
  }
  if (at < to) parts.push({ text: text.slice(at, to), marked: false });
  return parts;
}

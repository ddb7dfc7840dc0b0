// Letters as a person counts them: an emoji of a family, a letter with its accents and signs is one.

const SEGMENTER =
  typeof Intl.Segmenter === 'function'
    ? new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    : null;

/** Near enough for browsers that do not know better. */
const LETTER = /\r\n|\P{M}(?:\p{M}|\u200d\P{M}|[\u{1f3fb}-\u{1f3ff}])*|\p{M}+/gu;

/** A text's letters. */
export function graphemes(text: string): string[] {
  if (!SEGMENTER) return text.match(LETTER) ?? [];
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

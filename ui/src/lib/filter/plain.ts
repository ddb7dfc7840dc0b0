// Most of what is typed is words. What they mean is known without asking.

/** Letters, marks and digits alone: nothing that the language could take for more. */
const PLAIN = /^[\p{L}\p{M}\p{N}\s]*$/u;

const OPERATORS = /(^|\s)(and|or|not)(\s|$)/i;

/** A text longer than this may be refused. */
const LONGEST = 200;

/** The words of a text that is nothing but words, with single spaces; null for any other. */
export function plainWords(text: string): string | null {
  if (text.length > LONGEST || !PLAIN.test(text) || OPERATORS.test(text)) return null;
  return text.trim().replace(/\s+/g, ' ');
}

// The language of the query box by examples. Each can be asked as it stands, whatever was received.

/** Something to ask, and what it asks for. */
export interface Example {
  text: string;
  means: string;
}

/** Examples of one kind. */
export interface Chapter {
  title: string;
  examples: readonly Example[];
}

/** All of it, on one screen. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'Words',
    examples: [
      { text: 'ana blue', means: 'both words, with or without accents' },
      { text: '"blue room"', means: 'these words as they stand' },
      { text: 'invo*', means: 'words that begin so, as the last one always may' },
    ],
  },
  {
    title: 'Fields',
    examples: [
      { text: 'category:billing', means: 'a group of actions' },
      { text: 'action:(BookingCreate, BookingUpdate)', means: 'any of these' },
      { text: 'person:"Ana Ruiz"', means: 'a part of the name; location: likewise' },
      { text: 'flag:repeat', means: 'a mark' },
      { text: 'changed:FromTime', means: 'this field differs from before' },
    ],
  },
  {
    title: 'Together',
    examples: [
      { text: 'category:bookings flag:repeat', means: 'both: AND may be left out' },
      { text: 'category:billing OR flag:repeat', means: 'one of them, or both' },
      { text: '-category:access', means: 'all but these; so does NOT' },
      { text: '(refused OR failed) -flag:sample', means: 'brackets keep together' },
    ],
  },
  {
    title: 'Amounts and time',
    examples: [
      { text: 'amount:>100', means: 'also <, >=, <= and 100..250' },
      { text: 'at:today', means: 'also yesterday, a day, a month' },
      { text: 'at:last 2h', means: 'also 30m, 7d, 2w' },
      { text: 'at:2026-11-01..2026-11-07', means: 'from one day to another, both included' },
    ],
  },
  {
    title: 'The body itself',
    examples: [
      { text: 'body.Notes:*', means: 'this field is there' },
      { text: 'body.Online:true', means: 'it says this' },
      { text: 'body.Teams.*.Name:"Blue"', means: 'in any item of a list' },
    ],
  },
];

/** A text with an example added to it: both must hold. */
export function withExample(text: string, example: string): string {
  const before = text.trim();
  if (before === '') return example;
  const both = [before, example].map((part) => (/\sOR\s/.test(part) ? `(${part})` : part));
  return both.join(' ');
}

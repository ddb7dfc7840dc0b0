// How each category looks: a colour, and a shape for eyes that do not see the colour.

/** The look of a category: a class of colour, and strokes in a square of 16 by 16. */
export interface Look {
  hue: string;
  strokes: readonly string[];
}

const PERSON = 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z';

const LOOKS: Record<string, Look> = {
  access: {
    hue: 'sky',
    strokes: ['M7 2.5h5.5v11H7', 'M2.5 8h6.5', 'M6.5 5.5 9 8l-2.5 2.5'],
  },
  bookings: {
    hue: 'blue',
    strokes: ['M2.5 4h11v9.5h-11z', 'M2.5 7h11', 'M5.5 2.2v3', 'M10.5 2.2v3'],
  },
  visitors: {
    hue: 'purple',
    strokes: [
      'M3.5 3.5h9v10h-9z',
      'M6.5 2v1.5h3V2',
      'M8 8.6a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8z',
      'M5.6 11.6c.4-1.2 1.3-1.7 2.4-1.7s2 .5 2.4 1.7',
    ],
  },
  deliveries: {
    hue: 'orange',
    strokes: ['M2.5 5 8 2.2 13.5 5v6L8 13.8 2.5 11z', 'M2.5 5 8 7.8 13.5 5', 'M8 7.8v6'],
  },
  customers: { hue: 'green', strokes: [PERSON, 'M3 13.5c.5-2.6 2.4-3.8 5-3.8s4.5 1.2 5 3.8'] },
  contracts: {
    hue: 'olive',
    strokes: ['M4 2.5h5.5l2.5 2.5v8.5H4z', 'M6.2 7.5h3.6', 'M6.2 10.2h3.6'],
  },
  billing: { hue: 'vermilion', strokes: ['M2 4h12v8.5H2z', 'M2 7h12', 'M4.5 10h2.5'] },
  proposals: { hue: 'olive', strokes: ['M3 13l.7-2.9 7-7 2.2 2.2-7 7z', 'M9 4.8l2.2 2.2'] },
  teams: {
    hue: 'green',
    strokes: [
      'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
      'M1.8 13c.4-2.5 2-3.6 4.2-3.6s3.8 1.1 4.2 3.6',
      'M10.2 3.3a2.2 2.2 0 0 1 0 4.1',
      'M11.8 9.7c1.4.5 2.2 1.6 2.4 3.3',
    ],
  },
  'help-desk': {
    hue: 'sky',
    strokes: [
      'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
      'M6.4 6.4A1.7 1.7 0 1 1 8 8.7v.6',
      'M8 11.3v.2',
    ],
  },
  messages: { hue: 'blue', strokes: ['M2 4h12v8.5H2z', 'M2.5 4.8 8 9l5.5-4.2'] },
  events: {
    hue: 'purple',
    strokes: ['M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9-2.9-2.7 3.9-.5z'],
  },
  community: { hue: 'orange', strokes: ['M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z'] },
  content: {
    hue: 'grey',
    strokes: ['M2.5 3h11v10h-11z', 'M5 6h6', 'M5 8.5h6', 'M5 11h3.5'],
  },
  inventory: {
    hue: 'grey',
    strokes: ['M2.5 2.5h11v11h-11z', 'M8 2.5v5', 'M2.5 7.5h7', 'M9.5 13.5v-3'],
  },
  location: {
    hue: 'green',
    strokes: [
      'M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 1 0-9 0C3.5 9.8 8 14 8 14z',
      'M8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
    ],
  },
};

const OTHER: Look = { hue: 'grey', strokes: ['M3.5 8h.1', 'M8 8h.1', 'M12.5 8h.1'] };

/** The look of a category by its slug. */
export function lookOf(slug: string): Look {
  return LOOKS[slug] ?? OTHER;
}

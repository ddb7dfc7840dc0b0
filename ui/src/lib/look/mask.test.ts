import { describe, expect, it } from 'vitest';
import { makeRow } from '../backend/fake/rows';
import { pieces } from './isolate';
import { bodyValueOf, factOf, MASK, nameOf, sentenceOf } from './mask';

describe('names hidden', () => {
  it('leaves no name in any sentence', () => {
    for (let n = 1; n < 500; n++) {
      const row = makeRow(n, 0);
      expect(sentenceOf(row, false)).toBe(row.sentence);
      const shown = sentenceOf(row, true);
      for (const name of [row.person, 'Ada Obi']) expect(shown).not.toContain(name);
      expect(shown).toContain(row.actionLabel);
    }
  });

  it('does not tell how long a name is', () => {
    expect(nameOf('Li', true)).toBe(nameOf('Maximiliana Theodora', true));
    expect(nameOf(null, true)).toBe('');
  });

  it('hides persons, contacts and free text among the facts, not times, money and kinds', () => {
    const fact = (kind: Parameters<typeof factOf>[0]['kind'], value: string, label = 'Notes') =>
      factOf({ label, value, kind, ahead: null }, true);
    expect(fact('person', 'Ana')).toBe(MASK);
    expect(fact('contact', 'ana@example.org')).toBe(MASK);
    expect(fact('text', 'Ask Ana')).toBe(MASK);
    expect(fact('text', 'Board Room', 'Room')).toBe('Board Room');
    expect(fact('text', 'yes', 'Tentative')).toBe('yes');
    expect(fact('time', '1790000000000')).toBe('1790000000000');
    expect(fact('money', '35.50 GBP')).toBe('35.50 GBP');
  });

  it('hides every text of a body but times', () => {
    expect(bodyValueOf('Ana', true)).toBe(MASK);
    expect(bodyValueOf('2026-11-24T09:12:33.1234567Z', true)).toBe('2026-11-24T09:12:33.1234567Z');
    expect(bodyValueOf('2026-11-24 Ana', true)).toBe(MASK);
    expect(bodyValueOf('Ana', false)).toBe('Ana');
  });
});

describe('names that run the other way', () => {
  it('are set apart wherever they occur', () => {
    expect(pieces('نور booked A for נור, said نور', ['نور', 'A', null])).toEqual([
      { text: 'نور', name: true },
      { text: ' booked A for נור, said ', name: false },
      { text: 'نور', name: true },
    ]);
  });

  it('cost nothing where there are none', () => {
    expect(pieces('Ana booked A', ['Ana'])).toEqual([{ text: 'Ana booked A', name: false }]);
  });
});

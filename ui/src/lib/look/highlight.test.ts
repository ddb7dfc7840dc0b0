import { describe, expect, it } from 'vitest';
import type { Needle } from '../backend';
import { finderOf, folded, NO_FINDER, partFinder, partsOf } from './highlight';

const word = (text: string): Needle => ({ text, beginning: false });
const beginning = (text: string): Needle => ({ text, beginning: true });

/** What is marked of a text. */
function marked(text: string, ...needles: Needle[]): string[] {
  return finderOf(needles)(text).map(({ start, end }) => text.slice(start, end));
}

describe('what is looked for', () => {
  it.each([
    ['JOSÉ Ibáñez booked', word('jose'), ['JOSÉ']],
    ['José', word('josé'), ['José']],
    ['Łukasz Żółć', word('lukasz'), ['Łukasz']],
    ['Zoë Ødegård', word('odegard'), ['Ødegård']],
    ['Đorđe', word('dorde'), ['Đorđe']],
    ['Große Straße', word('strasse'), ['Straße']],
    ['STRASSE', word('straße'), ['STRASSE']],
    ['İstanbul', word('istanbul'), ['İstanbul']],
    ['Αθηνά ΠΑΠΑΔΟΠΟΥΛΟΣ', word('παπαδόπουλος'), ['ΠΑΠΑΔΟΠΟΥΛΟΣ']],
    ['Анна Ковалёва', word('ковалева'), ['Ковалёва']],
    ['ＡＢＣ１２３ desk', word('abc123'), ['ＡＢＣ１２３']],
    ['Nguyễn Thị', word('nguyen'), ['Nguyễn']],
  ])('is found in %s whatever its accents, case and width', (text, needle, found) => {
    expect(marked(text, needle)).toEqual(found);
  });

  it('is a whole word, or the beginning of one', () => {
    expect(marked('Anabel, Ana and Diana', word('ana'))).toEqual(['Ana']);
    expect(marked('Anabel, Ana and Diana', beginning('ana'))).toEqual(['Ana', 'Ana']);
    expect(marked('INV-20418', word('20418'))).toEqual(['20418']);
    expect(marked('INV-20418', beginning('204'))).toEqual(['204']);
  });

  it('may be several words as they stand, whatever lies between', () => {
    expect(marked('the Blue  Room, a blue-room', word('blue room'))).toEqual([
      'Blue  Room',
      'blue-room',
    ]);
    expect(marked('blue rooms', word('blue room'))).toEqual([]);
    expect(marked('blue rooms', beginning('blue room'))).toEqual(['blue room']);
  });

  it.each([
    ['Arabic, with its points', 'حجز نُور الهاشمي غرفة', word('نور'), ['نُور']],
    ['Arabic, drawn out', 'نـــور', word('نور'), ['نـــور']],
    ['Hebrew', 'שָׁלוֹם יעל', word('שלום'), ['שָׁלוֹם']],
    ['Thai, by any part', 'คุณสมชายใจดี', word('สมชาย'), ['สมชาย']],
    ['Japanese, by any part', '山田花子さんが予約', word('花子'), ['花子']],
    ['Japanese, half width', 'ｶﾞｰﾄﾞ', word('ガード'), ['ｶﾞｰﾄﾞ']],
    ['Chinese, by any part', '北京市朝阳区', beginning('朝阳'), ['朝阳']],
    ['Korean, by any part', '김민준이 예약', word('민준'), ['민준']],
    ['Hindi, with its vowels', 'आर्या शर्मा', word('शर्मा'), ['शर्मा']],
  ])('is found in %s', (_, text, needle, found) => {
    expect(marked(text, needle)).toEqual(found);
  });

  it('is not another sound of the same letter', () => {
    expect(marked('かき', word('が'))).toEqual([]);
    expect(marked('का', word('कि'))).toEqual([]);
  });

  it('never splits what a person sees as one letter', () => {
    const texts = [
      'Zoë\u0301\u0323 👩‍👩‍👧‍👦Ana🏳️‍🌈 José',
      'e\u0301e\u0301e e👍🏽e',
      'ﬁnance ﬀ ½ ǅ',
      'สมชาย ใจดี กำ',
      'نُورٌ',
      '각각 가ᄀ',
    ];
    const needles = ['e', 'f', 'fi', 'ana', 'jose', 'd', 'ก', 'ن', '각', '1', 'สม', '👍', 'ใจ'];
    for (const text of texts) {
      const borders = new Set([text.length]);
      for (const { index } of new Intl.Segmenter().segment(text)) borders.add(index);
      for (const needle of needles) {
        for (const kind of [word(needle), beginning(needle)]) {
          for (const { start, end } of finderOf([kind])(text)) {
            expect(borders.has(start) && borders.has(end), `${needle} in ${text}`).toBe(true);
            expect(end).toBeGreaterThan(start);
          }
        }
      }
    }
    expect(marked('ﬁnance', beginning('f'))).toEqual(['ﬁ']);
  });

  it('is marked once where several find it', () => {
    expect(marked('blue room', word('blue'), word('blue room'), beginning('ro'))).toEqual([
      'blue room',
    ]);
  });

  it('means nothing by itself to the one who looks', () => {
    expect(marked('a (b) [c] .* \\d $', word('.*'), word('(b'), beginning('[c]'))).toEqual([
      'b',
      'c',
    ]);
    expect(finderOf([word(''), word('…'), word('—')])).toBe(NO_FINDER);
    expect(finderOf([])).toBe(NO_FINDER);
  });

  it('costs little in a long text', () => {
    const text = 'aaaa '.repeat(100_000);
    expect(finderOf([word('aaaa aaaa aaaa aaab')])(text)).toEqual([]);
  });
});

describe('what was typed of a completion', () => {
  const part = (typed: string, text: string) =>
    partFinder(typed)(text).map(({ start, end }) => text.slice(start, end));

  it('is found at the beginning of a word first', () => {
    expect(partFinder('an')('Diana Anders')).toEqual([{ start: 6, end: 8 }]);
    expect(part('ibane', 'José Ibáñez')).toEqual(['Ibáñe']);
    expect(part('ian', 'Diana')).toEqual(['ian']);
    expect(part('x', 'Diana')).toEqual([]);
    expect(part('', 'Diana')).toEqual([]);
  });
});

describe('parts', () => {
  it('are the whole text, in order', () => {
    const ranges = [
      { start: 2, end: 4 },
      { start: 6, end: 9 },
    ];
    expect(partsOf('0123456789', ranges)).toEqual([
      { text: '01', marked: false },
      { text: '23', marked: true },
      { text: '45', marked: false },
      { text: '678', marked: true },
      { text: '9', marked: false },
    ]);
    expect(partsOf('0123456789', ranges, 3, 7).map(({ text }) => text)).toEqual(['3', '45', '6']);
    expect(partsOf('', ranges)).toEqual([]);
  });

  it('are compared as folded', () => {
    expect(folded('ÀÉÎõü ß Æ')).toBe('aeiou ss ae');
  });
});

import { describe, expect, it } from 'vitest';
import { parse } from '../backend/fake/language';
import type { Filter } from '../backend';
import { chipsOf, type Names } from './chips';
import {
  cycledFlag,
  EVERYTHING,
  isEverything,
  isWithin,
  sameFilter,
  toggled,
  withPerson,
} from './model';
import { monthsOf, rangeOf, rangeTitle, rangeTrouble, withRange } from './range';
import { write } from './write';

const names: Names = {
  view: () => null,
  category: (slug) => `Category ${slug}`,
  action: (name) => `Action ${name}`,
  location: (id) => `Location ${id}`,
  entity: (name) => name,
  resource: (id) => `Resource ${id}`,
  person: (kind, id) => `${kind} ${id}`,
};

const ANA = { by: 'id', kind: 'customer', id: 7, name: 'Ana "la jefa" Ruiz' } as const;

const FULL: Filter = {
  also: ['(amount:>100 OR flag:repeat)', 'NOT person:ana', 'body.CustomFields.x:"Gold"'],
  text: 'blue room',
  categories: ['bookings', 'billing'],
  actions: ['BookingCreate', 'Booking?', 'An odd, (new) one'],
  locations: [0, 1420900101],
  persons: [ANA, { by: 'name', name: 'José Ángel' }],
  from: '-7d',
  to: '2026-11-24T10:00',
  flags: ['repeat'],
  withoutFlags: ['sample', 'maybe-repeat'],
  entity: { name: 'Booking', id: 1428600004 },
  resource: { id: 1200000002, name: 'Blue Room' },
  changed: ['FromTime', 'ToTime'],
};

describe('a filter', () => {
  it('is the same whatever the order of its alternatives', () => {
    expect(sameFilter(FULL, { ...FULL, categories: ['billing', 'bookings'] })).toBe(true);
    expect(sameFilter(FULL, { ...FULL, categories: ['billing'] })).toBe(false);
    expect(sameFilter(FULL, { ...FULL, entity: null })).toBe(false);
    expect(sameFilter(FULL, { ...FULL, also: FULL.also.slice(1) })).toBe(false);
    expect(sameFilter({ ...EVERYTHING, from: '' }, EVERYTHING)).toBe(true);
    expect(isEverything({ ...EVERYTHING, text: '  ' })).toBe(true);
  });

  it('knows a person by id, whatever the name', () => {
    const one = withPerson(EVERYTHING, ANA);
    expect(withPerson(one, { ...ANA, name: 'Ana R.' }).persons).toHaveLength(1);
  });

  it('is never changed in place', () => {
    const before = structuredClone(FULL);
    toggled(FULL, 'categories', 'bookings');
    cycledFlag(FULL, 'repeat');
    expect(FULL).toEqual(before);
  });

  it('is within another that asks for no more', () => {
    const story = { ...EVERYTHING, persons: [ANA] };
    expect(isWithin(story, story)).toBe(true);
    expect(isWithin({ ...story, flags: ['repeat'], text: 'blue' }, story)).toBe(true);
    expect(isWithin(FULL, { ...EVERYTHING, text: 'room', flags: ['repeat'] })).toBe(true);
    expect(isWithin({ ...story, persons: [] }, story)).toBe(false);
    expect(isWithin({ ...story, persons: [ANA, { ...ANA, id: 8 }] }, story)).toBe(false);
    expect(isWithin(FULL, { ...EVERYTHING, resource: { id: 1, name: '' } })).toBe(false);
    expect(isWithin(FULL, { ...EVERYTHING, entity: { name: 'Visitor', id: 1428600004 } })).toBe(
      false,
    );
    expect(isWithin(FULL, EVERYTHING)).toBe(true);
    expect(isWithin(FULL, { ...EVERYTHING, also: ['NOT person:ana'] })).toBe(true);
    expect(isWithin(story, { ...EVERYTHING, also: ['NOT person:ana'] })).toBe(false);
  });

  it('takes a mark through wanted, unwanted and indifferent', () => {
    const wanted = cycledFlag(EVERYTHING, 'repeat');
    expect([wanted.flags, wanted.withoutFlags]).toEqual([['repeat'], []]);
    const unwanted = cycledFlag(wanted, 'repeat');
    expect([unwanted.flags, unwanted.withoutFlags]).toEqual([[], ['repeat']]);
    expect(isEverything(cycledFlag(unwanted, 'repeat'))).toBe(true);
  });
});

describe('a filter as text', () => {
  it.each([
    ['nothing', EVERYTHING],
    ['everything at once', FULL],
    ['words that look like a field', { ...EVERYTHING, text: 'note: (later)' }],
    ['words that look like an operator', { ...EVERYTHING, text: 'this OR that' }],
  ])('%s comes back the same', (_, filter) => {
    const { filter: read, error } = parse(write(filter));
    expect(error).toBeNull();
    expect(read && sameFilter(read, filter)).toBe(true);
    expect(read?.persons).toEqual(filter.persons);
  });

  it('is short', () => {
    expect(write({ ...EVERYTHING, categories: ['bookings'], text: 'ana' })).toBe(
      'category:bookings ana',
    );
    expect(write({ ...EVERYTHING, locations: [0] })).toBe('location:none');
    expect(write({ ...EVERYTHING, flags: ['a', 'b'] })).toBe('flag:(a, b)');
  });
});

describe('a filter as chips', () => {
  it('has one for each field that is set', () => {
    expect(chipsOf(FULL, names).map((chip) => chip.id)).toEqual([
      'categories',
      'actions',
      'locations',
      'person-customer-7',
      'person-José Ángel',
      'entity',
      'resource',
      'changed',
      'flag-repeat',
      'not-sample',
      'not-maybe-repeat',
      'time',
      'also-0',
      'also-1',
      'also-2',
      'text',
    ]);
    expect(chipsOf(EVERYTHING, names)).toEqual([]);
  });

  it('loses just that field with a chip, and all of it with all of them', () => {
    const texts = chipsOf(FULL, names).map((chip) => chip.without);
    expect(texts[0]).toEqual({ ...FULL, categories: [] });
    expect(texts[3]?.persons).toEqual([FULL.persons[1]]);
    let filter = FULL;
    for (let left = 20; left > 0; left--) {
      const [chip] = chipsOf(filter, names);
      if (!chip) break;
      filter = chip.without;
    }
    expect(isEverything(filter)).toBe(true);
  });

  it('shows two values and how many more', () => {
    const [, actions] = chipsOf(FULL, names);
    expect(actions?.value).toBe('Action BookingCreate or Action Booking? +1');
    expect(actions?.all).toContain('An odd, (new) one');
  });

  it('shows a condition as it is written, without its middle where it is long', () => {
    const long = `(${'amount:>100 OR '.repeat(6)}person:"Zoë 👩‍👩‍👧‍👦")`;
    const [chip] = chipsOf({ ...EVERYTHING, also: [long] }, names);
    expect(chip).toMatchObject({ label: '', all: long, text: long, person: true });
    expect(Array.from(new Intl.Segmenter().segment(chip?.value ?? ''))).toHaveLength(48);
    expect(chip?.value).toMatch(/^\(amount:>100 OR .*….*👩‍👩‍👧‍👦"\)$/u);
    const [short] = chipsOf({ ...EVERYTHING, also: ['NOT flag:repeat'] }, names);
    expect(short?.value).toBe('NOT flag:repeat');
  });

  it('shows a view of many actions by its name', () => {
    const filter = { ...EVERYTHING, actions: ['CheckinCreated', 'CheckinUpdated'], locations: [5] };
    const known: Names = {
      ...names,
      view: ({ actions }) => (actions.length === 2 ? 'Front desk' : null),
    };
    const chips = chipsOf(filter, known);
    expect(chips.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'View Front desk',
      'Location Location 5',
    ]);
    expect(chips[0]?.without).toEqual({ ...EVERYTHING, locations: [5] });
    // One action says more than the name of a view.
    const [one] = chipsOf({ ...EVERYTHING, actions: ['CheckinCreated'] }, known);
    expect(one?.label).toBe('Action');
  });

  it('knows what may be a person’s name', () => {
    const persons = chipsOf(FULL, names).filter((chip) => chip.person);
    expect(persons.map(({ label }) => label)).toEqual(['Person', 'Person', '', '', '', 'Text']);
  });
});

describe('time ranges', () => {
  it.each([
    [null, null, 'Any time'],
    ['today', null, 'Today'],
    ['-7d', null, 'Last 7 days'],
    ['yesterday', 'yesterday', 'Yesterday'],
    ['yesterday', null, 'Since yesterday'],
    ['2026-11', '2026-11', 'November 2026'],
    ['2026-11', '2026-12', 'November 2026 – December 2026'],
    ['-2h', null, 'Since 2 hours ago'],
    [null, '-1d', 'Until 1 day ago'],
    ['2026-11-24T08:00', '2026-11-24T10:00', '2026-11-24 08:00 – 2026-11-24 10:00'],
    ['2026-11-24', '2026-11-24', '2026-11-24'],
    [
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25 02:00 (+02:00) – 2026-10-25 02:00 (+01:00)',
    ],
  ])('%s to %s reads %s', (from, to, title) => {
    const filter = withRange(EVERYTHING, from, to);
    expect(rangeTitle(filter)).toBe(title);
    expect(rangeOf(filter)?.title ?? title).toBe(title);
  });

  it('offers the month of a day and the one before', () => {
    const months = (day: string) => monthsOf(day).map(({ title, from, to }) => [title, from, to]);
    expect(months('2026-11-24')).toEqual([
      ['November 2026', '2026-11', '2026-11'],
      ['October 2026', '2026-10', '2026-10'],
    ]);
    expect(months('2026-01-31').map(([title]) => title)).toEqual(['January 2026', 'December 2025']);
  });

  it('must have an end after its beginning', () => {
    expect(rangeTrouble('', '')).not.toBeNull();
    expect(rangeTrouble('2026-11-24T10:00', '2026-11-24T09:00')).not.toBeNull();
    expect(rangeTrouble('2026-11-24T09:00', '2026-11-24T10:00')).toBeNull();
    expect(rangeTrouble('', '2026-11-24T10:00')).toBeNull();
  });
});

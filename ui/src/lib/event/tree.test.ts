import { describe, expect, it } from 'vitest';
import { makeBody, makeRow } from '../backend/fake/rows';
import { EVERYTHING } from '../filter/model';
import { byEntity, byLocation, byPerson, byValue } from './narrow';
import { CHUNK, isEmpty, linesOf, pathOf, textOf, valueAt, type Opened } from './tree';

function opened(open: string[] = [], more: Partial<Opened> = {}): Opened {
  return {
    has: (path) => open.includes(path),
    shown: () => CHUNK,
    empty: false,
    search: '',
    ...more,
  };
}

const BODY = {
  Id: 1,
  Name: 'José <script>alert(1)</script>',
  Nothing: null,
  None: '',
  Teams: [{ Name: 'Blue', Size: 0 }, { Name: 'Red' }],
  'Custom field "1"': { 'a.b': [true, false] },
};

describe('a body as lines', () => {
  it('shows the top, and leaves out what says nothing', () => {
    const lines = linesOf(BODY, opened());
    expect(lines.map((line) => `${line.kind} ${line.path}`)).toEqual([
      'value Id',
      'value Name',
      'branch Teams',
      'branch ["Custom field \\"1\\""]',
      'hidden ',
    ]);
    expect(lines.at(-1)).toMatchObject({ kind: 'hidden', count: 2 });
    expect(linesOf(BODY, opened([], { empty: true }))).toHaveLength(6);
  });

  it('shows what is open, and only that', () => {
    const lines = linesOf(BODY, opened(['Teams', 'Teams[0]']));
    expect(lines.map(({ path }) => path)).toContain('Teams[0].Size');
    expect(lines.map(({ path }) => path)).not.toContain('Teams[1].Name');
    expect(lines.find(({ path }) => path === 'Teams[0].Size')).toMatchObject({
      depth: 2,
      value: 0,
    });
  });

  it('costs what is seen of it, however large it is', () => {
    const large = { List: Array.from({ length: 100_000 }, (_, i) => ({ i })) };
    const lines = linesOf(large, opened(['List']));
    expect(lines).toHaveLength(1 + CHUNK + 1);
    expect(lines.at(-1)).toMatchObject({ kind: 'more', left: 100_000 - CHUNK });
    expect(linesOf(large, opened(['List'], { shown: () => 250 }))).toHaveLength(252);
  });

  it('finds by name and by value, and opens what holds it', () => {
    const found = linesOf(BODY, opened([], { search: 'red' }));
    expect(found.map(({ path }) => path)).toEqual(['Teams', 'Teams[1]', 'Teams[1].Name']);
    const named = linesOf(BODY, opened(['Teams'], { search: 'teams' }));
    expect(named.map(({ path }) => path)).toEqual(['Teams', 'Teams[0]', 'Teams[1]']);
    expect(linesOf(BODY, opened([], { search: 'nowhere' }))).toEqual([]);
  });

  it('survives depth, wide bodies and bodies that are no objects', () => {
    const wide = makeBody(makeRow(2, 0), true);
    expect(linesOf(wide, opened()).length).toBeLessThan(CHUNK + 5);
    expect(linesOf('only a text', opened())).toEqual([
      { kind: 'value', path: '', depth: 0, name: '', value: 'only a text' },
    ]);
    expect(linesOf([], opened())).toEqual([]);
    expect(linesOf([1, null], opened())).toHaveLength(2);
  });

  it.each([
    ['Teams[1].Name', 'Red'],
    ['["Custom field \\"1\\""]["a.b"][0]', true],
    ['Teams[7].Name', undefined],
    ['Id.x', undefined],
  ])('finds the value at %s', (path, value) => {
    expect(valueAt(BODY, path)).toBe(value);
  });

  it('writes paths as JavaScript does', () => {
    expect(pathOf('', 'Id')).toBe('Id');
    expect(pathOf('A', 'Straße')).toBe('A.Straße');
    expect(pathOf('A', 'two words')).toBe('A["two words"]');
    expect(pathOf('A', 3)).toBe('A[3]');
  });

  it('copies texts as they are and the rest as JSON', () => {
    expect(textOf('a"b')).toBe('a"b');
    expect(textOf({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(textOf(null)).toBe('null');
  });

  it('knows what says nothing', () => {
    expect([null, '', [], {}].every(isEmpty)).toBe(true);
    expect([0, false, 'x', [0]].some(isEmpty)).toBe(false);
  });
});

describe('narrowing by a value', () => {
  const row = { ...makeRow(3, 0), person: 'Ana Ruiz', personId: 9, personKind: 'customer' };

  it('is by id where there is one', () => {
    expect(byPerson(row)?.apply(EVERYTHING).persons).toEqual([
      { by: 'id', kind: 'customer', id: 9, name: 'Ana Ruiz' },
    ]);
    expect(byPerson({ ...row, personId: null })?.apply(EVERYTHING).persons).toEqual([
      { by: 'name', name: 'Ana Ruiz' },
    ]);
    expect(byPerson({ ...row, personId: null, person: null })).toBeNull();
  });

  it('keeps the rest of the filter', () => {
    const filter = { ...EVERYTHING, flags: ['repeat'] };
    expect(byLocation(row)?.apply(filter)).toEqual({ ...filter, locations: [row.locationId] });
    expect(byEntity(row)?.apply(filter).entity).toEqual({ name: row.entity, id: row.entityId });
  });

  it('is offered where the value is a person, a location or the thing itself', () => {
    expect(byValue('CoworkerId', 9, row)?.title).toBe('Only this customer');
    expect(byValue('CoworkerFullName', 'Ana Ruiz', row)).not.toBeNull();
    expect(byValue('BusinessId', 5, row)?.apply(EVERYTHING).locations).toEqual([5]);
    expect(byValue('Id', row.entityId, row)).not.toBeNull();
    expect(byValue('Id', 12, row)?.apply(EVERYTHING).also).toEqual(['body.Id:12']);
    const room = { ...row, resourceId: 12, resource: 'Blue Room' };
    const wanted = { id: 12, name: 'Blue Room' };
    expect(byValue('ResourceId', 12, room)?.apply(EVERYTHING).resource).toEqual(wanted);
    expect(byValue('ResourceName', 'Blue Room', room)?.apply(EVERYTHING).resource).toEqual(wanted);
    expect(byValue('ResourceId', 12, { ...room, resourceId: null })?.apply(EVERYTHING)).toEqual({
      ...EVERYTHING,
      also: ['body.ResourceId:12'],
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { ViewColumn } from '../backend';
import {
  exportedBy,
  fitting,
  KINDS,
  movedTo,
  read,
  resized,
  sameColumns,
  template,
  toggledColumn,
  USUAL,
  widthOf,
} from './columns';

const names = (columns: readonly ViewColumn[]) => columns.map(({ name }) => name);
const of = (...all: string[]): ViewColumn[] => all.map((name) => ({ name, width: null }));

describe('the columns of a view', () => {
  it('are the usual ones where it has none', () => {
    expect(read([])).toBe(USUAL);
    expect(names(USUAL)).toEqual(['time', 'what', 'location', 'person', 'amount']);
  });

  it('are taken without those that nobody knows, and without doubles', () => {
    expect(names(read(of('person', 'nonsense', 'what', 'person')))).toEqual(['person', 'what']);
  });

  it('always have the sentence', () => {
    expect(names(read(of('time', 'person')))).toEqual(['time', 'what', 'person']);
    expect(names(read(of('nonsense')))).toEqual(['what']);
    expect(toggledColumn(USUAL, 'what')).toBe(USUAL);
  });

  it('are the same when they look the same', () => {
    const usual = widthOf({ name: 'person', width: null });
    expect(
      sameColumns(of('what', 'person'), [of('what')[0]!, { name: 'person', width: usual }]),
    ).toBe(true);
    expect(sameColumns(of('what', 'person'), of('person', 'what'))).toBe(false);
    expect(
      sameColumns(of('what', 'person'), [of('what')[0]!, { name: 'person', width: 200 }]),
    ).toBe(false);
  });
});

describe('columns', () => {
  it('are shown and hidden', () => {
    expect(names(toggledColumn(USUAL, 'resource')).at(-1)).toBe('resource');
    expect(names(toggledColumn(USUAL, 'person'))).not.toContain('person');
    expect(names(toggledColumn(of('what'), 'time'))).toEqual(['time', 'what']);
  });

  it('are moved', () => {
    expect(names(movedTo(of('time', 'what', 'person'), 'person', 0))).toEqual([
      'person',
      'time',
      'what',
    ]);
    expect(names(movedTo(of('time', 'what'), 'time', 99))).toEqual(['what', 'time']);
    expect(names(movedTo(of('time', 'what'), 'gone', 0))).toEqual(['time', 'what']);
  });

  it('are as wide as can be read and kept', () => {
    const width = (px: number | null) => resized(of('what', 'person'), 'person', px)[1]?.width;
    expect(width(200.4)).toBe(200);
    expect(width(1)).toBe(56);
    expect(width(5000)).toBe(600);
    expect(width(null)).toBeNull();
    // What the program keeps.
    for (const { least } of KINDS) expect(least).toBeGreaterThanOrEqual(20);
  });

  it('leave out what matters least where there is no room, never time and sentence', () => {
    expect(fitting(USUAL, 0)).toBe(USUAL);
    expect(names(fitting(USUAL, 1028))).toEqual(names(USUAL));
    expect(names(fitting(USUAL, 720))).toEqual(['time', 'what', 'location', 'amount']);
    expect(names(fitting(USUAL, 680))).toEqual(['time', 'what', 'amount']);
    expect(names(fitting(USUAL, 300))).toEqual(['time', 'what']);
  });

  it('share the width', () => {
    expect(template(of('time', 'what', 'amount'))).toBe('84px minmax(0, 1fr) 112px');
  });

  it('are exported as they are seen', () => {
    expect(exportedBy(USUAL)).toEqual([
      'happened_at',
      'action',
      'sentence',
      'location',
      'person',
      'amount',
      'currency',
      'flags',
    ]);
    expect(exportedBy(of('flags', 'what', 'action', 'entity'))).toEqual([
      'flags',
      'action',
      'sentence',
      'entity',
      'entity_id',
    ]);
  });
});

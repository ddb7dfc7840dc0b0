import { describe, expect, it } from 'vitest';
import { parse } from '../backend/fake/language';
import { pathOf } from '../event/tree';
import { present, valueIs } from './body';

describe('a condition on a field of the body', () => {
  it.each([
    ['Notes', 'Ana’s “key”', 'body.Notes:"Ana’s “key”"'],
    ['Notes', 'a "b" \\ c', 'body.Notes:"a \\"b\\" \\\\ c"'],
    ['Price', 35.5, 'body.Price:35.5'],
    ['Code', '35.5', 'body.Code:"35.5"'],
    ['Online', true, 'body.Online:true'],
    ['Notes', null, 'body.Notes:null'],
    ['Teams[0].Members[12].Name', 'José', 'body.Teams.*.Members.*.Name:"José"'],
    ['CustomFields["Door code, 2"]', 'Gold', 'body.CustomFields."Door code, 2":"Gold"'],
    ['CustomFields["a \\"b\\""].x', 1, 'body.CustomFields."a \\"b\\"".x:1'],
    ['名前', '花子', 'body.名前:"花子"'],
    ['From', '2026-11-25T10:00:00Z', 'body.From:"2026-11-25T10:00:00Z"'],
  ])('%s is %s', (path, value, clause) => {
    expect(valueIs(path, value)).toBe(clause);
    const { filter, error } = parse(`ana ${clause}`);
    expect(error).toBeNull();
    expect(filter?.also).toEqual([clause]);
  });

  it.each([
    ['a whole body', '', 'x'],
    ['what is masked', 'AccessPincode', '••••'],
    ['what has no word', 'Sign', '—'],
    ['a text that is no value any more', 'Log', 'x'.repeat(201)],
    ['a number that the language does not know', 'Big', 1e21],
    ['a branch', 'Teams', []],
  ])('is none for %s', (_, path, value) => {
    expect(valueIs(path, value)).toBeNull();
  });

  it('may be that it is there', () => {
    expect(present(pathOf('Teams', 3))).toBe('body.Teams.*:*');
    expect(present(pathOf('CustomFields', 'a b'))).toBe('body.CustomFields."a b":*');
    expect(present('')).toBeNull();
  });
});

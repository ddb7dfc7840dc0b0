// Conditions on fields of the body, as the language writes them.

import type { Clause } from '../backend';
import { quoted } from './write';

/** Longer values are found by their words, not by all of them. */
const LONGEST = 200;

/** The steps of a path as the tree has it, e.g. `Teams[0].Name` or `["Custom field 1"]`. A place in a list is a number. */
export function stepsOf(path: string): (string | number)[] {
  const parts = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/gu);
  return [...parts].map(([, name, index, plain]) => {
    if (name !== undefined) return JSON.parse(`"${name}"`) as string;
    return index !== undefined ? Number(index) : (plain ?? '');
  });
}

/** A field's name as the language writes it. Of a list any item is meant: which place a value has says little. */
function nameOf(path: string): string {
  return stepsOf(path).reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}.*`;
    return `${name}.${/^[\p{L}\p{N}_$-]+$/u.test(step) ? step : quoted(step)}`;
  }, 'body');
}

/** It is there, whatever it is. */
export function present(path: string): Clause | null {
  return path === '' ? null : `${nameOf(path)}:*`;
}

/** It is this; nothing where the language has no way to ask for it. */
export function valueIs(path: string, value: unknown): Clause | null {
  if (path === '') return null;
  if (value === null || typeof value === 'boolean') return `${nameOf(path)}:${value}`;
  if (typeof value === 'number') {
    // As the language reads numbers: without an exponent.
    return /^-?\d+(\.\d+)?$/.test(String(value)) ? `${nameOf(path)}:${value}` : null;
  }
  if (typeof value !== 'string' || value.length > LONGEST) return null;
  // What is masked is not known here, and what has no word cannot be found.
  if (value.includes('••') || !/[\p{L}\p{N}]/u.test(value)) return null;
  return `${nameOf(path)}:${quoted(value)}`;
}

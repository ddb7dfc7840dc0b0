// A body as lines of a tree. Only what is open has lines, and of many children only the first ones, so that a body
// of any size costs what is seen of it.

/** Children shown at first, and with each “more”. */
export const CHUNK = 100;

/** Letters of a text shown at first. */
export const LETTERS = 300;

/** A line of the tree. */
export type Line =
  | {
      kind: 'value';
      path: string;
      depth: number;
      name: string;
      value: string | number | boolean | null;
    }
  | {
      kind: 'branch';
      path: string;
      depth: number;
      name: string;
      list: boolean;
      size: number;
      open: boolean;
    }
  | { kind: 'more'; path: string; depth: number; left: number }
  | { kind: 'hidden'; path: string; depth: number; count: number };

/** What a person opened. */
export interface Opened {
  /** Branches that are open (by path), or closed against their habit. */
  has(path: string): boolean;
  /** Children shown of a branch; `CHUNK` unless more were asked for. */
  shown(path: string): number;
  /** Fields without a value are shown. */
  empty: boolean;
  /** Only fields whose name or value has this, in lower case. */
  search: string;
}

/** The path of a child, as JavaScript writes it: `Teams[0].Name`, `["Custom field 1"]`. */
export function pathOf(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** Whether a value says nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

type Pair = [key: string | number, value: unknown];

function pairs(value: object): Pair[] {
  return Array.isArray(value) ? value.map((item, i): Pair => [i, item]) : Object.entries(value);
}

function scalar(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}

/** Whether the name itself is what is looked for: then all below it is. */
function named(key: string | number, search: string): boolean {
  return typeof key === 'string' && key.toLowerCase().includes(search);
}

/** Looks for a text in names and values; at most `budget` of them, so that no body makes it slow. */
function finds(pair: Pair, search: string, budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0) return false;
  const [key, value] = pair;
  if (named(key, search)) return true;
  if (typeof value === 'object' && value !== null) {
    return pairs(value).some((child) => finds(child, search, budget));
  }
  return String(value).toLowerCase().includes(search);
}

const BUDGET = 200_000;

/** The lines of a value whose branches are open as told. */
export function linesOf(value: unknown, opened: Opened): Line[] {
  const lines: Line[] = [];
  const budget = { left: BUDGET };

  function branch(of: object, path: string, depth: number, search: string): void {
    const all = pairs(of);
    // The places in a list mean something even where they are empty.
    const kept = Array.isArray(of) || opened.empty ? all : all.filter(([, v]) => !isEmpty(v));
    const found = search ? kept.filter((p) => finds(p, search, budget)) : kept;
    const shown = opened.shown(path);
    for (const [key, child] of found.slice(0, shown)) one(key, child, path, depth, search);
    if (found.length > shown) {
      lines.push({ kind: 'more', path, depth, left: found.length - shown });
    }
    const hidden = all.length - kept.length;
    if (hidden > 0 && depth === 0 && !opened.search) {
      lines.push({ kind: 'hidden', path, depth, count: hidden });
    }
  }

  function one(
    key: string | number,
    child: unknown,
    parent: string,
    depth: number,
    search: string,
  ): void {
    const path = pathOf(parent, key);
    const name = String(key);
    if (typeof child !== 'object' || child === null) {
      lines.push({ kind: 'value', path, depth, name, value: scalar(child) });
      return;
    }
    const list = Array.isArray(child);
    const size = list ? child.length : Object.keys(child).length;
    const below = search && !named(key, search) ? search : '';
    const open = size > 0 && (opened.has(path) || below !== '');
    lines.push({ kind: 'branch', path, depth, name, list, size, open });
    if (open) branch(child, path, depth + 1, below);
  }

  if (typeof value !== 'object' || value === null) {
    lines.push({ kind: 'value', path: '', depth: 0, name: '', value: scalar(value) });
  } else branch(value, '', 0, opened.search);
  return lines;
}

/** The value at a line's path as text, for the clipboard. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 2) ?? '';
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const part of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/gu)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const [, quoted, index, plain] = part;
    const key =
      quoted === undefined ? (index ?? plain ?? '') : (JSON.parse(`"${quoted}"`) as string);
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

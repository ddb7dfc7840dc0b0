// The language of the query box, as far as the fake program knows it: enough to develop and test the screen.

import type { Clause } from '../types/Clause';
import type { Filter } from '../types/Filter';
import type { Needle } from '../types/Needle';
import type { ParseTrouble } from '../types/ParseTrouble';

/** A condition. */
export type Node =
  | { is: 'words'; text: string; quoted: boolean; star: boolean }
  | { is: 'field'; name: string; values: Value[] }
  | { is: 'not'; of: Node }
  | { is: 'all' | 'any'; of: Node[] };

/** A value of a field. */
export interface Value {
  text: string;
  quoted: boolean;
}

export const FIELDS = [
  'category',
  'action',
  'location',
  'person',
  'flag',
  'from',
  'to',
  'at',
  'entity',
  'resource',
  'changed',
  'amount',
  'text',
];

/** What is wrong, thrown on the way. */
class Wrong extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const NAME = /(body(?:\.[\p{L}\p{N}_$*-]+|\."(?:[^"\\]|\\.)*"|\[(?:\d+|\*)\])+|[a-z]+):(?!\/\/)/iuy;

const unquoted = (text: string) => text.replace(/\\(.)/gs, '$1');

class Reader {
  at = 0;
  constructor(readonly text: string) {}

  read(): Node | null {
    this.space();
    if (this.at === this.text.length) return null;
    const node = this.any(0);
    if (this.at < this.text.length) {
      throw new Wrong('This bracket closes none', this.at, this.at + 1);
    }
    return node;
  }

  any(depth: number): Node {
    const of = [this.all(depth)];
    while (this.take(/OR(?=[\s()]|$)/y)) of.push(this.all(depth));
    return of.length === 1 ? (of[0] as Node) : { is: 'any', of };
  }

  all(depth: number): Node {
    const of: Node[] = [];
    for (;;) {
      this.take(/AND(?=[\s()]|$)/y);
      const rest = this.text.slice(this.at);
      if (rest === '' || /^OR(?=[\s()]|$)/.test(rest) || rest.startsWith(')')) break;
      of.push(this.one(depth));
    }
    if (of.length === 0) {
      throw new Wrong('There is something missing here', this.at, this.at + 1);
    }
    return of.length === 1 ? (of[0] as Node) : { is: 'all', of };
  }

  one(depth: number): Node {
    const start = this.at;
    if (this.take(/NOT(?=[\s()]|$)/y) || this.take(/-(?=[\p{L}"(])/uy)) {
      return { is: 'not', of: this.one(depth) };
    }
    if (this.take(/\(/y)) {
      const node = this.any(depth + 1);
      if (!this.take(/\)/y)) throw new Wrong('This bracket is not closed', start, start + 1);
      return node;
    }
    const name = this.match(NAME);
    if (name) return this.field(name[1] ?? '', start);
    const phrase = this.match(QUOTED);
    if (phrase) {
      const star = this.match(/\*/y) !== null;
      this.space();
      return { is: 'words', text: unquoted(phrase[1] ?? ''), quoted: true, star };
    }
    const [word = ''] = this.match(depth > 0 ? /[^\s()]+/y : /\S+/y) ?? [];
    this.space();
    const star = word.length > 1 && word.endsWith('*');
    return { is: 'words', text: star ? word.slice(0, -1) : word, quoted: false, star };
  }

  field(name: string, start: number): Node {
    const known = name.toLowerCase();
    if (!FIELDS.includes(known) && !/^body[.[]/i.test(name)) {
      throw new Wrong(
        `There is no field “${name}”: there are ${FIELDS.join(', ')}`,
        start,
        start + name.length,
      );
    }
    const values: Value[] = [];
    if (this.match(/\(/y)) {
      while (!this.match(/[\s,]*\)/y)) {
        if (this.at >= this.text.length) throw new Wrong('This list has no end', start, this.at);
        this.match(/[\s,]+/y);
        values.push(this.value(/[^\s,()]+/y));
      }
    } else if (/^[^\s)]/.test(this.text.slice(this.at))) {
      values.push(this.value(known === 'at' ? /last \S+|[^\s()]+/iy : /[^\s()]+/y));
    }
    if (values.length === 0) throw new Wrong(`Write what ${name} should be`, start, this.at);
    this.space();
    return { is: 'field', name: known.startsWith('body') ? `body${name.slice(4)}` : known, values };
  }

  value(bare: RegExp): Value {
    const quoted = this.match(QUOTED);
    if (quoted) return { text: unquoted(quoted[1] ?? ''), quoted: true };
    const [text = ''] = this.match(bare) ?? [];
    if (text === '') throw new Wrong('This cannot stand here', this.at, this.at + 1);
    return { text, quoted: false };
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  take(pattern: RegExp): boolean {
    const found = this.match(pattern) !== null;
    if (found) this.space();
    return found;
  }

  space(): void {
    this.match(/\s*/y);
  }
}

/** A text as a tree; null where it asks for everything. Throws what is wrong. */
export function treeOf(text: string): Node | null {
  return new Reader(text).read();
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, (letter) => `\\${letter}`)}"`;
}

function value({ text, quoted }: Value): string {
  return quoted || !/^[\p{L}\p{N}\-_?.#:+/@'<>=*]+$/u.test(text) ? quote(text) : text;
}

/** A tree as text; within another it may need brackets. */
export function print(node: Node, inner = true): string {
  switch (node.is) {
    case 'words':
      return (node.quoted ? quote(node.text) : node.text) + (node.star ? '*' : '');
    case 'field': {
      const values = node.values.map(value);
      return `${node.name}:${values.length === 1 ? values[0] : `(${values.join(', ')})`}`;
    }
    case 'not':
      return `NOT ${print(node.of)}`;
    default: {
      const text = node.of.map((one) => print(one)).join(node.is === 'any' ? ' OR ' : ' ');
      return inner ? `(${text})` : text;
    }
  }
}

const EVERYTHING: Filter = {
  text: '',
  categories: [],
  actions: [],
  locations: [],
  persons: [],
  from: null,
  to: null,
  flags: [],
  withoutFlags: [],
  entity: null,
  resource: null,
  changed: [],
  also: [],
};

/** Puts a condition where a flat field has room for it; false where none has. */
function flat(filter: Filter, node: Node): boolean {
  if (node.is === 'not') {
    if (node.of.is !== 'field' || node.of.name !== 'flag') return false;
    filter.withoutFlags.push(...node.of.values.map(({ text }) => text));
    return true;
  }
  if (node.is !== 'field') return false;
  const list = node.values.map(({ text }) => text);
  const [first = ''] = list;
  const empty = (field: readonly unknown[]) => field.length === 0;
  switch (node.name) {
    case 'category':
      return empty(filter.categories) && filter.categories.push(...list) > 0;
    case 'action':
      return empty(filter.actions) && filter.actions.push(...list) > 0;
    case 'location':
      return (
        empty(filter.locations) && filter.locations.push(...list.map((id) => Number(id) || 0)) > 0
      );
    case 'changed':
      return empty(filter.changed) && filter.changed.push(...list) > 0;
    case 'flag':
      return list.length === 1 || empty(filter.flags) ? filter.flags.push(...list) > 0 : false;
    case 'from':
    case 'to':
      filter[node.name] = first;
      return true;
    case 'at': {
      const ago = /^last (\S+)$/i.exec(first);
      const [from, to] = ago ? [`-${ago[1]}`, null] : first.split('..');
      filter.from = from || null;
      filter.to = ago ? null : (to ?? from ?? null) || null;
      return true;
    }
    case 'text':
      filter.text = `${filter.text} ${first}`.trim();
      return true;
    case 'resource': {
      const [, id, known] = /^(\d+) ?(.*)$/.exec(first) ?? [];
      filter.resource = { id: Number(id), name: known ?? '' };
      return true;
    }
    case 'entity': {
      const [kind = '', id] = first.split('#');
      filter.entity = { name: kind, id: Number(id) };
      return true;
    }
    case 'person':
      if (!empty(filter.persons)) return false;
      for (const person of list) {
        const [, kind, id, known] = /^([a-z]+)#(\d+) ?(.*)$/.exec(person) ?? [];
        filter.persons.push(
          kind && id
            ? { by: 'id', kind, id: Number(id), name: known ?? '' }
            : { by: 'name', name: person },
        );
      }
      return true;
    default:
      return false;
  }
}

/** Words of a tree that are looked for, not left out. */
function needles(node: Node): Needle[] {
  if (node.is === 'words') return [{ text: node.text, beginning: node.star }];
  return node.is === 'all' || node.is === 'any' ? node.of.flatMap(needles) : [];
}

/** What a text means, or what is wrong with it. */
export type Read =
  | { filter: Filter; words: Needle[]; error: null }
  | { filter: null; words: Needle[]; error: ParseTrouble };

/** Reads the text of a query box. */
export function parse(text: string): Read {
  let tree: Node | null;
  try {
    tree = treeOf(text);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { message, start, end } = error;
    return { filter: null, words: [], error: { message, start, end } };
  }
  const filter = structuredClone(EVERYTHING);
  const parts = tree === null ? [] : tree.is === 'all' ? tree.of : [tree];
  const said: string[] = [];
  const words = parts.flatMap(needles);
  for (const part of parts) {
    if (part.is === 'words') said.push(print(part));
    else if (!flat(filter, part)) filter.also.push(print(part));
  }
  filter.text = [...said, ...(filter.text ? [filter.text] : [])].join(' ');
  const last = words.at(-1);
  // The last word may be a beginning.
  if (last && /\p{L}{2}$/u.test(text.trim())) last.beginning = true;
  return { filter, words, error: null };
}

/** The tree of a clause that this language printed. */
export function clauseTree(clause: Clause): Node {
  return treeOf(clause) ?? { is: 'all', of: [] };
}

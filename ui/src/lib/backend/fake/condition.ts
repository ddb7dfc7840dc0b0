// Whether a further condition of a filter holds of a row of the fake program.

import type { Row } from '../types/Row';
import { print, type Node, type Value } from './language';
import { makeBody } from './rows';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function within(amount: number, { text }: Value): boolean {
  if (text === '*') return true;
  const [, sign = '', rest = ''] = /^(>=|<=|>|<)?(.*)$/.exec(text) ?? [];
  const [from = '', to] = rest.split('..');
  if (to !== undefined) {
    return amount >= Number(from || -Infinity) && amount <= Number(to || Infinity);
  }
  const wanted = Number(rest);
  const tests: Record<string, boolean> = {
    '>': amount > wanted,
    '<': amount < wanted,
    '>=': amount >= wanted,
    '<=': amount <= wanted,
    '': amount === wanted,
  };
  return tests[sign] ?? false;
}

/** Every value that a path leads to. */
function reached(body: unknown, name: string): unknown[] {
  const steps = [...name.slice(4).matchAll(/\."((?:[^"\\]|\\.)*)"|\[(\d+|\*)\]|\.([^.[]+)/g)];
  return steps.reduce<unknown[]>(
    (found, [, quoted, index, plain]) => {
      const step = quoted?.replace(/\\(.)/g, '$1') ?? index ?? plain ?? '';
      return found.flatMap((one) => {
        if (typeof one !== 'object' || one === null) return [];
        if (step === '*') return Object.values(one);
        return step in one ? [(one as Record<string, unknown>)[step]] : [];
      });
    },
    [body],
  );
}

function bodySays(row: Row, name: string, { text, quoted }: Value): boolean {
  const found = reached(makeBody(row, row.delivery % 2 === 0), name);
  if (text === '*' && !quoted) return found.some((one) => one !== null && one !== undefined);
  return found.some((one) =>
    typeof one === 'string'
      ? folded(one).includes(folded(text))
      : !quoted &&
        (String(one) === text || (typeof one === 'number' && within(one, { text, quoted }))),
  );
}

function fieldHolds(row: Row, name: string, value: Value): boolean {
  const { text } = value;
  if (name.startsWith('body')) return bodySays(row, name, value);
  switch (name) {
    case 'category':
      return row.category === text;
    case 'action':
      return row.action === text;
    case 'location':
      return (row.locationId ?? 0) === (Number(text) || 0);
    case 'flag':
      return row.flags.includes(text);
    case 'person':
      return folded(row.person ?? '').includes(folded(text));
    case 'amount':
      return row.amount !== null && within(Number(row.amount), value);
    case 'entity':
      return `${row.entity}#${row.entityId}` === text;
    case 'resource':
      return String(row.resourceId) === text.split(' ')[0];
    default:
      return false;
  }
}

/** A condition as a function. */
export function condition(node: Node): (row: Row) => boolean {
  switch (node.is) {
    case 'words': {
      const wanted = folded(print({ ...node, quoted: false, star: false }));
      return (row) => folded(row.sentence).includes(wanted);
    }
    case 'field':
      return (row) => node.values.some((value) => fieldHolds(row, node.name, value));
    case 'not': {
      const of = condition(node.of);
      return (row) => !of(row);
    }
    case 'all': {
      const of = node.of.map(condition);
      return (row) => of.every((holds) => holds(row));
    }
    case 'any': {
      const of = node.of.map(condition);
      return (row) => of.some((holds) => holds(row));
    }
  }
}

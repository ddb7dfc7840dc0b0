// Completions of the fake program: fields, then values with counts.

import type { Completion } from '../types/Completion';
import type { Completions } from '../types/Completions';
import type { Row } from '../types/Row';
import { TITLES } from './counts';
import { FIELDS } from './language';

const MOST = 12;

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const written = (n: number) => n.toLocaleString('en-GB');
const quoted = (text: string) => (/^[\p{L}\p{N}]+$/u.test(text) ? text : `"${text}"`);

function counts(rows: readonly Row[], of: (row: Row) => string | null): [string, number][] {
  const found = new Map<string, number>();
  for (const row of rows) {
    const name = of(row);
    if (name) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]);
}

/** Values of a field: what is put in, what is shown, and how many events. */
function values(field: string, rows: readonly Row[]): Completion[] {
  const item = (insert: string, label: string, n: number) => ({ insert, label, hint: written(n) });
  switch (field) {
    case 'category':
      return TITLES.map(([slug, title]) =>
        item(slug, title, rows.filter(({ category }) => category === slug).length),
      );
    case 'action':
      return counts(rows, (row) => row.action).map(([name, n]) => item(name, name, n));
    case 'location': {
      const ids = new Map(rows.map((row) => [row.location, row.locationId]));
      return counts(rows, (row) => row.location).map(([name, n]) =>
        item(String(ids.get(name) ?? 0), name, n),
      );
    }
    case 'person':
      return counts(rows, (row) => row.person).map(([name, n]) => item(quoted(name), name, n));
    case 'flag':
      return counts(rows, (row) => row.flags[0] ?? null).map(([name, n]) => item(name, name, n));
    default:
      return [];
  }
}

/** What could be typed next. */
export function complete(text: string, cursor: number, rows: readonly Row[]): Completions {
  const before = text.slice(0, cursor);
  const field = /(?:^|[\s(-])([a-z]+):\(?(?:[^():]*[\s,])?("?[^\s,()"]*)$/i.exec(before);
  const typed = field?.[2] ?? /[^\s()]*$/.exec(before)?.[0] ?? '';
  const start = cursor - typed.length;
  const wanted = folded(typed.replace(/"/g, ''));
  const fits = ({ insert, label }: Completion) =>
    folded(label).includes(wanted) || folded(insert).startsWith(wanted);
  if (field && FIELDS.includes(field[1] ?? '')) {
    const items = values(field[1] ?? '', rows).filter(fits);
    return { start, end: cursor, items: items.slice(0, MOST) };
  }
  const fields = FIELDS.filter((name) => name.startsWith(wanted)).map((name) => ({
    insert: `${name}:`,
    label: `${name}:`,
    hint: `a field`,
  }));
  const named =
    wanted.length < 2
      ? []
      : ['category', 'action', 'location', 'person'].flatMap((name) =>
          values(name, rows)
            .filter(fits)
            .slice(0, 3)
            .map((one) => ({ ...one, insert: `${name}:${one.insert}` })),
        );
  return { start, end: cursor, items: [...fields, ...named].slice(0, MOST) };
}

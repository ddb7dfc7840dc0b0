// Hook addresses of the fake program.

import type { Hooks } from '../types/Hooks';
import type { Row } from '../types/Row';
import { TITLES } from './counts';
import { makeRow } from './rows';

/** Each action that some row has, below the public address where there is one. */
export function makeHooks(rows: Row[], local: string, url: string | null, path: string): Hooks {
  const known = rows
    .slice(-2000)
    .concat(Array.from({ length: 200 }, (_, i) => makeRow(i + 1, 0)))
    .map((row): [string, { category: string; label: string }] => [
      row.action,
      { category: row.category, label: row.actionLabel },
    ]);
  const actions = [...new Map(known)];
  const base = (url ?? local) + path;
  return {
    base,
    local: local + path,
    public: url !== null,
    groups: TITLES.slice(0, 16).map(([category, title], g) => ({
      category,
      title,
      actions: actions
        .filter(([, action]) => action.category === category)
        .map(([action, { label }], i) => ({
          action,
          number: g * 5 + i + 2,
          label,
          url: `${base}/${action}`,
        })),
    })),
  };
}

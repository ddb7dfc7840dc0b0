// What amounts come to, as the fake program says it.

import type { AmountSum } from '../types/AmountSum';
import type { Row } from '../types/Row';

/** By action and currency, each thing once with its newest amount. */
export function amountsOf(rows: readonly Row[]): AmountSum[] {
  const sums = new Map<string, AmountSum & { cents: number }>();
  const seen = new Set<string>();
  for (const row of [...rows].sort((a, b) => b.id - a.id)) {
    if (row.amount === null) continue;
    const bothSides = row.entity === 'CoworkerLedgerEntry';
    const currency = bothSides ? null : row.currency;
    const key = `${row.action} ${currency}`;
    const sum = sums.get(key) ?? {
      action: row.action,
      label: row.actionLabel,
      category: row.category,
      currency,
      events: 0,
      things: 0,
      total: null,
      bothSides,
      cents: 0,
    };
    sums.set(key, sum);
    sum.events += 1;
    const thing = `${row.action} ${row.entity} ${row.entityId ?? `event ${row.id}`}`;
    if (seen.has(thing)) continue;
    seen.add(thing);
    sum.things += 1;
    sum.cents += Math.round(Number(row.amount) * 100);
  }
  return [...sums.values()]
    .sort((a, b) => b.things - a.things)
    .map(({ cents, ...sum }) => ({
      ...sum,
      total: sum.bothSides ? null : (cents / 100).toFixed(2),
    }));
}

// Acts of the fake program that come under several actions: one check-in as three events.

import type { Row } from '../types/Row';
import { PEOPLE } from './rows';

const EVERY = 7;

const PARTS = [
  ['CheckinCreated', 'Check-in created', 'Checkin'],
  ['CoworkerCheckin', 'Customer checked in', 'Coworker'],
  ['AccessControlUpdate', 'Access control updated', 'Coworker'],
] as const;

/** Of every seven events the first three tell of one check-in. */
export function actRow(row: Row, n: number): Row {
  const part = PARTS[n % EVERY];
  if (!part) return row;
  const first = n - (n % EVERY);
  const [action, actionLabel, entity] = part;
  const who = first % 15;
  const name = PEOPLE[who] ?? '';
  return {
    ...row,
    action,
    actionLabel,
    category: 'access',
    entity,
    entityId: entity === 'Checkin' ? 1_450_000_000 + first : 1_300_000_000 + who,
    personKind: 'customer',
    personId: 1_300_000_000 + who,
    person: name,
    resource: null,
    resourceId: null,
    amount: null,
    currency: null,
    sentence:
      action === 'AccessControlUpdate'
        ? `Access of ${name} was updated`
        : `${name} checked in (${action === 'CheckinCreated' ? 'door' : 'by plan'})`,
    flags: [],
    repeats: 0,
  };
}

function actOf(row: Row): number | null {
  const n = row.delivery;
  const part = PARTS[n % EVERY];
  return part?.[0] === row.action ? n - (n % EVERY) : null;
}

/** A list, newest first, with the events of each act under the most telling one of those that are in it. */
export function folded(list: readonly Row[]): Row[] {
  const acts = new Map<number, Row[]>();
  for (const row of list) {
    const act = actOf(row);
    if (act !== null) acts.set(act, [...(acts.get(act) ?? []), row]);
  }
  return list.flatMap((row) => {
    const act = actOf(row);
    const all = act === null ? [] : (acts.get(act) ?? []);
    if (all.length < 2) return [row];
    // Oldest first; the oldest, the check-in itself, tells most.
    const [head, ...others] = all.toReversed();
    return head === row ? [{ ...row, others }] : [];
  });
}

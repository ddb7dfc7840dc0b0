// Names hidden: what is shown in their place when a guest stands at the desk.
//
// A blurred name can be made out, and selected, copied or read aloud. So names are taken out of the page
// altogether. Of a sentence nobody can say for sure which words are names: it gives way to the action's own words.

import type { Fact, Row } from '../backend';

/** Stands for a name. Always as long, so that it does not tell. */
export const MASK = '•••••';

/** Categories whose resource is a thing (a room, an invoice number), never a person. */
const THINGS: ReadonlySet<string> = new Set(['bookings', 'billing', 'contracts', 'inventory']);

/** What a row says. */
export function sentenceOf(row: Row, hidden: boolean): string {
  if (!hidden) return row.sentence || row.actionLabel;
  const thing = THINGS.has(row.category) ? row.resource : null;
  return thing ? `${row.actionLabel} · ${thing}` : row.actionLabel;
}

/** A name, or what stands for it. */
export function nameOf(name: string | null, hidden: boolean): string {
  if (!name) return '';
  return hidden ? MASK : name;
}

/** Labels of facts that hold no name. */
const PLAIN: ReadonlySet<string> = new Set([
  'Action',
  'Announced by',
  'Approval',
  'Booking number',
  'Desk',
  'How',
  'Kind',
  'Location',
  'Locations',
  'Number',
  'Plan',
  'Plan at the time',
  'Platform id',
  'Room',
]);

/** What a fact says; free text may name somebody, so only plain labels keep theirs. */
export function factOf(fact: Fact, hidden: boolean): string {
  if (!hidden) return fact.value;
  if (fact.kind === 'time' || fact.kind === 'money') return fact.value;
  if (fact.kind === 'text' && (PLAIN.has(fact.label) || /^(yes|no|[\d.,\s-]+)$/.test(fact.value))) {
    return fact.value;
  }
  return MASK;
}

/** A value of a body: numbers, yes and no, and times tell no name. */
export function bodyValueOf(value: string, hidden: boolean): string {
  if (!hidden || /^\d{4}-\d\d-\d\d([T ][\d:.]+)?(Z|[+-]\d\d:?\d\d)?$/.test(value)) return value;
  return value === '' ? '' : MASK;
}

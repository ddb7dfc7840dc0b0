// Amounts in words, and as a table for a spreadsheet.

import type { AmountSum } from '../backend';
import { amount } from '../look/format';

/** What stands where an amount stands: `12,340.00`. */
export function totalOf({ total, currency, bothSides }: AmountSum): string {
  if (bothSides) return 'not added up';
  return total === null ? 'too large to add up' : amount(total, currency);
}

/** Why there is no total, for whoever wants to know. */
export function reasonOf({ total, bothSides }: AmountSum): string | undefined {
  if (bothSides)
    return 'Debits and credits: the amount alone does not say on which side it stands.';
  return total === null ? 'More than can be said exactly.' : undefined;
}

const TITLES = ['Action', 'Events', 'Counted', 'Total', 'Currency'];

/** An action of its own may be called anything: a spreadsheet must not take it for a formula, nor for two cells. */
function cell(label: string): string {
  return label.replace(/\s+/g, ' ').replace(/^[=+\-@]/, "'$&");
}

/** A table that pastes into a spreadsheet; totals as plain decimals. */
export function tableOf(sums: readonly AmountSum[]): string {
  const line = ({ label, events, things, total, currency, bothSides }: AmountSum) =>
    [cell(label), events, things, bothSides ? '' : (total ?? ''), currency ?? ''].join('\t');
  return [TITLES.join('\t'), ...sums.map(line)].join('\n');
}

// Selected rows of the fake program, and as a table.

import type { CopiedRows } from '../types/CopiedRows';
import type { ExportRequest } from '../types/ExportRequest';
import type { Row } from '../types/Row';
import type { Span } from '../types/Span';

/** The rows that lie in one of the spans; without any, all. */
export function inSpans(rows: readonly Row[], only: readonly Span[]): Row[] {
  if (only.length === 0) return [...rows];
  return rows.filter(({ id }) => only.some(({ from, to }) => from <= id && id <= to));
}

const CELLS: Record<string, (row: Row) => unknown> = {
  id: (row) => row.id,
  happened_at: (row) => new Date(row.happenedAt).toISOString(),
  received_at: (row) => new Date(row.receivedAt).toISOString(),
  action: (row) => row.action,
  entity: (row) => row.entity,
  entity_id: (row) => row.entityId,
  sentence: (row) => row.sentence,
  location: (row) => row.location,
  person: (row) => row.person,
  resource: (row) => row.resource,
  amount: (row) => row.amount,
  currency: (row) => row.currency,
  flags: (row) => row.flags.join(' '),
  repeats: (row) => row.repeats,
};

/** Rows as a table for a spreadsheet. */
export function copied(rows: readonly Row[], { columns }: ExportRequest): CopiedRows {
  const lines = rows.map((row) => columns.map((name) => CELLS[name]?.(row) ?? '').join('\t'));
  return { text: [columns.join('\t'), ...lines].join('\n'), rows: rows.length };
}

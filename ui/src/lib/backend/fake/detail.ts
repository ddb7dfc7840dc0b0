// All about one event of the fake program.

import type { Changes } from '../types/Changes';
import type { Difference } from '../types/Difference';
import type { EventDetail } from '../types/EventDetail';
import type { Row } from '../types/Row';
import { makeBody } from './rows';

const FIELDS: readonly (readonly [string, string, unknown, unknown])[] = [
  ['FromTime', 'From', '2026-11-25T10:00:00Z', '2026-11-25T11:00:00Z'],
  ['ToTime', 'To', '2026-11-25T11:30:00Z', '2026-11-25T12:30:00Z'],
  ['Online', 'Online', false, true],
  ['Notes', 'Notes', null, 'Please bring a <script>alert(1)</script> flip chart & two pens'],
  ['CoworkerFullName', 'Customer', 'نور الهاشمي', 'Maximiliana '.repeat(25).trim()],
  ['EstimatedCost', 'Price', 35.5, 40],
  [
    'CustomFields.Wifi',
    'Custom fields › Wifi',
    { Plan: 'Basic', Devices: 2 },
    { Plan: 'Fast', Devices: 5, Names: ['laptop', 'phone'] },
  ],
];

const NOISE: readonly (readonly [string, string, unknown, unknown])[] = [
  ['UpdatedOn', 'Updated on', '2026-11-24T08:02:11Z', '2026-11-24T09:12:33Z'],
  ['MinutesToStart', 'Minutes to start', 1440, 1370],
];

function difference(
  [path, label, before, after]: readonly [string, string, unknown, unknown],
  noise: boolean,
): Difference {
  return { path, label, before, after, aheadBefore: null, aheadAfter: null, noise };
}

/** Whether an event tells of a state after another. */
function isUpdate(row: Row): boolean {
  return row.action.endsWith('Update') && row.entity !== 'Coworker';
}

/** Names of the fields that an event changed. */
export function changedOf(row: Row): string[] {
  return isUpdate(row) ? ['FromTime', 'ToTime', 'Online', 'Notes'] : [];
}

/** `count` fields that differ, and the noise. */
function changesOf(row: Row, rows: readonly Row[], count: number): Changes | null {
  const before = rows[rows.findIndex(({ id }) => id === row.id) - 1];
  if (!isUpdate(row) || !before) return null;
  const many = Array.from(
    { length: Math.max(0, count - FIELDS.length) },
    (_, i) => [`CustomField${i}`, `Custom field ${i}`, i, i + 1] as const,
  );
  return {
    since: before.id,
    sinceAt: before.happenedAt,
    differences: [
      ...[...FIELDS, ...many].slice(0, count).map((one) => difference(one, false)),
      ...NOISE.map((one) => difference(one, true)),
    ],
  };
}

/** All about one event. */
export function detailOf(row: Row, rows: readonly Row[], differences: number): EventDetail {
  const unsigned = row.flags.includes('unsigned');
  return {
    row,
    facts: [
      { label: 'Customer', value: row.person ?? '', kind: 'person', ahead: null },
      { label: 'E-mail', value: 'someone@example.org', kind: 'contact', ahead: null },
      { label: 'Room', value: row.resource ?? 'Board Room', kind: 'text', ahead: null },
      { label: 'From', value: String(row.happenedAt + 86_400_000), kind: 'time', ahead: null },
      { label: 'To', value: String(row.happenedAt + 91_800_000), kind: 'time', ahead: 60 },
      { label: 'Price', value: `${row.amount ?? '35.50'} GBP`, kind: 'money', ahead: null },
      { label: 'Notes', value: `Ask ${row.person} for the key`, kind: 'text', ahead: null },
    ],
    body: makeBody(row, row.delivery % 2 === 0),
    bodyText: null,
    masked: 1,
    changes: changesOf(row, rows, differences),
    delivery: {
      id: row.delivery,
      receivedAt: row.receivedAt,
      source: 'webhook',
      route: `/${row.action}/${row.locationId}`,
      headers: [
        ['content-type', 'application/json; charset=utf-8'],
        ['user-agent', 'NexudusWebhooks/1.0'],
      ],
      signature: unsigned ? 'unsigned' : 'verified',
      rule: unsigned ? null : 'ascii-folded',
      secret: unsigned ? null : 1,
      size: 3120,
      events: 1,
      repeats: Array.from({ length: row.repeats }, (_, i) => ({
        receivedAt: row.receivedAt + (i + 1) * 60_000,
        identical: i % 2 === 0,
      })),
    },
  };
}

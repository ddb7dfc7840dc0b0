// Deterministic rows: the same seed makes the same events on every machine. Persons and firms are invented.

import type { Row } from '../types/Row';

/** Persons. */
export const PEOPLE = [
  'Ana Ruiz',
  'José Ángel Núñez',
  'Zoë Ødegård',
  'Nguyễn Thị Minh Khai',
  'Łukasz Żółć',
  'Αθηνά Παπαδοπούλου',
  'Анна Ковалёва',
  'نور الهاشمي',
  'יעל כהן',
  '山田 花子',
  '김민준',
  'आर्या शर्मा',
  'สมชาย ใจดี',
  'Ada Obi',
  "Sinéad O'Brien",
  'Maximiliana Theodora Alexandrina von Hohenstein-Wittelsbach zu Sayn und Altenkirchen-Hachenburg, Freifrau auf Schloss Niederweisel am Rhein, geborene Gräfin von und zu Trauttmansdorff-Weinsberg-Herrschaftlich-Lindenberg, Vorsitzende der Vereinigung der Freunde des gemeinschaftlichen Arbeitens e. V.',
];
/** Locations: id and name. */
export const LOCATIONS = [
  [1420900101, 'Harbour Yard'],
  [1420900102, 'Old Mill'],
  [1420900103, 'Estación Norte'],
  [1420900104, 'مركز المرفأ'],
] as const;
const ROOMS = ['Board Room', 'Blue Room', 'Phone Booth 2', 'Atelier', 'Desk 14'];

type Maker = [
  action: string,
  label: string,
  category: string,
  entity: string,
  sentence: (who: string, room: string, sum: string) => string,
  money?: boolean,
];

const MAKERS: readonly Maker[] = [
  [
    'CoworkerCheckin',
    'Customer checked in',
    'access',
    'Checkin',
    (w) => `${w} checked in at Harbour Yard (door)`,
  ],
  [
    'CoworkerCheckout',
    'Customer checked out',
    'access',
    'Checkin',
    (w) => `${w} checked out of Harbour Yard`,
  ],
  [
    'BookingCreate',
    'Booking created',
    'bookings',
    'Booking',
    (w, r) => `${w} booked ${r} for 25 Nov 10:00–11:30`,
    true,
  ],
  [
    'BookingUpdate',
    'Booking updated',
    'bookings',
    'Booking',
    (w, r) => `Booking of ${r} by ${w} was changed: 25 Nov 14:00–15:00`,
    true,
  ],
  [
    'BookingDelete',
    'Booking deleted',
    'bookings',
    'Booking',
    (w, r) => `Booking of ${r} by ${w} for 26 Nov 9:00–10:00 was deleted`,
  ],
  [
    'VisitorRegistered',
    'Visitor registered',
    'visitors',
    'Visitor',
    (w) => `${w} is expected by Ada Obi on 25 Nov 09:30`,
  ],
  [
    'VisitorCheckedin',
    'Visitor checked in',
    'visitors',
    'Visitor',
    (w) => `${w} arrived to see Ada Obi`,
  ],
  [
    'DeliveryCreated',
    'Delivery created',
    'deliveries',
    'CoworkerDelivery',
    (w) => `Parcel for ${w} was taken in`,
  ],
  ['CoworkerUpdate', 'Customer updated', 'customers', 'Coworker', (w) => `${w} was changed`],
  [
    'CoworkerContractCreate',
    'Contract created',
    'contracts',
    'CoworkerContract',
    (w) => `${w} signed for Flex Desk from 1 Dec`,
    true,
  ],
  [
    'CoworkerInvoicePaid',
    'Invoice paid in full',
    'billing',
    'CoworkerInvoice',
    (w, _, s) => `Invoice INV-20418 of ${w} was paid in full: ${s} GBP`,
    true,
  ],
  [
    'CoworkerInvoiceFailedPayment',
    'Payment failed',
    'billing',
    'CoworkerInvoice',
    (w, _, s) => `Payment failed for invoice INV-20419 of ${w}: ${s} GBP`,
    true,
  ],
  [
    'FailedCheckin',
    'Check-in attempt refused',
    'access',
    'FailedCheckin',
    (w) => `${w} was refused at Harbour Yard (door): no plan covers today`,
  ],
  [
    'HelDeskMessageCreated',
    'Help-desk message created',
    'help-desk',
    'HelpDeskMessage',
    (w) => `${w} asks: The printer on the second floor is out of paper`,
  ],
  [
    'CommunityBoardNewThread',
    'Community thread created',
    'community',
    'CommunityThread',
    (w) => `${w} wrote “Friday lunch, who is in?”`,
  ],
  [
    'AccessControlUpdate',
    'Access control updated',
    'access',
    'Coworker',
    (w) => `Access of ${w} was updated`,
  ],
];

/** A number of 32 bits out of another, well shaken. */
export function shaken(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The `n`-th event ever (from 1), at a moment. */
export function makeRow(n: number, happenedAt: number): Row {
  const dice = shaken(n);
  const [action, actionLabel, category, entity, words, money] =
    MAKERS[dice % MAKERS.length] ?? (MAKERS[0] as Maker);
  const who = (dice >>> 4) % 97 === 0 ? 15 : (dice >>> 4) % 15;
  const person = PEOPLE[who] ?? '';
  const room = ROOMS[(dice >>> 9) % ROOMS.length] ?? '';
  const [locationId, location] = LOCATIONS[(dice >>> 12) % LOCATIONS.length] ?? LOCATIONS[0];
  const sum = `${(dice >>> 7) % 1900}.${String((dice >>> 3) % 100).padStart(2, '0')}`;
  const flags: string[] = [];
  if (dice % 41 === 0) flags.push('repeat');
  if (dice % 97 === 0) flags.push('unsigned');
  if (dice % 131 === 0) flags.push('inferred');
  return {
    id: n * 256,
    delivery: n,
    happenedAt,
    receivedAt: happenedAt + 900 + (dice % 400),
    action,
    actionLabel,
    category,
    entity,
    entityId: 1_400_000_000 + (dice % 50_000),
    locationId,
    location,
    personKind: entity === 'Visitor' ? 'visitor' : 'customer',
    personId: 1_300_000_000 + who,
    person,
    resource: category === 'bookings' ? room : null,
    resourceId: category === 'bookings' ? 1_200_000_000 + ROOMS.indexOf(room) : null,
    amount: money ? sum : null,
    currency: money ? 'GBP' : null,
    sentence: words(person, room, sum),
    flags,
    repeats: flags.includes('repeat') ? 1 + (dice % 3) : 0,
    others: [],
  };
}

/** The body that an event came with. `wide` bodies have 200 fields, deep lists and a long text. */
export function makeBody(row: Row, wide: boolean): unknown {
  const body: Record<string, unknown> = {
    Id: row.entityId,
    UniqueId: '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    CoworkerId: row.personId,
    CoworkerFullName: row.person,
    CoworkerEmail: 'someone@example.org',
    BusinessId: row.locationId,
    BusinessName: row.location,
    ResourceName: row.resource,
    FromTime: '2026-11-25T10:00:00Z',
    ToTime: '2026-11-25T11:30:00Z',
    Notes: 'Please bring a <script>alert(1)</script> flip chart & two pens',
    InternalNotes: null,
    Online: true,
    Tentative: false,
    EstimatedCost: 35.5,
    AccessPincode: '••••',
    Teams: [
      { Id: 1, Name: 'Blue', Members: [{ Name: 'Ana' }, { Name: 'José' }] },
      { Id: 2, Name: 'Red', Members: [] },
    ],
    BookingVisitors: [],
    CustomFields: null,
    UpdatedOn: '2026-11-24T09:12:33.1234567Z',
    UpdatedBy: 'front.desk@example.org',
  };
  if (wide) {
    for (let i = 0; i < 200; i++) body[`CustomField${i}`] = i % 3 ? `Value ${i}` : null;
    body['Log'] = Array.from({ length: 5000 }, (_, i) => ({
      Line: i,
      Text: `Line ${i} `.repeat(40),
    }));
    body['FullText'] = 'A long text. '.repeat(40_000);
    let deep: unknown = 'the bottom';
    for (let i = 0; i < 40; i++) deep = { Level: 40 - i, Next: deep };
    body['Deep'] = deep;
  }
  return body;
}

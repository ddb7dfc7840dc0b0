// A morning in a space with two locations: few events, of many kinds, with names of many scripts.

import { booking, checkin, customer, invoice, visitor, type Body } from './bodies';
import type { Platform } from './platform';

export const HARBOUR: [id: number, name: string] = [1_420_900_101, 'Harbour Yard'];
export const MILL: [id: number, name: string] = [1_420_900_102, 'Old Mill'];

export const JOSE = 'José Ibáñez';
export const TANAKA = '田中 太郎';
export const ABD = 'عبد الله الحسن';
export const ZOE = 'Zoë 🙂 Brontë';
export const PRIYA = 'Priya Natarajan';

const IDS: Record<string, number> = {
  [JOSE]: 1_421_300_001,
  [TANAKA]: 1_421_300_002,
  [ABD]: 1_421_300_003,
  [ZOE]: 1_421_300_004,
};

/** One event, and what is known of it. */
export interface Event {
  action: string;
  category: string;
  person: string;
  location: [id: number, name: string];
  /** Sent again a second time. */
  again: boolean;
  body: Body;
}

/** A minute. */
const MINUTE = 60_000;

/** The events, newest first, a minute between two of them. */
export function morning(): Event[] {
  const now = Date.now();
  const events: Event[] = [];
  const one = (
    action: string,
    category: string,
    person: string,
    location: [number, string],
    body: (common: { person: string; personId: number; at: number }) => Body,
    again = false,
  ) => {
    const at = now - (events.length + 1) * MINUTE;
    const made = body({ person, personId: IDS[person] ?? 0, at });
    events.push({ action, category, person, location, again, body: made });
  };
  const came = (location: [number, string]) => (common: object) => checkin({ ...common, location });

  one('BookingCreate', 'bookings', JOSE, HARBOUR, booking);
  one('BookingCreate', 'bookings', ZOE, MILL, (c) => booking({ ...c, room: 'Weir Room' }));
  one('BookingUpdate', 'bookings', JOSE, HARBOUR, booking);
  one('CheckinCreated', 'access', TANAKA, HARBOUR, came(HARBOUR));
  one('CheckinCreated', 'access', ABD, MILL, came(MILL));
  one('CheckinCreated', 'access', JOSE, MILL, came(MILL));
  one('CoworkerInvoicePaid', 'billing', JOSE, HARBOUR, invoice);
  one('CoworkerInvoiceFailedPayment', 'billing', ZOE, HARBOUR, invoice);
  one('CoworkerInvoiceCreate', 'billing', TANAKA, HARBOUR, invoice);
  one('VisitorCheckedin', 'visitors', PRIYA, HARBOUR, visitor);
  one('CoworkerUpdate', 'customers', ABD, HARBOUR, customer);
  one('CheckinCreated', 'access', ZOE, HARBOUR, came(HARBOUR), true);
  return events;
}

/** Sends them, the oldest first. */
export async function play(platform: Platform, events: readonly Event[]): Promise<void> {
  for (const { action, body, location, again } of events.toReversed()) {
    const manner = { location: location[0] };
    const statuses = [await platform.send(action, body, manner)];
    if (again) statuses.push(await platform.send(action, body, manner));
    if (statuses.some((status) => status !== 200)) {
      throw new Error(`${action} was answered with ${statuses.join(', ')}`);
    }
  }
}

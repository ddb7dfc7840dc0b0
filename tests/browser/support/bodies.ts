// Bodies as the platform sends them: the sample bodies of the repository with other people, things and times.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAYLOADS = join(import.meta.dirname, '../../../src-tauri/crates/nexudus/fixtures/payloads');

/** One entity as the platform writes it. */
export type Body = Record<string, unknown>;

/** The sample body of an entity. */
export function sample(entity: string): Body {
  const [body] = JSON.parse(readFileSync(join(PAYLOADS, `${entity}.json`), 'utf8')) as Body[];
  if (!body) throw new Error(`${entity}.json is empty`);
  return body;
}

let lastId = 1_500_000_000;

/** An id that no other body of this run has. */
export function newId(): number {
  lastId += 1;
  return lastId;
}

/** A time as the platform writes it, with seven digits of a second. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}

/** What all bodies of this project have in common. */
export interface Common {
  id?: number;
  /** Who: a customer's name. */
  person?: string;
  personId?: number;
  /** When it happened; now, if not given. */
  at?: number;
}

function made(entity: string, { id = newId(), at = Date.now() }: Common, changes: Body): Body {
  return { ...sample(entity), Id: id, UpdatedOn: stamp(at), CreatedOn: stamp(at), ...changes };
}

/** A booking. */
export function booking(common: Common & { room?: string; notes?: string } = {}): Body {
  const { person = 'Ana Lima', personId = 1_421_300_777, room = 'Lighthouse Room' } = common;
  return made('Booking', common, {
    CoworkerFullName: person,
    CoworkerId: personId,
    CoworkerCompanyName: null,
    ResourceName: room,
    ToStringText: room,
    Notes: common.notes ?? null,
  });
}

/** Somebody came in. */
export function checkin(common: Common & { location?: [id: number, name: string] } = {}): Body {
  const { person = 'Daniel Okafor', personId = 1_421_300_912, at = Date.now() } = common;
  const [business, name] = common.location ?? [1_420_900_101, 'Harbour Yard'];
  return made('Checkin', common, {
    CoworkerFullName: person,
    CoworkerId: personId,
    BusinessId: business,
    BusinessName: name,
    FromTime: stamp(at),
    ToStringText: person,
  });
}

/** An invoice. */
export function invoice(
  common: Common & { total?: number; currency?: string; number?: string } = {},
): Body {
  const { person = 'Ana Lima', personId = 1_421_300_777, at = Date.now() } = common;
  const { total = 354.5, currency = 'GBP', number = 'HY-2026-000418' } = common;
  return made('CoworkerInvoice', common, {
    CoworkerFullName: person,
    CoworkerId: personId,
    BillToName: person,
    InvoiceNumber: number,
    ToStringText: number,
    TotalAmount: total,
    PaidAmount: total,
    CurrencyCode: currency,
    PaidOn: stamp(at),
  });
}

/** A customer. */
export function customer(common: Common = {}): Body {
  const { person = 'Ana Lima' } = common;
  return made('Coworker', common, { FullName: person, ToStringText: person });
}

/** A visitor. */
export function visitor(common: Common = {}): Body {
  const { person = 'Priya Natarajan' } = common;
  return made('Visitor', common, { FullName: person, ToStringText: person });
}

// Quarantine of the fake program.

import { AskError } from '../door';
import type { Answer } from '../types/Answer';
import type { Discard } from '../types/Discard';
import type { QuarantineItem } from '../types/QuarantineItem';

/** Deliveries that failed their signature. */
export class FakeQuarantine {
  /** Newest first. */
  items: QuarantineItem[];

  constructor(count: number, now: number) {
    this.items = Array.from({ length: count }, (_, i) => ({
      id: count - i,
      receivedAt: now - i * 60_000,
      arrivals: 1 + (i % 3),
      action: 'BookingCreate',
      location: 1420900101,
      reason: ['wrong', 'missing', 'malformed'][i % 3] ?? 'wrong',
      size: 2048,
    }));
  }

  page(before: number | null, limit: number): Answer {
    const items = this.items.filter(({ id }) => before === null || id < before).slice(0, limit);
    return { answer: 'quarantine', items, total: this.items.length };
  }

  one(id: number): Answer {
    const item = this.items.find((one) => one.id === id);
    if (!item) throw new AskError('not-found', 'This delivery is not in quarantine any more.');
    return {
      answer: 'quarantine-item',
      item,
      source: 'webhook',
      route: `/${item.action}/${item.location}`,
      headers: [['user-agent', 'NexudusWebhooks/1.0']],
      signature: item.reason === 'missing' ? null : 'a0b1c2d3',
      body: JSON.stringify([{ Id: 1_428_600_000 + id, CoworkerFullName: 'Ana Ruiz' }], null, 2),
      masked: 1,
      cut: false,
    };
  }

  /** How many are gone. */
  discard(what: Discard): number {
    const before = this.items.length;
    this.items = this.items.filter(({ id }) =>
      what.by === 'ids' ? !what.ids.includes(id) : id > what.id,
    );
    return before - this.items.length;
  }
}

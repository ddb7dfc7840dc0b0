import { describe, expect, it } from 'vitest';
import type { Lines } from '../facets/merge';
import { meant } from './meant';
import { EVERYTHING } from './model';

const category = (slug: string, title: string, actions: [string, string][]) => ({
  category: slug,
  title,
  count: 1,
  actions: actions.map(([action, label]) => ({ action, label, count: 1 })),
});

const LINES: Lines = {
  categories: [
    category('bookings', 'Bookings', [
      ['BookingCreate', 'Booking created'],
      ['BookingUpdate', 'Booking updated'],
    ]),
    category('billing', 'Billing', [
      ['CoworkerInvoiceFailedPayment', 'Payment failed'],
      ['CoworkerInvoicePaid', 'Invoice paid'],
    ]),
  ],
  locations: [],
  flags: [],
};

const titles = (text: string) => meant({ ...EVERYTHING, text }, LINES).map(({ title }) => title);

describe('words that find nothing', () => {
  it('may be the label of an action', () => {
    const [first] = meant({ ...EVERYTHING, text: '"payment failed"', from: 'today' }, LINES);
    expect(first).toEqual({
      title: 'Payment failed',
      filter: { ...EVERYTHING, from: 'today', actions: ['CoworkerInvoiceFailedPayment'] },
    });
    expect(titles('failed')).toEqual(['Payment failed']);
    expect(titles('PÁYMENT')).toEqual(['Payment failed']);
  });

  it('may be a category, and the rest is looked for in it', () => {
    expect(titles('ana booking')).toEqual(['Bookings with “ana”']);
    const [first] = meant({ ...EVERYTHING, text: 'ana booking' }, LINES);
    expect(first?.filter).toMatchObject({ text: 'ana', categories: ['bookings'], actions: [] });
    expect(titles('booking')).toEqual(['Bookings', 'Booking created', 'Booking updated']);
  });

  it('may be nothing else', () => {
    expect(titles('boardroom')).toEqual([]);
    expect(titles('pay')).toEqual([]);
    expect(titles('')).toEqual([]);
    expect(titles('paid* -x')).toEqual([]);
  });
});

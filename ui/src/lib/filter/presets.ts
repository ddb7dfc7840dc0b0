// The views that come with the program: ready-made filters.

import type { Filter } from '../backend';
import { EVERYTHING, sameFilter } from './model';

/** A view: a filter with a name. */
export interface Preset {
  id: string;
  title: string;
  /** What it shows, in one sentence. */
  about: string;
  /** The key that chooses it. */
  key: string;
  filter: Filter;
}

function preset(
  id: string,
  title: string,
  about: string,
  key: string,
  part: Partial<Filter>,
): Preset {
  return { id, title, about, key, filter: { ...EVERYTHING, ...part } };
}

/** In the order in which they are shown. */
export const PRESETS: readonly Preset[] = [
  preset('all', 'All', 'Everything that was received', '1', {}),
  preset(
    'front-desk',
    'Front desk',
    'Who comes, who goes, who is expected, what was delivered',
    '2',
    {
      // Not the whole category: “access control updated” comes before and after everything else, and tells a
      // front desk nothing.
      actions: [
        'CoworkerCheckin',
        'CoworkerCheckout',
        'CoworkerCheckinFailed',
        'CheckinCreated',
        'CheckinUpdated',
        'FailedCheckin',
        'VisitorRegistered',
        'VisitorCheckedin',
        'VisitorNotification',
        'VisitorDeleted',
        'DeliveryCreated',
        'DeliveryAssigned',
      ],
    },
  ),
  preset('bookings', 'Bookings', 'Rooms and desks: booked, changed, deleted', '3', {
    categories: ['bookings'],
  }),
  preset('billing', 'Billing', 'Invoices, payments, credit notes, the ledger', '4', {
    categories: ['billing'],
  }),
  preset('problems', 'Problems', 'Failed payments and refused check-ins', '5', {
    actions: ['CoworkerInvoiceFailedPayment', 'CoworkerCheckinFailed', 'FailedCheckin'],
  }),
];

/** The view that a filter is, or narrows further by words, time, place or person. */
export function presetOf(filter: Filter): Preset | undefined {
  const { categories, actions } = filter;
  return PRESETS.find((view) => sameFilter(view.filter, { ...EVERYTHING, categories, actions }));
}

/** Actions that mean trouble for somebody: their rows are marked. */
export const PROBLEM_ACTIONS: ReadonlySet<string> = new Set(PRESETS.at(-1)?.filter.actions);

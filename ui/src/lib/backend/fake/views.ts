// Views of the fake program.

import { AskError } from '../door';
import type { ImportedViews } from '../types/ImportedViews';
import type { Row } from '../types/Row';
import type { View } from '../types/View';
import type { ViewNews } from '../types/ViewNews';
import type { Views } from '../types/Views';
import type { ViewsFile } from '../types/ViewsFile';
import { changedOf } from './detail';
import { parse } from './language';
import { matcher } from './match';

function shipped(id: string, name: string, about: string, query: string): View {
  return {
    id,
    name,
    about,
    query,
    columns: [],
    oldestFirst: false,
    colour: 'none',
    badge: id === 'front-desk' || id === 'problems',
    hidden: false,
    shipped: true,
  };
}

/** Those that come with the program. */
export const SHIPPED: readonly View[] = [
  shipped('all', 'All', 'Everything that was received', ''),
  shipped(
    'front-desk',
    'Front desk',
    'Who comes, who goes, who is expected, what was delivered',
    'action:(CoworkerCheckin, CoworkerCheckout, FailedCheckin, VisitorRegistered, VisitorCheckedin, DeliveryCreated)',
  ),
  shipped('bookings', 'Bookings', 'Rooms and desks: booked, changed, deleted', 'category:bookings'),
  shipped('billing', 'Billing', 'Invoices, payments, credit notes, the ledger', 'category:billing'),
  shipped(
    'problems',
    'Problems',
    'Failed payments and refused check-ins',
    'action:(CoworkerInvoiceFailedPayment, CoworkerCheckinFailed, FailedCheckin)',
  ),
  shipped('access', 'Access', 'Doors and check-ins', 'category:access'),
];

/** The list of views, as the program keeps it. */
export class FakeViews {
  views: View[] = SHIPPED.map((view) => ({ ...view }));
  revision = 1;
  trouble: string | null = null;
  /** Newest delivery that was looked at, by the views' ids. */
  readonly seen = new Map<string, number>();
  /** Rows that were there from the start. */
  begun = 0;
  #next = 1;

  get answer(): Views {
    return {
      views: this.views,
      usual: SHIPPED.map((view) => ({ ...view })),
      revision: this.revision,
      trouble: this.trouble,
    };
  }

  /** Takes a list; refuses one that was made of an older one. */
  set(views: readonly View[], revision: number): Views {
    if (revision !== this.revision) {
      throw new AskError('bad-question', 'The views were changed on another screen meanwhile.');
    }
    if (views.some(({ name }) => name.trim() === '' || [...name].length > 60)) {
      throw new AskError('bad-question', 'A view’s name has 1 to 60 letters.');
    }
    const kept = views.map((view) => ({ ...view, id: view.id || `own-${this.#next++}` }));
    const gone = SHIPPED.find(({ id }) => !kept.some((view) => view.id === id));
    if (gone) {
      throw new AskError('bad-question', `“${gone.name}” came with the program: it can be hidden.`);
    }
    this.views = kept;
    this.revision += 1;
    return this.answer;
  }

  /** What is new in those that have a badge; `rows` are all, oldest first. */
  news(rows: readonly Row[], now: number): ViewNews {
    const views = this.views.filter(({ badge, hidden }) => badge && !hidden);
    return {
      views: views.map(({ id, query }) => {
        const { filter } = parse(query);
        const matches = filter && matcher(filter, now, changedOf);
        const fresh = rows.slice(this.seen.get(id) ?? this.begun);
        return { id, count: matches ? fresh.filter(matches).length : null };
      }),
      asOf: rows.length,
    };
  }

  /** Some of them as a file. */
  file(ids: readonly string[], inWindow: boolean): ViewsFile {
    const views = this.views.filter(({ id }) => ids.includes(id));
    const text = JSON.stringify({ nexwatch: 'views', version: 1, views });
    return {
      name: 'nexwatch-views.json',
      text: inWindow ? '' : text,
      written: inWindow ? '/Users/desk/Documents/nexwatch-views.json' : null,
    };
  }

  /** Takes those of a file. */
  take(text: string): ImportedViews {
    let read: View[];
    try {
      const file = JSON.parse(text) as { nexwatch?: string; views?: View[] };
      if (file.nexwatch !== 'views' || !Array.isArray(file.views)) throw new Error('another file');
      read = file.views;
    } catch {
      throw new AskError('bad-question', 'This is not a file of views.');
    }
    const same = (a: View, b: View) => a.name === b.name && a.query === b.query;
    const known = read.filter((view) => this.views.some((there) => same(view, there)));
    const added = read
      .filter((view) => !known.includes(view))
      .map((view) => {
        const taken = this.views.some(({ name }) => name === view.name);
        return { ...view, id: '', shipped: false, name: taken ? `${view.name} 2` : view.name };
      });
    const views = this.set([...this.views, ...added], this.revision);
    const names = (list: View[]) => list.map(({ name }) => name);
    return { views, added: names(added), known: names(known) };
  }
}

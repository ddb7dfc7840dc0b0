// The filter: words, fields, chips and counts, each of them the same thing seen from another side.

import { ABD, HARBOUR, JOSE, MILL, morning, play, TANAKA, ZOE, type Event } from '../support/space';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

/** A morning on the screen. */
async function filled(desk: Desk, platform: Platform): Promise<Event[]> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  return events;
}

/** Waits until these are the events that are shown, in this order. */
async function shows(desk: Desk, expected: readonly Event[], all: number): Promise<void> {
  await desk.has(expected.length, all);
  for (const [i, { person }] of expected.entries()) {
    await expect(desk.sentence(i)).toContainText(person);
  }
}

test('words find events whatever their accents, case and script', async ({ desk, platform }) => {
  const events = await filled(desk, platform);
  const of = (person: string) => events.filter((event) => event.person === person).length;
  const searches: [string, number][] = [
    ['ibanez', of(JOSE)],
    ['JOSÉ ibáñez', of(JOSE)],
    ['"josé ibáñez booked"', 1],
    ['bronte', of(ZOE)],
    ['田中', of(TANAKA)],
    ['عبد', of(ABD)],
    ['ibanez weir', 0],
    ['weir', 1],
    ['natara', 1],
  ];
  for (const [words, found] of searches) {
    await desk.search(words);
    await desk.has(found, events.length);
  }
  await desk.search('ibanez');
  for (let i = 0; i < of(JOSE); i++) await expect(desk.sentence(i)).toContainText(JOSE);
});

test('counts beside the facets are those of the events', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const count = (which: (event: Event) => boolean) => String(events.filter(which).length);
  const categories = new Set(events.map((event) => event.category));
  for (const category of categories) {
    await expect(desk.facetCount(`category-${category}`), category).toHaveText(
      count((event) => event.category === category),
    );
    await page.getByTestId(`twist-${category}`).click();
  }
  for (const action of new Set(events.map((event) => event.action))) {
    await expect(desk.facetCount(`action-${action}`), action).toHaveText(
      count((event) => event.action === action),
    );
  }
  for (const [id, name] of [HARBOUR, MILL]) {
    await expect(desk.facetCount(`location-${id}`), name).toHaveText(
      count((event) => event.location[0] === id),
    );
    await expect(desk.facets).toContainText(name);
  }
  await expect(desk.facetCount('flag-repeat')).toHaveText(count((event) => event.again));

  // A filter narrows the other facets, not its own.
  await desk.facet(`location-${MILL[0]}`).check();
  for (const category of categories) {
    await expect(desk.facetCount(`category-${category}`), category).toHaveText(
      count((event) => event.category === category && event.location === MILL),
    );
  }
  await expect(desk.facetCount(`location-${HARBOUR[0]}`)).toHaveText(
    count((event) => event.location === HARBOUR),
  );
});

test('facets, chips and text are the same thing', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const all = events.length;
  const among = (which: (event: Event) => boolean) => shows(desk, events.filter(which), all);

  await desk.facet('category-bookings').check();
  await among((e) => e.category === 'bookings');
  await expect(desk.query).toHaveValue('category:bookings');
  await expect(desk.chip('view')).toBeHidden();
  await expect(desk.chip('categories')).toContainText('Bookings');

  await desk.facet('category-access').check();
  await among((e) => e.category === 'bookings' || e.category === 'access');

  await desk.facet(`location-${MILL[0]}`).check();
  await among((e) => e.location === MILL && ['bookings', 'access'].includes(e.category));
  await expect(desk.chip('locations')).toContainText('Old Mill');
  await expect(desk.query).toHaveValue('category:(bookings, access) location:"Old Mill"');

  // A chip's cross takes out its part, in the text too.
  await desk.chip('categories').getByRole('button').click();
  await among((e) => e.location === MILL);
  await expect(desk.query).toHaveValue('location:"Old Mill"');
  await expect(desk.facet('category-bookings')).not.toBeChecked();

  // Text typed by a person ticks the boxes.
  await desk.search('action:CheckinCreated location:harbour zoe');
  await expect(desk.facet(`location-${HARBOUR[0]}`)).toBeChecked();
  await expect(desk.chip('actions')).toBeVisible();
  await expect(desk.chip('locations')).toContainText('Harbour Yard');
  await expect(desk.chip('text')).toContainText('zoe');
  await among((e) => e.action === 'CheckinCreated' && e.location === HARBOUR && e.person === ZOE);

  await page.getByTestId('query-clear').click();
  await desk.has(all);
  await expect(desk.query).toHaveValue('');
  await expect(page.getByTestId('chips')).toHaveText('All events');
});

test('an action, a mark, and everything but a mark', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await page.getByTestId('twist-access').click();
  await desk.facet('action-CheckinCreated').check();
  const checkins = events.filter((event) => event.action === 'CheckinCreated');
  await shows(desk, checkins, events.length);

  await desk.facet('flag-repeat').click();
  await shows(
    desk,
    checkins.filter((event) => event.again),
    events.length,
  );
  await expect(desk.chip('flag-repeat')).toBeVisible();
  await desk.facet('flag-repeat').click();
  await shows(
    desk,
    checkins.filter((event) => !event.again),
    events.length,
  );
  await expect(desk.query).toHaveValue(/-flag:repeat/);
  await desk.facet('flag-repeat').click();
  await shows(desk, checkins, events.length);
});

test('a person, by a part of the name', async ({ desk, platform }) => {
  const events = await filled(desk, platform);
  for (const [name, person] of [
    ['ibanez', JOSE],
    ['田中', TANAKA],
    ['"zoë 🙂 brontë"', ZOE],
  ]) {
    await desk.search(`person:${name}`);
    await shows(
      desk,
      events.filter((event) => event.person === person),
      events.length,
    );
  }
});

test('from an event to more of the same', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const mine = events.filter((event) => event.person === JOSE);
  await desk.row(0).click();
  await page.getByRole('button', { name: 'Only this person' }).click();
  await shows(desk, mine, events.length);

  // The text says the same: read again, it finds the same.
  await desk.press('/', 'End', 'Space');
  await desk.query.press('Enter');
  await expect(page.getByTestId('query-error')).toBeHidden();
  await shows(desk, mine, events.length);
  await page.getByRole('button', { name: 'Only this location' }).click();
  const here = mine.filter((event) => event.location === HARBOUR);
  await shows(desk, here, events.length);
  await desk.press('/', 'End', 'Space');
  await desk.query.press('Enter');
  await shows(desk, here, events.length);
});

test('from an event to the same thing’s other events', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const [booked] = events;
  await platform.send('BookingUpdate', {
    ...booked?.body,
    UpdatedOn: new Date().toISOString(),
    Notes: 'moved',
  });
  await desk.has(events.length + 1);
  await desk.row(1).click();
  await page.getByRole('button', { name: 'Only this booking' }).click();
  await desk.has(2, events.length + 1);
  await expect(desk.chip('entity')).toContainText(String(booked?.body.Id));
  await desk.press('/', 'End', 'Space');
  await desk.query.press('Enter');
  await expect(page.getByTestId('query-error')).toBeHidden();
  await desk.has(2, events.length + 1);
});

test('an error in the text is told, and pointed at', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.query.fill('ibanez bananas:3 tomorrow');
  const error = page.getByTestId('query-error');
  await expect(error).toContainText('there is no field “bananas”', { ignoreCase: true });
  await expect(desk.query).toHaveAttribute('aria-invalid', 'true');
  // The mark lies under the wrong word.
  const mark = page.locator('.ghost u');
  await expect(mark).toHaveText('bananas');
  const [box, marked] = [await desk.query.boundingBox(), await mark.boundingBox()];
  const offset = await desk.query.evaluate((input: HTMLInputElement) => {
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) throw new Error('no canvas');
    const style = getComputedStyle(input);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    return parseFloat(style.paddingLeft) + pen.measureText('ibanez ').width;
  });
  expect(Math.abs((marked?.x ?? 0) - (box?.x ?? 0) - offset)).toBeLessThan(6);
  // What was shown before stays.
  await desk.has(events.length);

  for (const [text, words] of [
    ['category:', 'write what after the colon'],
    ['category:bokings', 'bookings'],
    ['location:nowhere', 'nowhere'],
    ['from:soon', 'soon'],
    ['category:(bookings', 'this list has no end'],
    ['(ana OR', 'there is nothing after OR'],
    ['(ana', 'this bracket is not closed'],
    ['amount:>1,000', 'write a number with a dot'],
  ] as const) {
    await desk.query.fill(text);
    await expect(error).toContainText(words, { ignoreCase: true });
  }
  await desk.query.fill('category:bookings');
  await expect(error).toBeHidden();
  await desk.has(events.filter((event) => event.category === 'bookings').length, events.length);
});

test('a condition that no box stands for is a chip of its own, and can be changed', async ({
  desk,
  page,
  platform,
}) => {
  const events = await filled(desk, platform);
  const all = events.length;
  await desk.search('(category:billing OR flag:repeat) -person:ibanez location:harbour');
  await shows(
    desk,
    events.filter(
      (e) => (e.category === 'billing' || e.again) && e.person !== JOSE && e.location === HARBOUR,
    ),
    all,
  );
  await expect(desk.chip('locations')).toContainText('Harbour Yard');
  await expect(desk.chip('also-0')).toContainText('(category:billing OR flag:repeat)');
  await expect(desk.chip('also-1')).toContainText('person:ibanez');

  // A click puts its text before the caret; typed over, the list is that of the new one.
  await page.getByTestId('edit-also-0').click();
  await expect(desk.query).toBeFocused();
  await page.keyboard.type('category:visitors');
  await shows(
    desk,
    events.filter((e) => e.category === 'visitors'),
    all,
  );
  await desk.press('Escape', 'Escape');
  await desk.chip('also-0').getByRole('button', { name: 'Remove' }).click();
  await shows(
    desk,
    events.filter((e) => e.category === 'visitors' && e.location === HARBOUR),
    all,
  );
});

test('an empty list says what the filter hides, and a key clears it', async ({
  desk,
  page,
  platform,
}) => {
  const events = await filled(desk, platform);
  await desk.search('nothingofthekind');
  await expect(page.getByTestId('empty')).toContainText('No event matches this filter');
  await expect(page.getByTestId('empty-hidden')).toContainText(`hides ${events.length} events`);
  await desk.press('c');
  await desk.has(events.length);
  await expect(page.getByTestId('empty')).toBeHidden();

  // So does its button.
  await desk.search('category:teams');
  await expect(page.getByTestId('empty')).toBeVisible();
  await page.getByTestId('clear-filter').click();
  await desk.has(events.length);
});

test('an event that is read stays when the filter hides it', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.row(0).click();
  const pane = page.getByTestId('event-pane');
  await expect(pane.getByTestId('event-sentence')).toContainText(JOSE);
  const open = await pane.getAttribute('data-event');

  await desk.search('category:billing');
  await desk.has(3, events.length);
  await expect(pane).toHaveAttribute('data-event', open ?? '');
  await expect(page.getByTestId('event-elsewhere')).toBeVisible();
  await expect(desk.feed.locator('[data-testid=row][aria-selected=true]')).toHaveCount(0);

  await desk.search('ibanez');
  await desk.has(4, events.length);
  await expect(page.getByTestId('event-elsewhere')).toBeHidden();
  await expect(desk.feed.locator(`[data-event="${open}"]`).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a query is completed with the keyboard alone', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const options = page.getByTestId('completions').getByRole('option');
  await desk.press('/');
  await page.keyboard.type('loc');
  await expect(options.first()).toContainText('location:');
  await desk.press('ArrowDown', 'Enter');
  await expect(desk.query).toHaveValue('location:');
  // Values with their counts, the most frequent first.
  const count = (location: [number, string]) =>
    events.filter((event) => event.location === location).length;
  await expect(options.nth(0)).toContainText(`Harbour Yard`);
  await expect(options.nth(0)).toContainText(String(count(HARBOUR)));
  await expect(options.nth(1)).toContainText('Old Mill');
  await expect(options.nth(1)).toContainText(String(count(MILL)));
  await desk.press('ArrowDown', 'ArrowDown', 'Enter');
  await expect(desk.query).toHaveValue('location:"Old Mill"');
  await desk.has(count(MILL), events.length);

  // A name, by a part of it without its accents; Tab takes the first.
  await page.keyboard.type(' ibane');
  await expect(options.first()).toContainText(JOSE);
  await desk.press('Tab');
  const mine = events.filter((event) => event.person === JOSE && event.location === MILL);
  await shows(desk, mine, events.length);
  await expect(page.locator('[data-testid^=chip-person]')).toContainText(JOSE);
  // Escape closes the list, then leaves the box.
  await desk.press('Escape', 'Escape');
  await expect(desk.query).not.toBeFocused();
});

test('a time range, ready-made and one’s own', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.press('t');
  await page.getByTestId('range-hour').click();
  await desk.has(events.length, events.length);
  await expect(page.getByTestId('time-range')).toContainText('Last hour');
  await expect(desk.query).toHaveValue('from:-1h');

  await page.getByTestId('time-range').click();
  await page.getByTestId('range-from').fill('2020-01-02T09:00');
  await page.getByTestId('range-to').fill('2020-01-02T08:00');
  await page.getByTestId('range-apply').click();
  await expect(page.getByRole('alert')).toContainText('The end must be after the beginning');
  await page.getByTestId('range-to').fill('2020-01-02T18:00');
  await page.getByTestId('range-apply').click();
  await expect(page.getByTestId('empty-hidden')).toContainText(`hides ${events.length} events`);
  await expect(desk.chip('time')).toContainText('2020-01-02 09:00 – 2020-01-02 18:00');
  await desk.chip('time').getByRole('button').click();
  await desk.has(events.length);
});

test('the views of the left pane', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const of = (...categories: string[]) =>
    events.filter((event) => categories.includes(event.category));
  for (const [key, id, found] of [
    ['3', 'bookings', of('bookings')],
    ['4', 'billing', of('billing')],
    ['2', 'front-desk', of('access', 'visitors')],
    ['5', 'problems', events.filter((e) => e.action === 'CoworkerInvoiceFailedPayment')],
  ] as const) {
    await desk.press(key);
    await shows(desk, found, events.length);
    await expect(page.getByTestId(`view-${id}`)).toHaveAttribute('aria-current', 'true');
  }
  await page.getByTestId('view-all').click();
  await desk.has(events.length);
});

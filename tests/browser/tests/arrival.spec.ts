// Live arrival: what is sent over HTTP is on the screen, by itself and in its place.

import { booking, checkin, customer, invoice, visitor } from '../support/bodies';
import { expect, test } from '../support/test';

test('a signed delivery appears by itself, in words', async ({ desk, page, platform }) => {
  // Beside the guide a narrower list has no room for amounts.
  await page.setViewportSize({ width: 1600, height: 900 });
  await desk.open();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await desk.has(0);

  const deliveries: [string, object, string][] = [
    ['BookingCreate', booking({ person: 'José Ibáñez' }), 'José Ibáñez booked Lighthouse Room'],
    ['CheckinCreated', checkin({ person: '田中 太郎' }), '田中 太郎 checked in at Harbour Yard'],
    ['VisitorCheckedin', visitor({ person: 'عبد الله' }), 'عبد الله arrived'],
    ['CoworkerUpdate', customer({ person: 'Zoë 🙂' }), 'Customer Zoë 🙂 was updated'],
    [
      'CoworkerInvoicePaid',
      invoice({ person: 'Ana Lima', total: 1354.5, currency: 'EUR' }),
      'of Ana Lima was paid: €1,354.50',
    ],
  ];
  for (const [i, [action, body, words]] of deliveries.entries()) {
    expect(await platform.send(action, body), action).toBe(200);
    await expect(desk.sentence(0)).toContainText(words);
    await desk.has(i + 1);
  }
  await expect(desk.row(0).getByTestId('row-amount')).toContainText('1,354.50');
  await expect(desk.row(0).getByTestId('row-amount')).toContainText('EUR');
  await desk.stands('following');
  await expect(page.getByTestId('strip-events')).toHaveText('5 events kept');
  await expect(page.getByTestId('strip-last-event')).toContainText(/now|s ago/);
  expect(await page.evaluate('window.sameDocument')).toBe(true);
});

test('two hundred at once all arrive, in the order of their times', async ({ desk, platform }) => {
  await desk.open();
  const now = Date.now();
  // 73 and 200 have no common factor: each number once, in no order.
  const order = Array.from({ length: 200 }, (_, i) => (i * 73) % 200);
  const statuses = await Promise.all(
    order.map((n) =>
      platform.send('BookingCreate', booking({ room: `Room ${n}`, at: now - n * 1000 })),
    ),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  await desk.has(200);
  await desk.stands('following');
  for (const n of [0, 1, 2, 3, 10]) await expect(desk.sentence(n)).toContainText(`Room ${n} `);
  // From the keyboard to the far end.
  await desk.press('End');
  for (const n of [199, 198, 190]) await expect(desk.sentence(n)).toContainText(`Room ${n} `);
});

test('what comes late takes its place in time', async ({ desk, platform }) => {
  const now = Date.now();
  await platform.send('BookingCreate', booking({ room: 'Early Room', at: now - 60 * 60_000 }));
  await platform.send('BookingCreate', booking({ room: 'Recent Room', at: now }));
  await desk.open();
  await desk.has(2);
  await platform.send('BookingCreate', booking({ room: 'Late Room', at: now - 30 * 60_000 }));
  await desk.has(3);
  for (const [i, room] of ['Recent Room', 'Late Room', 'Early Room'].entries()) {
    await expect(desk.sentence(i)).toContainText(room);
  }
});

test('a repeat is no second event', async ({ desk, platform }) => {
  await desk.open();
  const body = booking({ person: 'José Ibáñez' });
  for (let i = 0; i < 3; i++) expect(await platform.send('BookingCreate', body)).toBe(200);
  await expect(desk.row(0).locator('.flag')).toHaveText('repeat ×2');
  await desk.has(1);
  // Its next change is one.
  expect(await platform.send('BookingUpdate', body)).toBe(200);
  await desk.has(2);
});

test('one delivery of many is an event each', async ({ desk, platform }) => {
  await desk.open();
  const bodies = ['One', 'Two', 'Three'].map((room) => booking({ room: `${room} Room` }));
  expect(await platform.send('BookingCreate', JSON.stringify(bodies))).toBe(200);
  await desk.has(3);
  for (const room of ['One Room', 'Two Room', 'Three Room']) {
    await expect(desk.rowWith(room)).toHaveCount(1);
  }
});

// One event: what a person wants to know, what was sent, how it came.

import { readFile } from 'node:fs/promises';
import { booking, customer, sample, type Body } from '../support/bodies';
import { HARBOUR } from '../support/space';
import { expect, test } from '../support/test';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const copied = 'navigator.clipboard.readText()';

test('facts, in the words and the time of the place', async ({ desk, page, platform }) => {
  const body = booking({ person: 'José Ibáñez', notes: 'Client pitch – café set-up' });
  await platform.send('BookingCreate', body, { location: HARBOUR[0] });
  await desk.open();
  await desk.row(0).click();
  await expect(page.getByTestId('event-action')).toHaveText('Booking created');
  await expect(page.getByTestId('event-sentence')).toContainText(
    'José Ibáñez booked Lighthouse Room',
  );
  const facts = page.getByTestId('event-facts');
  const fact = (label: string) =>
    facts.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following::dd[1]');
  await expect(fact('Room')).toHaveText('Lighthouse Room');
  await expect(fact('Customer')).toHaveText('José Ibáñez');
  // 09:00 UTC is 10 o'clock where the room is, as the body tells, and 11 in Madrid, where this program runs.
  await expect(fact('From')).toHaveText('Tue, 9 Jun 2026, 10:00:00 UTC+1');
  await expect(fact('To')).toHaveText('Tue, 9 Jun 2026, 11:30:00 UTC+1');
  await expect(facts).toContainText('Client pitch – café set-up');
  await expect(facts).toContainText(String(body.Id));
});

test('the body as a tree: open, find, copy', async ({ desk, page, platform }) => {
  const guests = [{ FullName: 'Ana Lima', 'Badge colour': 'green' }, { FullName: 'Bo' }];
  await platform.send('BookingCreate', { ...booking(), BookingVisitors: guests });
  await desk.open();
  await desk.row(0).click();
  const line = (path: string) => page.locator(`[data-testid=body-line][data-path='${path}']`);
  await expect(line('ResourceName')).toContainText('Lighthouse Room');

  // Fields without a value are there on request.
  await expect(line('InternalNotes')).toHaveCount(0);
  await page.getByTestId('body-hidden').click();
  await expect(line('InternalNotes')).toContainText('null');

  // With the mouse.
  await expect(line('BookingVisitors')).toContainText('2 items');
  await expect(line('BookingVisitors')).toHaveAttribute('aria-expanded', 'false');
  await line('BookingVisitors').getByTestId('body-twist').click();
  await expect(line('BookingVisitors')).toHaveAttribute('aria-expanded', 'true');
  // With the keyboard.
  await line('BookingVisitors').focus();
  await desk.press('ArrowDown', 'ArrowRight', 'ArrowRight');
  await expect(line('BookingVisitors[0].FullName')).toBeFocused();
  await expect(line('BookingVisitors[0].FullName')).toContainText('Ana Lima');
  await desk.press('c');
  await expect.poll(() => page.evaluate(copied)).toBe('Ana Lima');
  await desk.press('ArrowDown');
  const colour = line('BookingVisitors[0]["Badge colour"]');
  await expect(colour).toBeFocused();
  await colour.getByRole('button', { name: 'Copy the path' }).click();
  await expect.poll(() => page.evaluate(copied)).toBe('BookingVisitors[0]["Badge colour"]');
  await colour.getByRole('button', { name: 'Copy the value' }).click();
  await expect.poll(() => page.evaluate(copied)).toBe('green');
  await colour.focus();
  await desk.press('ArrowLeft', 'ArrowLeft');
  await expect(colour).toHaveCount(0);

  // Found by a value deep inside.
  await page.getByTestId('body-search').fill('green');
  await expect(page.getByTestId('body-line')).toHaveCount(3);
  await expect(colour).toBeVisible();

  await page.getByRole('button', { name: 'Copy the whole body' }).click();
  const whole = async () => JSON.parse(await page.evaluate<string>(copied)) as Body;
  await expect.poll(async () => (await whole()).BookingVisitors).toEqual(guests);
});

test('a value of the body narrows the list', async ({ desk, page, platform }) => {
  await platform.send('BookingCreate', booking({ person: 'Ana Lima', personId: 1_421_300_001 }));
  await platform.send('BookingCreate', booking({ person: 'Bo Ek', personId: 1_421_300_002 }));
  await desk.open();
  await desk.has(2);
  await desk.rowWith('Ana Lima').click();
  const line = page.locator('[data-testid=body-line][data-path=CoworkerId]');
  await line.hover();
  await line.getByTestId('body-narrow').click();
  await desk.has(1, 2);
  await expect(desk.sentence(0)).toContainText('Ana Lima');
});

test('what is private is nowhere to be seen', async ({ desk, page, platform, program }) => {
  const fields = [
    'AccessPincode',
    'AccessCardId',
    'KeyFobNumber',
    'CardNumber',
    'BankAccount',
    'BankName',
    'BankBranch',
    'TaxIDNumber',
    'DateOfBirth',
    'Password',
    'StripeACHBankToken',
    'StripeACHCustomerToken',
    'GoCardlessContractNumber',
    'RegularPaymentContractNumber',
  ];
  const known = sample('Coworker');
  for (const field of fields) expect(known, 'the platform has this field').toHaveProperty(field);
  // Each value occurs nowhere else.
  const planted = fields.map((_, i) => `priv${i}ate-7h3s3cr3t`);
  const secrets = Object.fromEntries(fields.map((field, i) => [field, planted[i]]));
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (!new URL(response.url()).pathname.startsWith('/ask')) return;
    answers.push(await response.text().catch(() => ''));
  });
  await platform.send('CoworkerUpdate', { ...customer({ person: 'José Ibáñez' }), ...secrets });
  await platform.send('VisitorCheckedin', {
    ...sample('Visitor'),
    FullName: 'Bo Ek',
    VisitorCode: planted[0],
  });
  await desk.open();
  await desk.has(2);
  await desk.rowWith('José Ibáñez').click();
  await expect(page.getByTestId('event-body')).toContainText(`${fields.length} private fields`);
  await page.getByTestId('body-more').click();
  for (const field of fields) {
    await expect(page.locator(`[data-testid=body-line][data-path=${field}]`)).toContainText('••••');
  }
  const seen = [await desk.everything()];
  await desk.rowWith('Bo Ek').click();
  await expect(page.getByTestId('event-body')).toContainText('1 private field');
  seen.push(await desk.everything());

  // Nor can it be found, guessed or taken away.
  await desk.search(planted[0] ?? '');
  await expect(page.getByTestId('empty')).toBeVisible();
  await page.getByTestId('query-clear').click();
  await desk.has(2);
  await desk.press('Escape', 'e');
  await page.getByTestId('export-jsonl').check();
  await page.getByTestId('export-body').check();
  const downloading = page.waitForEvent('download');
  await page.getByTestId('export-start').click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  expect(file).toContain('AccessPincode');
  for (const text of [...seen, ...answers, file, program.log]) {
    for (const secret of planted.slice(1)) expect(text).not.toContain(secret);
  }
  expect(answers.some((answer) => answer.includes('AccessPincode'))).toBe(true);
});

test('how it came: signature, rule, repeats', async ({ desk, page, platform }) => {
  const folded = booking({ person: 'José Ibáñez', at: Date.now() });
  const plain = { Id: 1, UpdatedOn: '2026-06-08T09:52:31Z', CoworkerFullName: 'Ana Lima' };
  await platform.send('BookingCreate', folded, { location: HARBOUR[0] });
  await platform.send('BookingCreate', plain);
  await desk.open();
  await desk.rowWith('José Ibáñez').click();
  const delivery = page.getByTestId('event-delivery');
  await expect(page.getByTestId('event-signature')).toContainText('Genuine');
  await expect(page.getByTestId('event-signature')).toContainText('folded to ASCII');
  await expect(delivery).toContainText(`/BookingCreate/${HARBOUR[0]}`);
  await expect(delivery).toContainText('It came once');

  await desk.rowWith('Ana Lima').click();
  await expect(page.getByTestId('event-signature')).toContainText('over the bytes as they came');

  // The platform retries.
  await platform.send('BookingCreate', folded, { location: HARBOUR[0] });
  await platform.send('BookingCreate', { ...folded, Notes: 'more' }, { location: HARBOUR[0] });
  await desk.press('f');
  await desk.rowWith('José Ibáñez').click();
  await expect(page.getByTestId('event-repeats').getByRole('listitem')).toHaveCount(2);
  await expect(page.getByTestId('event-repeats')).toContainText('same bytes');
  await expect(page.getByTestId('event-repeats')).toContainText('other bytes');
});

test('a body that is not JSON is shown as it came', async ({ desk, page, platform }) => {
  expect(await platform.send('BookingCreate', 'Room=1&Who=José <b>Ibáñez</b>')).toBe(200);
  await desk.open();
  await desk.row(0).click();
  await expect(page.getByTestId('body-text')).toHaveText('Room=1&Who=José <b>Ibáñez</b>');
  await expect(desk.row(0).locator('.flag')).toHaveText('unreadable');
});

// The first start: from an empty window to a first event.

import { booking } from '../support/bodies';
import { expect, SECRET, test } from '../support/test';

test.use({ agreed: false, permissions: ['clipboard-read', 'clipboard-write'] });

const copied = 'navigator.clipboard.readText()';

test('the guide gives the addresses to point webhooks at', async ({ desk, page, program }) => {
  await desk.open();
  await desk.guideStep(4);
  await expect(desk.pane).toHaveAttribute('data-side', 'guide');
  const base = `http://${program.listen}${program.hookPath}`;
  await expect(page.getByTestId('hook-base')).toHaveValue(base);
  await page.getByTestId('hook-base-copy').click();
  await expect(page.getByTestId('toast')).toContainText('copied');
  expect(await page.evaluate(copied)).toBe(base);

  // One of ninety, found by its name, by its number, by a label.
  const hooks = page.getByTestId('hook');
  expect(await hooks.count()).toBeGreaterThanOrEqual(89);
  for (const search of ['bookingcreate', 'Bookings: Created']) {
    await page.getByTestId('hook-search').fill(search);
    await expect(hooks).toHaveCount(1);
    await expect(hooks).toHaveAttribute('data-action', 'BookingCreate');
  }
  await hooks.getByRole('button').click();
  await expect.poll(() => page.evaluate(copied)).toBe(`${base}/BookingCreate`);
  await page.getByTestId('hook-search').fill('no such action');
  await expect(hooks).toHaveCount(0);
  await expect(page.getByTestId('hook-list')).toContainText('No action of that name');
});

test('the address of the guide takes a delivery', async ({ desk, page, platform }) => {
  await desk.open();
  await desk.guideStep(4);
  await page.getByTestId('hook-search').fill('BookingCreate');
  const address = await page.getByTestId('hook').locator('code').getAttribute('title');
  const answer = await fetch(address ?? '', {
    method: 'POST',
    body: JSON.stringify([booking({ person: 'José Ibáñez' })]),
  });
  expect(answer.status).toBe(200);
  await expect(desk.sentence(0)).toContainText('José Ibáñez booked');
  await expect(desk.row(0)).toContainText('unsigned');
  expect(platform.secret).toBeNull();
});

test('a shared secret is agreed on, and never shown again', async ({ desk, page, platform }) => {
  await desk.open();
  await desk.guideStep(3);
  const secret = page.getByTestId('secret');
  const save = page.getByTestId('secret-save');
  await expect(save).toBeDisabled();

  await secret.fill('Schlüssel-7');
  await expect(page.getByTestId('secret-trouble')).toContainText('“ü” is not plain ASCII');
  await expect(save).toBeDisabled();
  await secret.fill(' ends-with-a-space ');
  await expect(page.getByTestId('secret-trouble')).toContainText('space');
  await expect(save).toBeDisabled();

  await secret.fill(SECRET);
  await expect(page.getByTestId('secret-trouble')).toBeHidden();
  await save.click();
  await expect(page.getByTestId('secret-kept')).toContainText('Kept in');
  await expect(page.getByTestId('secrets').getByRole('listitem')).toHaveCount(1);
  await expect(page.getByTestId('secrets')).toContainText('has not matched yet');
  expect(await desk.everything()).not.toContain(SECRET);

  const booked = booking({ person: 'José Ibáñez' });
  expect(await platform.send('BookingCreate', booked, { secret: null })).toBe(202);
  expect(await platform.send('BookingCreate', booked, { secret: SECRET })).toBe(200);
  await expect(desk.sentence(0)).toContainText('José Ibáñez');
  await expect(desk.row(0)).not.toContainText('unsigned');
  await expect(page.getByTestId('secrets')).toContainText('matched');
  await expect(page.getByTestId('secrets')).not.toContainText('has not matched yet');
});

test('a secret can be for one location only', async ({ desk, page, platform }) => {
  await desk.open();
  await desk.guideStep(3);
  await page.getByTestId('secret').fill(SECRET);
  await page.getByTestId('secret-location').fill('harbour');
  await expect(page.getByTestId('guide')).toContainText('A location’s id is a number');
  await expect(page.getByTestId('secret-save')).toBeDisabled();
  await page.getByTestId('secret-location').fill('1420900101');
  await page.getByTestId('secret-save').click();
  await expect(page.getByTestId('secrets')).toContainText('Location 1420900101');
  const manner = { location: 1_420_900_101, secret: SECRET };
  expect(await platform.send('BookingCreate', booking(), manner)).toBe(200);
  await desk.has(1);
});

test('a sample delivery shows that it works', async ({ desk, page }) => {
  await desk.open();
  await desk.guideStep(5);
  await page.getByTestId('send-sample').click();
  await expect(page.getByTestId('sample-sent')).toContainText('It works');
  await expect(page.getByTestId('sample-sent')).toContainText('answered 200');
  await desk.has(1);
  await expect(desk.sentence(0)).not.toBeEmpty();
  await expect(desk.row(0).locator('.flag', { hasText: 'sample' })).toBeVisible();
});

test('with a secret agreed on, a sample is signed with it', async ({ desk, page, platform }) => {
  await platform.agree(SECRET);
  await desk.open();
  await desk.guideStep(5);
  await page.getByTestId('send-sample').click();
  await expect(page.getByTestId('sample-sent')).toContainText('answered 200');
  await desk.row(0).click();
  await expect(page.getByTestId('event-signature')).toContainText('Genuine');
  await expect(page.getByTestId('event-delivery')).toContainText('Made by Nexwatch itself');
});

test('the guide is closed for good and opened again on request', async ({ desk, page }) => {
  await desk.open();
  await expect(desk.pane).toHaveAttribute('data-side', 'guide');
  await page.getByTestId('pane-close').click();
  await expect(desk.pane).toBeHidden();
  await expect(page.getByTestId('empty')).toContainText('Waiting for the first event');

  await page.reload();
  await desk.heard();
  await expect(page.getByTestId('empty')).toContainText('Waiting for the first event');
  await expect(page.getByTestId('strip-events')).toHaveText('0 events kept');
  await expect(desk.pane).toBeHidden();

  await desk.press('w');
  await expect(page.getByTestId('guide')).toBeVisible();
  await desk.press('Escape');
  await expect(desk.pane).toBeHidden();
  await page.getByTestId('menu').click();
  await page.getByTestId('menu-hooks').click();
  await expect(page.getByTestId('guide')).toBeVisible();
});

// What fails its signature: kept apart, said aloud, released by the right secret.

import { booking } from '../support/bodies';
import { signature } from '../support/platform';
import { expect, SECRET, test } from '../support/test';

const OTHER = 'the-secret-of-the-platform';

test('a wrong secret is seen, explained and put right', async ({ desk, page, platform }) => {
  await desk.open();
  await desk.press('Escape');
  await expect(page.getByTestId('strip-quarantine')).toBeHidden();
  const now = Date.now();
  // While no secret has ever matched, the platform is not told off: it would switch its webhooks off.
  const older = booking({ person: 'José Ibáñez', at: now - 60 * 60_000 });
  expect(await platform.send('BookingCreate', older, { secret: OTHER })).toBe(202);
  await expect(page.getByTestId('strip-quarantine')).toContainText('Quarantine: 1 delivery');
  await expect(page.getByTestId('alarm')).toBeVisible();
  await desk.has(0);

  // Later it is.
  const genuine = booking({ person: 'Ana Lima', at: now - 30 * 60_000 });
  expect(await platform.send('BookingCreate', genuine)).toBe(200);
  await desk.has(1);
  const newer = booking({ person: '田中 太郎', at: now - 1000 });
  expect(await platform.send('BookingCreate', newer, { secret: OTHER })).toBe(401);
  const unsigned = booking({ person: 'Bo Ek', at: now });
  expect(await platform.send('BookingCreate', unsigned, { secret: null })).toBe(401);
  await expect(page.getByTestId('strip-quarantine')).toContainText('Quarantine: 3 deliveries');
  await desk.has(1);

  await page.getByTestId('strip-quarantine').click();
  const dialog = page.getByTestId('quarantine');
  await expect(dialog).toContainText('These deliveries failed the signature');
  const items = page.getByTestId('quarantine-item');
  await expect(items).toHaveCount(3);
  await expect(items.nth(0)).toContainText('missing');
  await expect(items.nth(1)).toContainText('does not match');
  await expect(items.nth(2)).toContainText('does not match');
  await expect(items.nth(0)).toContainText('Booking');
  // It has been looked at.
  await expect(page.getByTestId('alarm')).toBeHidden();
  // What is not proven genuine is not shown.
  for (const name of ['José', '田中', 'Bo Ek']) {
    expect(await desk.everything()).not.toContain(name);
  }

  await page.getByTestId('quarantine-secret').click();
  await expect(dialog).toBeHidden();
  await page.getByTestId('secret').fill(OTHER);
  await page.getByTestId('secret-save').click();
  await expect(page.getByTestId('secret-kept')).toContainText('2 deliveries left quarantine');
  await desk.has(3);
  // Each in its own place in time, and marked.
  for (const [i, name] of ['田中 太郎', 'Ana Lima', 'José Ibáñez'].entries()) {
    await expect(desk.sentence(i)).toContainText(name);
    await expect(desk.row(i).locator('.flag')).toHaveText(name === 'Ana Lima' ? [] : ['released']);
  }
  await expect(page.getByTestId('strip-quarantine')).toContainText('Quarantine: 1 delivery');
  // From now on this is the secret.
  expect(await platform.send('BookingCreate', booking(), { secret: OTHER })).toBe(200);
  await desk.has(4);
});

test('an altered body is not genuine', async ({ desk, page, platform }) => {
  await desk.open();
  const body = JSON.stringify([booking({ person: 'Ana Lima' })]);
  expect(await platform.send('BookingCreate', body)).toBe(200);
  expect(signature(body, SECRET)).toMatch(/^[0-9A-F]{64}$/);
  for (const altered of [body.replace('Lima', 'Limo'), `${body} `, body.replace('Ana', 'Aná')]) {
    const status = await platform.send('BookingCreate', altered, {
      header: signature(body, SECRET),
    });
    expect(status, altered.slice(0, 40)).toBe(401);
  }
  await expect(page.getByTestId('strip-quarantine')).toContainText('Quarantine: 3 deliveries');
  await desk.has(1);
});

test('a key opens an empty quarantine, which says so', async ({ desk, page }) => {
  await desk.open();
  // At the first start the guide opens by itself, and takes the screen for a moment.
  await expect(page.getByTestId('guide')).toBeVisible();
  await desk.press('q');
  await expect(page.getByTestId('quarantine')).toContainText('Nothing is in quarantine');
  await desk.press('Escape');
  await expect(page.getByTestId('quarantine')).toBeHidden();
});

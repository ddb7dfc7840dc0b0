// The program goes away and comes back: the page says so, loses nothing and finds it again by itself.

import { booking } from '../support/bodies';
import { expect, test } from '../support/test';

test('killed and started again', async ({ complaints, desk, page, platform, program }) => {
  await platform.send('BookingCreate', booking({ person: 'Before' }));
  await desk.open();
  await desk.has(1);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  complaints.awayAllowed = true;
  await program.kill();
  await expect(page.getByTestId('offline')).toBeVisible();
  await expect(page.getByTestId('window')).toHaveAttribute('data-online', 'false');
  // What was known stays to be read.
  await expect(desk.sentence(0)).toContainText('Before');
  await desk.has(1);

  await program.start();
  await desk.heard();
  await expect(page.getByTestId('offline')).toBeHidden();
  await platform.send('BookingCreate', booking({ person: 'After' }));
  await expect(desk.sentence(0)).toContainText('After');
  await expect(desk.sentence(1)).toContainText('Before');
  await desk.has(2);
  await desk.stands('following');
  await expect(page.getByTestId('trouble')).toBeHidden();
  expect(await page.evaluate('window.sameDocument')).toBe(true);
});

test('what came while the page could not hear is there', async ({
  complaints,
  desk,
  page,
  platform,
  program,
}) => {
  const now = Date.now();
  const old = Array.from({ length: 30 }, (_, i) =>
    booking({ room: `Old ${i}`, at: now - 60_000 - i * 1000 }),
  );
  await platform.send('BookingCreate', JSON.stringify(old));
  await desk.open();
  await desk.has(30);
  await desk.row(4).click();
  await expect(page.getByTestId('event-delivery')).toBeVisible();
  await desk.stands('reading');

  // Only the page is cut off; deliveries go on.
  complaints.awayAllowed = true;
  await page.context().setOffline(true);
  await program.stop();
  await expect(page.getByTestId('offline')).toBeVisible();
  await program.start();
  for (let i = 0; i < 3; i++) await platform.send('BookingCreate', booking({ room: `New ${i}` }));
  await page.context().setOffline(false);
  await desk.heard();
  // Still reading, and told of what is new.
  await expect(desk.pill).toHaveText('3 new');
  await desk.stands('reading');
  await expect(desk.row(4)).toHaveAttribute('aria-selected', 'true');
  await desk.press('f');
  await desk.has(33);
  await expect(desk.sentence(0)).toContainText('New 2');
});

test('a question that fails while it is away can be asked again', async ({
  complaints,
  desk,
  page,
  platform,
  program,
}) => {
  await platform.send('BookingCreate', booking({ person: 'José Ibáñez' }));
  await desk.open();
  await desk.has(1);
  complaints.awayAllowed = true;
  await program.kill();
  await expect(page.getByTestId('offline')).toBeVisible();
  await desk.row(0).click();
  await expect(desk.pane.getByTestId('trouble')).toContainText('cannot be reached');
  await program.start();
  await desk.heard();
  await expect(page.getByTestId('event-sentence')).toContainText('José Ibáñez');
  await expect(page.getByTestId('trouble')).toHaveCount(0);
});

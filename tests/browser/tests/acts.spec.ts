// One act that the platform tells by several events: one row, which opens; nothing is hidden from counts.

import { checkin, customer } from '../support/bodies';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

const ANA = 1_421_300_777;

/** A check-in as the platform may tell it: by the check-in, by the customer, and by the access that follows. */
async function checkedIn(platform: Platform): Promise<void> {
  const at = Date.now() - 20_000;
  const person = 'Ana Lima';
  await platform.send('CheckinCreated', checkin({ person, personId: ANA, at }));
  const body = customer({ id: ANA, person, at });
  await platform.send('CoworkerCheckin', body);
  await platform.send('AccessControlUpdate', body);
}

test('is one row that opens, by mouse and by key', async ({ desk, page, platform }) => {
  await checkedIn(platform);
  await desk.open();
  await expect(page.getByTestId('feed-count')).toHaveText('3 events in 1 row');
  await expect(desk.rows).toHaveCount(1);
  await page.getByTestId('row-others').click();
  await expect(page.getByTestId('row-others')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByTestId('other')).toHaveCount(2);
  await page.getByTestId('other').last().click();
  await expect(page.getByTestId('event-delivery')).toBeAttached();
  await expect(page.getByTestId('act-other')).toHaveCount(2);
  await expect(desk.row(0)).toHaveAttribute('aria-selected', 'true');

  await desk.press('Escape', 'Escape');
  await expect(page.getByTestId('others')).toBeHidden();
  await desk.press('j', 'o');
  await expect(page.getByTestId('other').first()).toBeFocused();
  await desk.press('ArrowDown', 'Enter');
  await expect(page.getByTestId('event-pane')).toBeVisible();
});

test('is as many rows as events where folding is off, and stays so', async ({
  desk,
  page,
  platform,
}) => {
  await checkedIn(platform);
  await desk.open();
  await expect(desk.rows).toHaveCount(1);
  await desk.press('u');
  await desk.has(3);
  await expect(desk.rows).toHaveCount(3);
  await page.reload();
  await desk.has(3);
  await page.getByTestId('fold').click();
  await expect(page.getByTestId('feed-count')).toHaveText('3 events in 1 row');
  // What a filter finds is there, folded or not.
  await desk.search('action:AccessControlUpdate');
  await expect(desk.rows).toHaveCount(1);
  await desk.has(1, 3);
});

// The manners of a live list: it follows or it stands still, it says which, and what is read never moves.

import { booking } from '../support/bodies';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

/** Sends bookings, the newest first; the last `late` of them fall among those that are there. */
async function book(platform: Platform, count: number, name: string, late = 0): Promise<void> {
  const now = Date.now();
  const bodies = Array.from({ length: count }, (_, i) =>
    booking({ room: `${name} ${i}`, at: i < count - late ? now - i : now - 5000 - i * 700 }),
  );
  expect(await platform.send('BookingCreate', JSON.stringify(bodies))).toBe(200);
}

/** Sixty events, the newest two seconds old, a second between two. */
async function filled(desk: Desk, platform: Platform): Promise<void> {
  const now = Date.now();
  const bodies = Array.from({ length: 60 }, (_, i) =>
    booking({ room: `Old ${i}`, at: now - 2000 - i * 1000 }),
  );
  expect(await platform.send('BookingCreate', JSON.stringify(bodies))).toBe(200);
  await desk.open();
  await desk.has(60);
}

test('following, the newest is always on top', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.stands('following');
  await book(platform, 1, 'New');
  await expect(desk.sentence(0)).toContainText('New 0');
  await expect(desk.sentence(1)).toContainText('Old 0');
  await expect(desk.pill).toBeHidden();
});

test('opening an event pauses, and nothing moves under its reader', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.row(5).click();
  await desk.stands('reading');
  await expect(desk.pane.getByTestId('event-sentence')).toContainText('Old 5');
  await expect(desk.pane.getByTestId('event-delivery')).toBeVisible();
  const before = await desk.watchStillness();

  // Some are newer than everything, some belong among what is on the screen.
  await book(platform, 12, 'New', 4);
  await expect(desk.pill).toHaveText('12 new');
  await book(platform, 3, 'Newer', 1);
  await expect(desk.pill).toHaveText('15 new');

  expect(await desk.whatMoved()).toEqual([before]);
  await expect(desk.row(5)).toHaveAttribute('aria-selected', 'true');
  await expect(desk.pane.getByTestId('event-sentence')).toContainText('Old 5');
  await desk.has(60);

  // The pill leads to the newest; what is read stays open beside it.
  const open = await desk.page.getByTestId('event-pane').getAttribute('data-event');
  await desk.pill.click();
  await desk.stands('following');
  await desk.has(75);
  await expect(desk.sentence(0)).toContainText('Newer 0');
  await expect(desk.pill).toBeHidden();
  await expect(desk.page.getByTestId('event-pane')).toHaveAttribute('data-event', open ?? '');
});

test('a key jumps to the newest and follows', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.row(3).click();
  await desk.stands('reading');
  await book(platform, 2, 'New');
  await expect(desk.pill).toHaveText('2 new');
  await desk.press('f');
  await desk.stands('following');
  await expect(desk.sentence(0)).toContainText('New 0');
  await book(platform, 1, 'Newer');
  await expect(desk.sentence(0)).toContainText('Newer 0');
});

test('closing the event that was read follows again', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.row(0).click();
  await desk.stands('reading');
  await book(platform, 1, 'New');
  await expect(desk.pill).toHaveText('1 new');
  await desk.page.getByTestId('pane-close').click();
  await desk.stands('following');
  await expect(desk.sentence(0)).toContainText('New 0');
});

test('paused by a person stays paused; all is kept', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.badge.click();
  await desk.stands('paused');
  const before = await desk.watchStillness();
  await book(platform, 7, 'New');
  await expect(desk.pill).toHaveText('7 new');
  await expect(desk.page.getByTestId('strip-events')).toHaveText('67 events kept');
  expect(await desk.whatMoved()).toEqual([before]);
  // Reading, and closing again, does not end a person's own pause.
  await desk.row(2).click();
  await expect(desk.pane).toBeVisible();
  await desk.stands('paused');
  await desk.press('Escape');
  await expect(desk.pane).toBeHidden();
  await desk.stands('paused');
  await desk.press('p');
  await desk.stands('following');
  await desk.has(67);
  await expect(desk.sentence(0)).toContainText('New 0');
});

test('scrolling away pauses, scrolling back follows', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.scroller.hover();
  await page.mouse.wheel(0, 500);
  await desk.stands('reading');
  await expect.poll(() => desk.scroller.evaluate((el) => el.scrollTop)).toBe(500);
  const before = await desk.watchStillness();
  await book(platform, 5, 'New');
  await expect(desk.pill).toHaveText('5 new');
  expect(await desk.whatMoved()).toEqual([before]);
  await page.mouse.wheel(0, -500);
  await desk.stands('following');
  await expect(desk.sentence(0)).toContainText('New 0');
  await desk.has(65);
});

test('the pill counts only what the filter lets through', async ({ desk, platform }) => {
  await filled(desk, platform);
  await desk.search('"Old"');
  await desk.has(60, 60);
  await desk.row(1).click();
  await desk.stands('reading');
  await book(platform, 4, 'New');
  await book(platform, 2, 'Old');
  await expect(desk.pill).toHaveText('2 new');
  await desk.press('f');
  await desk.has(62, 66);
});

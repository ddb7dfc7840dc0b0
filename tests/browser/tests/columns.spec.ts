// The columns of the list: shown, moved, sized, kept, and left out where there is no room.

import type { Page } from '@playwright/test';
import type { Desk } from '../support/desk';
import { barriers, collisions } from '../support/look';
import type { Platform } from '../support/platform';
import { morning, play } from '../support/space';
import { expect, test } from '../support/test';

async function filled(desk: Desk, platform: Platform): Promise<void> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
}

/** Names of the columns that are seen, from left to right. */
async function heads(page: Page): Promise<string[]> {
  return page
    .getByTestId('feed-head')
    .locator('[data-column]')
    .evaluateAll((all) => all.map((head) => (head as HTMLElement).dataset.column ?? ''));
}

const width = async (page: Page, column: string) =>
  (await page.getByTestId(`feed-${column}`).boundingBox())?.width ?? 0;

/** Drags from the middle of one thing to a point of the window. */
async function drag(page: Page, testid: string, to: { x: number; y: number }): Promise<void> {
  await page.getByTestId(testid).hover();
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

const USUAL = ['time', 'what', 'location', 'person', 'amount'];

test('are shown and hidden, by mouse and by key, and stay so', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  expect(await heads(page)).toEqual(USUAL);
  await page.getByTestId('feed-head').click({ button: 'right' });
  await expect(page.getByTestId('columns')).toBeVisible();
  await page.getByTestId('shows-person').uncheck();
  await page.getByTestId('shows-action').check();
  await desk.press('Escape');
  await expect(page.getByTestId('columns')).toBeHidden();
  expect(await heads(page)).toEqual(['time', 'what', 'location', 'amount', 'action']);
  await expect(desk.row(0)).toContainText('Booking created');

  // The same with the keyboard, and further to the front.
  await desk.press('l');
  await expect(page.getByTestId('shows-time')).toBeFocused();
  await page.getByTestId('shows-action').focus();
  await desk.press('Alt+ArrowUp', 'Alt+ArrowUp');
  await expect(page.getByTestId('shows-action')).toBeFocused();
  const before = await width(page, 'action');
  await desk.press('Alt+ArrowRight');
  await expect.poll(() => width(page, 'action')).toBe(before + 16);
  expect(await barriers(page)).toEqual([]);
  await desk.press('Escape');
  const now = ['time', 'what', 'action', 'location', 'amount'];
  expect(await heads(page)).toEqual(now);
  await page.reload();
  await desk.heard();
  await expect.poll(() => heads(page)).toEqual(now);
});

test('are moved and sized by dragging', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  const time = await page.getByTestId('feed-time').boundingBox();
  await drag(page, 'feed-person', { x: (time?.x ?? 0) + 2, y: time?.y ?? 0 });
  expect(await heads(page)).toEqual(['person', 'time', 'what', 'location', 'amount']);
  // Thought better of.
  await page.getByTestId('feed-amount').hover();
  await page.mouse.down();
  await page.mouse.move(300, time?.y ?? 0, { steps: 4 });
  await desk.press('Escape');
  await page.mouse.up();
  expect(await heads(page)).toEqual(['person', 'time', 'what', 'location', 'amount']);

  const [person, what] = [await width(page, 'person'), await width(page, 'what')];
  const edge = await page.getByTestId('edge-person').boundingBox();
  await drag(page, 'edge-person', { x: (edge?.x ?? 0) + 45, y: edge?.y ?? 0 });
  const wider = (await width(page, 'person')) - person;
  expect(wider).toBeGreaterThan(30);
  // The sentence gives way.
  expect(await width(page, 'what')).toBe(what - wider);
  // Every row has the same columns as the heads.
  const cell = await desk.row(0).getByTestId('row-sentence').boundingBox();
  const head = await page.getByTestId('feed-what').boundingBox();
  expect(cell?.x).toBeGreaterThanOrEqual(head?.x ?? Infinity);
  // Twice is what fits.
  await page.getByTestId('edge-person').dblclick();
  await expect.poll(() => width(page, 'person')).toBeLessThan(person + wider);
});

test('the order is turned at the head', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  const newest = await desk.sentence(0).innerText();
  await expect(page.getByTestId('feed-time')).toHaveAttribute('aria-sort', 'descending');
  await page.getByTestId('feed-order').click();
  await expect(page.getByTestId('feed-time')).toHaveAttribute('aria-sort', 'ascending');
  await expect(desk.sentence(11)).toHaveText(newest);
  await expect(page.getByRole('grid')).toHaveAccessibleName('Events, oldest first');
  await desk.press('v');
  await expect(desk.sentence(0)).toHaveText(newest);
});

test('a narrow window leaves out what matters least, and says so', async ({
  desk,
  page,
  platform,
}) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await filled(desk, platform);
  expect(await heads(page)).toEqual(['time', 'what', 'amount']);
  expect(await desk.overflow()).toBe(0);
  expect(await collisions(page.getByTestId('feed-head'))).toEqual([]);
  await desk.press('l');
  await expect(page.getByTestId('column-line').filter({ hasText: 'Person' })).toContainText(
    'no room now',
  );
  await desk.press('Escape');
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => heads(page)).toEqual(USUAL);
});

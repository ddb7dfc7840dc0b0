// Rows selected together: over any distance, copied as a table, exported, saved as evidence, and let go again.

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { booking } from '../support/bodies';
import { records } from '../support/csv';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

const EVENTS = 300;

/** `Room 0.` is the newest, a second between two. */
async function filled(desk: Desk, platform: Platform): Promise<void> {
  const now = Date.now();
  const bodies = Array.from({ length: EVENTS }, (_, i) =>
    booking({ room: `Room ${i}.`, at: now - 2000 - i * 1000 }),
  );
  expect(await platform.send('BookingCreate', JSON.stringify(bodies))).toBe(200);
  await desk.open();
  await desk.has(EVENTS);
}

const count = (page: Page) => page.getByTestId('selection-count');

/** What is on the clipboard, as cells. */
async function clipboard(page: Page): Promise<string[][]> {
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
}

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('by click: one, some, a range', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.sentence(2).click();
  await expect(page.getByTestId('event-sentence')).toContainText('Room 2.');
  await expect(page.getByTestId('selection')).toBeHidden();
  await desk.sentence(5).click({ modifiers: ['ControlOrMeta'] });
  await expect(count(page)).toHaveText('2 selected');
  await desk.sentence(9).click({ modifiers: ['Shift'] });
  await expect(count(page)).toHaveText('6 selected');
  for (const [row, selected] of [
    [2, true],
    [3, false],
    [5, true],
    [7, true],
    [9, true],
    [10, false],
  ] as const) {
    await expect(desk.row(row)).toHaveAttribute('aria-selected', String(selected));
  }
  await expect(page.getByRole('grid')).toHaveAttribute('aria-multiselectable', 'true');
  await desk.sentence(7).click({ modifiers: ['ControlOrMeta'] });
  await expect(count(page)).toHaveText('5 selected');
  await expect(desk.row(7)).toHaveAttribute('aria-selected', 'false');
  // What is open stays open.
  await expect(page.getByTestId('event-sentence')).toContainText('Room 2.');
  // A plain click is the end of it.
  await desk.sentence(1).click();
  await expect(page.getByTestId('selection')).toBeHidden();
  await expect(page.getByTestId('event-sentence')).toContainText('Room 1.');
});

test('by key, over any distance; Escape lets go', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.press('j', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(count(page)).toHaveText('3 selected');
  await desk.press('Shift+ArrowUp');
  await expect(count(page)).toHaveText('2 selected');
  await desk.press('Shift+End');
  await expect(count(page)).toHaveText(`${EVENTS} selected`);
  await expect(desk.row(EVENTS - 1)).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute(
    'aria-activedescendant',
    `row-${EVENTS - 1}`,
  );
  await desk.press('Escape');
  await expect(page.getByTestId('selection')).toBeHidden();
  await desk.press('Control+a');
  await expect(count(page)).toHaveText(`${EVENTS} selected`);
  await desk.press('Escape');
  // In a field it is the field's.
  await desk.press('/');
  await page.keyboard.type('Room');
  await desk.press('Control+a', 'Delete');
  await expect(desk.query).toHaveValue('');
  await expect(page.getByTestId('selection')).toBeHidden();
});

test('nothing moves while rows are selected, and another list says that they are not', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await desk.sentence(0).click({ modifiers: ['ControlOrMeta'] });
  await desk.stands('reading');
  const before = await desk.watchStillness();
  await platform.send('BookingCreate', booking({ room: 'Too late' }));
  await expect(desk.pill).toHaveText('1 new');
  expect(await desk.whatMoved()).toEqual([before]);
  await desk.search('"Room 7"');
  await expect(page.getByTestId('selection')).toBeHidden();
  await expect(page.getByTestId('toast')).toContainText('1 row selected no more');
});

test('is copied as a table with the columns of the list', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.press('j', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+c');
  await expect(page.getByTestId('toast')).toContainText('3 rows copied');
  const [heads, ...rows] = await clipboard(page);
  expect(heads).toEqual([
    'happened_at',
    'action',
    'sentence',
    'location',
    'person',
    'amount',
    'currency',
    'flags',
  ]);
  expect(rows.map((cells) => /Room \d+\./.exec(cells[2] ?? '')?.[0])).toEqual([
    'Room 0.',
    'Room 1.',
    'Room 2.',
  ]);
  // Without a selection it is the chosen row.
  await desk.press('Escape', 'Control+c');
  await expect(page.getByTestId('toast').filter({ hasText: '1 row copied' })).toBeVisible();
  expect(await clipboard(page)).toHaveLength(2);
  // With names hidden nothing that may hold one goes to the clipboard.
  await desk.press('h', 'x', 'Control+c');
  await expect(page.getByTestId('toast').filter({ hasText: 'Names are hidden' })).toBeVisible();
  expect(await clipboard(page)).toHaveLength(2);
});

test('a range whose middle was never loaded is exported whole', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await desk.sentence(1).click();
  await desk.press('Shift+End', 'Shift+ArrowUp');
  await desk.row(EVENTS - 1).click({ modifiers: ['ControlOrMeta'], position: { x: 20, y: 10 } });
  await desk.row(EVENTS - 4).click({ modifiers: ['ControlOrMeta'], position: { x: 20, y: 10 } });
  await expect(count(page)).toHaveText(`${EVENTS - 2} selected`);
  await page.getByTestId('selection-export').click();
  await expect(page.getByTestId('export-rows')).toContainText(`${EVENTS - 2} events`);
  await page.getByTestId('export-all').check();
  await expect(page.getByTestId('export-rows')).toContainText(`${EVENTS} events in all`);
  await page.getByTestId('export-selected').check();
  await expect(page.getByTestId('export-rows')).toContainText(`${EVENTS - 2} events`);
  const downloading = page.waitForEvent('download');
  await page.getByTestId('export-start').click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  const rooms = records(text.slice(1)).map((row) => /Room (\d+)\./.exec(row.sentence ?? '')?.[1]);
  const wanted = Array.from({ length: EVENTS }, (_, i) => i).filter(
    (i) => i !== 0 && i !== EVENTS - 4,
  );
  expect(rooms).toEqual(wanted.map(String));
});

test('as evidence', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.press('j', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await page.getByTestId('selection-evidence').click();
  await expect(page.getByTestId('evidence-selected')).toHaveText('3 selected rows');
  const downloading = page.waitForEvent('download');
  await page.getByTestId('evidence-start').click();
  expect((await downloading).suggestedFilename()).toMatch(/\.zip$/);
  await expect(page.getByTestId('evidence-state')).toContainText('3 events saved');
});

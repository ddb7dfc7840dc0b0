// Events over time: bars that can be read, walked through and zoomed into.

import { ZONE } from '../support/program';
import { JOSE, MILL, morning, play } from '../support/space';
import { booking, checkin } from '../support/bodies';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

const chart = (page: Page) => page.getByTestId('histogram-chart');

async function filled(desk: Desk, platform: Platform): Promise<number> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  await expect(chart(desk.page)).toBeVisible();
  return events.length;
}

/** The clock of the program's zone. */
function clock(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

test('bars hold every event, and say when and what', async ({ desk, page, platform }) => {
  const all = await filled(desk, platform);
  await desk.press('T');
  await expect(chart(page)).toBeFocused();
  const bar = page.getByTestId('histogram-bar');
  await desk.press('Home');
  let sum = 0;
  const bars = Number(await chart(page).getAttribute('data-bars'));
  expect(bars).toBeGreaterThan(1);
  expect(bars).toBeLessThanOrEqual(120);
  for (let i = 1; i <= bars; i++) {
    await expect(bar).toHaveAttribute('aria-posinset', String(i));
    sum += Number(/, ([\d,]+) events?/.exec((await bar.textContent()) ?? '')?.[1] ?? 0);
    await desk.press('ArrowRight');
  }
  expect(sum).toBe(all);
  await desk.press('Home', 'Shift+End');
  await expect(bar).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('histogram-tip')).toContainText(`${all} events`);
  await expect(page.getByTestId('histogram-tip')).toContainText('Access & check-ins');
});

test('a stretch drawn with the mouse is the time of the filter, and leads back', async ({
  desk,
  page,
  platform,
}) => {
  const all = await filled(desk, platform);
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('no chart');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  await expect(page.getByTestId('histogram-span')).toHaveClass(/drawn/);
  const told = await page.getByTestId('histogram-tip').locator('.total').textContent();
  const within = Number(/[\d,]+/.exec(told ?? '')?.[0]);
  await page.mouse.up();
  await expect(desk.chip('time')).toBeVisible();
  await desk.has(within, all);
  await expect(desk.query).toHaveValue(/from:\S+ to:\S+/);

  await expect(page.getByTestId('histogram-back')).toHaveText('Back to any time');
  await page.getByTestId('histogram-back').click();
  await desk.has(all);
  await expect(page.getByTestId('histogram-back')).toBeHidden();

  // A click alone asks for nothing.
  await page.mouse.click(box.x + box.width / 2, y);
  await expect(page.getByTestId('chips')).toHaveText('All events');
});

test('keys zoom in step by step, and out the same way', async ({ desk, page, platform }) => {
  const all = await filled(desk, platform);
  await desk.press('T', 'Home', 'Shift+ArrowRight', 'Enter');
  await expect(desk.chip('time')).toBeVisible();
  const first = await desk.chip('time').textContent();
  await expect(chart(page)).toBeFocused();
  await desk.press('Home', 'Enter');
  await expect(desk.chip('time')).not.toHaveText(first ?? '');
  await expect(page.getByTestId('histogram-back')).toContainText('Back to 20');
  await desk.press('-');
  await expect(desk.chip('time')).toHaveText(first ?? '');
  await chart(page).dblclick({ position: { x: 5, y: 5 } });
  await desk.has(all);
  // Escape leads back to the list.
  await desk.press('T', 'ArrowLeft', 'Escape', 'Escape');
  await expect(page.getByRole('grid')).toBeFocused();
});

test('the last bar grows while events arrive', async ({ desk, page, platform }) => {
  const all = await filled(desk, platform);
  await platform.send('BookingCreate', booking({ person: JOSE }));
  await desk.has(all + 1);
  await desk.press('T', 'Home', 'Shift+End');
  await expect(page.getByTestId('histogram-tip')).toContainText(`${all + 1} events`);
  // Paused, the bars stand as the list does.
  await desk.press('Escape', 'Escape', 'Escape', 'p');
  await desk.stands('paused');
  await platform.send('CheckinCreated', checkin({ person: JOSE, location: MILL }));
  await expect(desk.pill).toContainText('1 new');
  await desk.press('T', 'Home', 'Shift+End');
  await expect(page.getByTestId('histogram-tip')).toContainText(`${all + 1} events`);
});

test('the axis is the clock of the zone, and its words never touch', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  const words = page.getByTestId('histogram-axis').locator('span');
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(words.first()).toBeVisible();
    const boxes = await words.evaluateAll((all) =>
      all.map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { left, right };
      }),
    );
    for (const [i, { right }] of boxes.entries()) {
      expect(right).toBeLessThanOrEqual(boxes[i + 1]?.left ?? width);
    }
    expect(await desk.overflow()).toBe(0);
  }
  await desk.press('T', 'End');
  const hour = clock(Date.now()).slice(0, 2);
  await expect(page.getByTestId('histogram-bar')).toContainText(`${hour}:`);
});

test('it can be folded away, and nothing moves while it is filled', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  const head = page.getByTestId('feed-head');
  const before = await head.boundingBox();
  await page.reload();
  await desk.heard();
  await expect(chart(page)).toBeVisible();
  expect(await head.boundingBox()).toEqual(before);
  await page.getByTestId('histogram-fold').click();
  await expect(chart(page)).toBeHidden();
  await page.reload();
  await desk.heard();
  await expect(page.getByTestId('histogram-fold')).toHaveAttribute('aria-expanded', 'false');
  await expect(chart(page)).toBeHidden();
});

test('a time without events says so', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.search('from:2020-01-01 to:2020-01-02');
  await expect(page.getByTestId('histogram-empty')).toHaveText('No events in this time');
});

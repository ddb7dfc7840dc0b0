// Light and dark, wide and narrow: nothing lies on anything else, nothing sticks out, nobody is kept out.

import { booking } from '../support/bodies';
import type { Desk } from '../support/desk';
import { barriers, collisions, cutWords } from '../support/look';
import { morning, play } from '../support/space';
import { expect, test } from '../support/test';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 700 },
];

/** Nothing out of place in the window as it is. */
async function tidy(desk: Desk, what: string): Promise<void> {
  const top = desk.page.locator('header.top');
  expect(await desk.overflow(), `${what}: sideways`).toBe(0);
  const tall = await desk.page.evaluate(
    () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
  );
  expect(tall, `${what}: downwards`).toBe(0);
  expect(await collisions(top), what).toEqual([]);
  expect(await cutWords(top), what).toEqual([]);
  expect(await collisions(desk.strip), what).toEqual([]);
  await expect(desk.strip).toBeInViewport({ ratio: 1 });
}

for (const size of SIZES) {
  test(`nothing out of place at ${size.width} × ${size.height}`, async ({
    desk,
    page,
    platform,
  }) => {
    await page.setViewportSize(size);
    await desk.open();
    await expect(page.getByTestId('guide')).toBeVisible();
    await tidy(desk, 'first start');
    await desk.press('Escape');
    await expect(page.getByTestId('empty')).toBeVisible();
    await tidy(desk, 'empty');

    await play(platform, morning());
    await platform.send('BookingCreate', booking(), { secret: 'wrong' });
    await desk.has(12);
    await expect(page.getByTestId('strip-quarantine')).toBeVisible();
    await tidy(desk, 'feed');
    await desk.row(2).click();
    await expect(page.getByTestId('event-delivery')).toBeVisible();
    await platform.send('BookingCreate', booking());
    await expect(desk.pill).toBeVisible();
    await tidy(desk, 'an event');
    await desk.press('Escape', 'p');
    await desk.stands('paused');
    await tidy(desk, 'paused');
    await desk.search('category:(bookings, access, billing) location:"Harbour Yard" -flag:repeat');
    await expect(desk.chip('locations')).toBeVisible();
    await tidy(desk, 'filter');
    await desk.press('/');
    await desk.query.fill('bananas:3');
    await expect(page.getByTestId('query-error')).toBeInViewport({ ratio: 1 });
    await tidy(desk, 'error');
    await page.getByTestId('query-clear').click();

    for (const [key, dialog] of [
      ['e', 'export-dialog'],
      ['?', 'help'],
      ['Control+k', 'palette'],
      ['q', 'quarantine'],
      ['E', 'evidence'],
      ['S', 'send-again'],
      ['t', 'time-popover'],
    ] as const) {
      await desk.focusList();
      await desk.press(key);
      await expect(page.getByTestId(dialog)).toBeInViewport({ ratio: 1 });
      await tidy(desk, dialog);
      await desk.press('Escape');
      await expect(page.getByTestId(dialog)).toBeHidden();
    }
    for (const part of ['listener', 'last-event', 'database']) {
      await page.getByTestId(`strip-${part}`).click();
      await expect(page.getByTestId(`popover-${part}`)).toBeInViewport({ ratio: 1 });
      await desk.press('Escape');
    }
  });
}

test('the heads of the columns stand above their columns', async ({ desk, page, platform }) => {
  const bodies = Array.from({ length: 60 }, () => booking());
  await platform.send('BookingCreate', JSON.stringify(bodies));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (size === SIZES[0]) await desk.open();
    await desk.has(60);
    const edges = (row: string) =>
      desk.feed
        .locator(row)
        .first()
        .locator('> *')
        .evaluateAll((cells) =>
          cells
            .map((cell) => cell.getBoundingClientRect())
            .filter(({ width }) => width > 0)
            .map(({ left, right }) => [Math.round(left), Math.round(right)]),
        );
    const heads = await edges('[data-testid=feed-head]');
    expect(heads.length).toBeGreaterThan(2);
    expect(heads, String(size.width)).toEqual(await edges('[data-testid=row]'));
  }
});

test('a row has its most important mark whole, and the strip its values, where there is little room', async ({
  desk,
  page,
  platform,
}) => {
  await platform.send('BookingCreate', '{"cut off');
  await platform.send('BookingCreate', booking());
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (size === SIZES[0]) await desk.open();
    await desk.has(2);
    await desk.row(0).click();
    await expect(page.getByTestId('event-delivery')).toBeAttached();
    const mark = desk.feed.locator('.flag.unreadable');
    await expect(mark).toHaveText('unreadable');
    const room = await mark.evaluate((mark) => {
      const box = mark.parentElement?.getBoundingClientRect();
      const edge = mark.getBoundingClientRect();
      return {
        words: mark.clientWidth - mark.scrollWidth,
        right: (box?.right ?? 0) - edge.right,
      };
    });
    expect(room.words, String(size.width)).toBe(0);
    expect(room.right, String(size.width)).toBeGreaterThanOrEqual(0);
    for (const [part, value] of [
      ['listener', /:\d{4,5}/],
      ['database', /\d .B/],
    ] as const) {
      await expect(page.getByTestId(`strip-${part}`)).toContainText(value, { useInnerText: true });
    }
    await desk.press('Escape');
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nobody is kept out: ${colorScheme}`, async ({ desk, page, platform }) => {
    /** Each once, with where it was met first. */
    const met: Record<string, string> = {};
    const scan = async (where: string) => {
      for (const barrier of await barriers(page)) met[barrier] ??= where;
    };
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await desk.open();
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [red = 0] = /\d+/.exec(ground)?.map(Number) ?? [];
    expect(red > 128, `the ground is ${ground}`).toBe(colorScheme === 'light');

    await expect(page.getByTestId('guide')).toBeVisible();
    await scan('first start');
    await desk.press('Escape');
    await expect(page.getByTestId('empty')).toBeVisible();
    await scan('empty');
    await play(platform, morning());
    await platform.send('BookingCreate', booking(), { secret: 'wrong' });
    await desk.has(12);
    await expect(page.getByTestId('strip-quarantine')).toBeVisible();
    await page.getByTestId('twist-access').click();
    await scan('feed');
    await desk.row(1).click();
    await expect(page.getByTestId('event-delivery')).toBeVisible();
    await scan('an event');
    await page.getByTestId('story-location').click();
    await expect(page.getByTestId('story')).toBeVisible();
    await expect(page.locator('.stale')).toHaveCount(0);
    await scan('a story');
    await desk.press('Alt+ArrowLeft');
    await expect(page.getByTestId('story')).toBeHidden();
    for (const tab of ['language', 'account']) {
      await desk.press(',');
      await page.getByTestId(`settings-tab-${tab}`).click();
      await expect(page.getByTestId(`settings-${tab}`)).toBeVisible();
      await scan(`settings: ${tab}`);
    }
    await desk.row(1).click();
    await expect(page.getByTestId('event-delivery')).toBeVisible();
    await desk.search('category:(bookings, billing) -flag:repeat');
    await expect(desk.chip('categories')).toBeVisible();
    // Until it is answered, the list is pale.
    await expect(page.locator('.stale')).toHaveCount(0);
    await scan('filter');
    for (const [key, dialog] of [
      ['e', 'export-dialog'],
      ['?', 'help'],
      ['q', 'quarantine'],
      ['Control+k', 'palette'],
      ['t', 'time-popover'],
    ] as const) {
      await desk.press(key);
      await expect(page.getByTestId(dialog)).toBeVisible();
      if (dialog === 'export-dialog') {
        await expect(page.getByTestId('export-rows')).toContainText('event');
      }
      await scan(dialog);
      await desk.press('Escape');
      await expect(page.getByTestId(dialog)).toBeHidden();
    }
    await desk.press('/');
    await desk.query.fill('bananas:3');
    await expect(page.getByTestId('query-error')).toBeVisible();
    await scan('error');
    await desk.query.fill('nothingofthekind');
    await expect(page.getByTestId('empty')).toBeVisible();
    await scan('nothing found');
    expect(met).toEqual({});
  });
}

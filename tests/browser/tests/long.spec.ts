// A long list scrolls like a short one: few rows are drawn, none is missing before the eye.

import { booking } from '../support/bodies';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

const EVENTS = 5000;
const AT_ONCE = 250;

/** `Room 0` is the newest, a second between two. */
async function filled(desk: Desk, platform: Platform): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < EVENTS; from += AT_ONCE) {
    const bodies = Array.from({ length: AT_ONCE }, (_, i) => ({
      Id: 1_600_000_000 + from + i,
      UpdatedOn: booking({ at: now - (from + i) * 1000 }).UpdatedOn,
      CoworkerFullName: 'Ana Lima',
      ResourceName: `Room ${from + i}.`,
      FromTime: '2026-06-09T09:00:00Z',
      ToTime: '2026-06-09T10:30:00Z',
    }));
    expect(await platform.send('BookingCreate', JSON.stringify(bodies))).toBe(200);
  }
  await desk.open();
  await desk.has(EVENTS);
}

/**
 * Puts the bar at a share of its way, and waits until the list has heard of it: the rows stay before the eye whatever the
 * bar does, so that without it the old ones might be looked at.
 */
async function scrollTo(desk: Desk, share: number): Promise<void> {
  await desk.scroller.evaluate(
    (scroller, share) =>
      new Promise((heard) => {
        scroller.addEventListener('scroll', heard, { once: true });
        scroller.scrollTop = scroller.scrollHeight * share;
      }).then(() => undefined),
    share,
  );
}

/** Waits until every row before the eye is there, and says which are seen. */
async function settled(desk: Desk): Promise<{ first: number; last: number; drawn: number }> {
  const look = () =>
    desk.scroller.evaluate((scroller) => {
      const frame = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll<HTMLElement>('[data-testid=row]')];
      const seen = rows.filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > frame.top + 1 && top < frame.bottom - 1;
      });
      const tops = seen.map((row) => row.getBoundingClientRect().top);
      const end = seen.at(-1)?.getBoundingClientRect().bottom ?? 0;
      return {
        first: Number(seen[0]?.dataset.index),
        last: Number(seen.at(-1)?.dataset.index),
        drawn: rows.length,
        // Each row has an event, and is the one of its place.
        right: seen.every((row) =>
          row.textContent?.includes(`booked Room ${row.dataset.index}. for`),
        ),
        // From edge to edge, none twice, none missing.
        whole:
          (tops[0] ?? Infinity) <= frame.top + 1 &&
          end >= frame.bottom - 1 &&
          seen.every((row, i) => Number(row.dataset.index) === Number(seen[0]?.dataset.index) + i),
      };
    });
  await expect.poll(look).toMatchObject({ right: true, whole: true });
  return look();
}

test('five thousand events, from end to end', async ({ desk, platform }) => {
  await filled(desk, platform);
  expect(await settled(desk)).toMatchObject({ first: 0 });

  await desk.press('End');
  await expect(desk.row(EVENTS - 1)).toHaveAttribute('aria-selected', 'true');
  const end = await settled(desk);
  expect(end.last).toBe(EVENTS - 1);
  await expect(desk.sentence(EVENTS - 1)).toContainText(`Room ${EVENTS - 1}.`);
  await expect(desk.row(EVENTS - 1)).toBeInViewport({ ratio: 1 });
  await desk.press('Home');
  await desk.stands('following');
  await expect(desk.sentence(0)).toContainText('Room 0.');
  expect(await settled(desk)).toMatchObject({ first: 0 });

  // With the scroll bar: the last row is at the bottom, and can be reached.
  await scrollTo(desk, 1);
  expect((await settled(desk)).last).toBe(EVENTS - 1);
  await scrollTo(desk, 1 / 2);
  const middle = await settled(desk);
  expect(middle.first).toBeGreaterThan(EVENTS / 2 - 100);
  expect(middle.last).toBeLessThan(EVENTS / 2 + 100);
  for (const { drawn } of [end, middle]) expect(drawn).toBeLessThan(150);
  // A page further down, and up again.
  await desk.focusList();
  await desk.press('j', 'PageDown', 'PageUp');
  await settled(desk);
});

test('no frame of a fast scroll is empty', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await settled(desk);
  await desk.scroller.evaluate((scroller) => {
    const frames = { looked: 0, uncovered: 0, most: 0 };
    Object.assign(window, { frames });
    const look = () => {
      const frame = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll('[data-testid=row]')];
      const top = rows[0]?.getBoundingClientRect().top ?? Infinity;
      const bottom = rows.at(-1)?.getBoundingClientRect().bottom ?? 0;
      frames.looked += 1;
      frames.most = Math.max(frames.most, rows.length);
      if (top > frame.top + 1 || bottom < frame.bottom - 1) frames.uncovered += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await desk.scroller.hover();
  for (let i = 0; i < 40; i++) await page.mouse.wheel(0, i % 5 === 4 ? -900 : 1700);
  const { first } = await settled(desk);
  expect(first).toBeGreaterThan(1000);
  const frames = await page.evaluate<{ looked: number; uncovered: number; most: number }>(
    'window.frames',
  );
  expect(frames.looked).toBeGreaterThan(10);
  expect(frames.uncovered).toBe(0);
  expect(frames.most).toBeLessThan(150);
});

test('a list that grows while it is read far below does not move', async ({ desk, platform }) => {
  await filled(desk, platform);
  await scrollTo(desk, 1 / 3);
  await settled(desk);
  await desk.stands('reading');
  const before = await desk.watchStillness();
  for (let i = 0; i < 5; i++) await platform.send('BookingCreate', booking());
  await expect(desk.pill).toHaveText('5 new');
  expect(await desk.whatMoved()).toEqual([before]);
  // Nor does what was not loaded yet: each row is where it was before the others came.
  await scrollTo(desk, 0.8);
  expect((await settled(desk)).first).toBeGreaterThan(EVENTS * 0.75);
  await desk.stands('reading');
});

/** Number of the first row that is seen, once all are there: `Room 0.` is the newest. */
const firstRoom = async (desk: Desk) => (await settled(desk)).first;

test('to a moment and to a share of the list, by key', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await settled(desk);
  const now = Date.now();
  await desk.press('g', 'd');
  await expect(page.getByTestId('go-to')).toBeVisible();
  await page.getByTestId('go-to-share').fill('50');
  await page.getByTestId('go-to-place').click();
  await expect(page.getByTestId('go-to')).toBeHidden();
  await expect.poll(() => firstRoom(desk)).toBeGreaterThan(EVENTS / 2 - 10);
  expect(await firstRoom(desk)).toBeLessThan(EVENTS / 2 + 10);
  await desk.stands('reading');

  // An hour ago, by the clock on the wall: `Room 3600.` was then.
  const wall = (at: number) =>
    new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Madrid' }).replace(' ', 'T');
  await desk.press('g', 'd');
  await page.getByTestId('go-to-time').fill(wall(now - 3_600_000).slice(0, 16));
  await desk.press('Enter');
  await expect(page.getByTestId('go-to')).toBeHidden();
  // Within the minute that was named.
  await expect.poll(() => firstRoom(desk)).toBeGreaterThan(3600 - 130);
  expect(await firstRoom(desk)).toBeLessThan(3600 + 130);

  // To the ends, and what is no time is said.
  await desk.press('G');
  await expect.poll(async () => (await settled(desk)).last).toBe(EVENTS - 1);
  await desk.press('g', 'd');
  await page.getByTestId('go-to-time').fill('');
  await page.getByTestId('go-to-moment').click();
  await expect(page.locator('#go-to-wrong')).toContainText('date');
  await desk.press('Escape', 'g', 'g');
  await desk.stands('following');
});

test('while the list flies by, a label says where one is', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await settled(desk);
  const label = page.getByTestId('feed-place');
  await expect(label).toBeHidden();
  await scrollTo(desk, 0.5);
  await expect(label).toContainText('50 %');
  await expect(label).toContainText(/\d\d:\d\d/);
  await expect(label).toBeHidden();
});

test('oldest first it follows at its bottom', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.press('v');
  await expect(desk.row(EVENTS - 1)).toBeInViewport();
  await desk.stands('following');
  await expect(desk.sentence(EVENTS - 1)).toContainText('Room 0.');
  await platform.send('BookingCreate', booking({ room: 'Newest' }));
  await expect(desk.sentence(EVENTS)).toContainText('Newest');
  await expect(desk.sentence(EVENTS)).toBeInViewport();
  // Away from the bottom nothing moves; back there it goes on.
  await desk.scroller.hover();
  await page.mouse.wheel(0, -600);
  await desk.stands('reading');
  const before = await desk.watchStillness();
  await platform.send('BookingCreate', booking({ room: 'Later' }));
  await expect(desk.pill).toHaveText('1 new');
  expect(await desk.whatMoved()).toEqual([before]);
  await page.mouse.wheel(0, 2000);
  await desk.stands('following');
  await expect(desk.sentence(EVENTS + 1)).toContainText('Later');
});

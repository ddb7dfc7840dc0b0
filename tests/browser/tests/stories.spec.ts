// Stories: everything of one person, booking, room or location, with an address of its own and a way back.

import { booking, checkin, newId, stamp, visitor } from '../support/bodies';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { ABD, HARBOUR, JOSE, morning, play } from '../support/space';
import { expect, test } from '../support/test';

async function filled(desk: Desk, platform: Platform): Promise<void> {
  await play(platform, morning());
  await desk.open();
  await desk.has(12);
}

const hash = (desk: Desk) => desk.page.evaluate(() => decodeURIComponent(location.hash));

test('of a person by a click, back, forward, and after a reload', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await desk.rowWith(JOSE).first().getByTestId('row-person').click();
  await expect(page.getByTestId('story-title')).toHaveText(JOSE);
  await expect(page.getByTestId('story-count')).toContainText('4 events');
  await desk.has(4, 12);
  await expect(desk.pane).toBeHidden();
  expect(await hash(desk)).toBe('#/story/customer/1421300001');

  // Narrowed further it is still that story.
  await desk.facet('category-billing').click();
  await desk.has(1, 12);
  await expect(page.getByTestId('story-count')).toContainText('4 events');

  await page.goBack();
  await desk.has(4, 12);
  await page.getByTestId('back').click();
  await expect(page.getByTestId('story')).toBeHidden();
  await desk.has(12);
  await desk.press('Alt+ArrowRight');
  await expect(page.getByTestId('story-title')).toHaveText(JOSE);
  await page.goForward();
  await desk.has(1, 12);
  await desk.press('Alt+ArrowLeft');
  await desk.has(4, 12);

  await page.reload();
  await expect(page.getByTestId('story-title')).toHaveText(JOSE);
  await desk.has(4, 12);
  await page.getByTestId('story-close').click();
  await desk.has(12);
  await expect(desk.query).toHaveValue('');
});

test('of a booking, a room and a location, from the event', async ({ desk, page, platform }) => {
  const id = newId();
  const now = Date.now();
  const one = booking({ id, person: 'Ana Lima', at: now - 60_000 });
  await platform.send('BookingCreate', one, { location: HARBOUR[0] });
  const moved = { ...one, FromTime: '2026-06-09T10:00:00Z', UpdatedOn: stamp(now - 30_000) };
  await platform.send('BookingUpdate', moved, { location: HARBOUR[0] });
  // From it the location's name is learnt: bookings do not say it.
  await platform.send('CheckinCreated', checkin({ location: HARBOUR }), { location: HARBOUR[0] });
  await desk.open();
  await desk.has(3);
  await desk.rowWith('Lighthouse Room').first().click();
  await page.getByTestId('story-entity').click();
  await desk.has(2, 3);
  expect(await hash(desk)).toMatch(new RegExp(`^#/story/entity/Booking/${id}\\?event=\\d+$`));
  await page.getByTestId('story-resource').click();
  await expect(page.getByTestId('story-title')).toHaveText('Lighthouse Room');
  await desk.has(2, 3);
  await page.getByTestId('story-location').click();
  await expect(page.getByTestId('story-title')).toHaveText(HARBOUR[1]);
  await desk.has(3, 3);
  await page.goBack();
  await expect(page.getByTestId('story-title')).toHaveText('Lighthouse Room');
  await expect(page.getByTestId('event-sentence')).toContainText('Lighthouse Room');
});

test('of a right-to-left name, by keyboard', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.rowWith(ABD).first().click();
  await expect(page.getByTestId('event-delivery')).toBeAttached();
  await desk.press('Escape', 's');
  const title = page.getByTestId('story-title');
  await expect(title).toHaveText(ABD);
  // It runs the other way within its place, and turns nothing around it.
  const directions = await title.evaluate((title) => [
    getComputedStyle(title).direction,
    getComputedStyle(title.querySelector('bdi') as Element).direction,
  ]);
  expect(directions).toEqual(['ltr', 'rtl']);
  await desk.has(1, 12);
});

test('of a name of 300 letters leaves everything its place', async ({ desk, page, platform }) => {
  const person = 'Maximiliana '.repeat(25).trim();
  await platform.send('BookingCreate', booking({ person, personId: 77 }));
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('about:blank');
    await desk.open();
    await desk.has(1);
    await desk.row(0).click();
    await page.getByTestId('story-person').click();
    const title = page.getByTestId('story-title');
    await expect(title).toHaveText(person);
    await expect(title).toHaveAttribute('title', person);
    await expect(page.getByTestId('story-close')).toBeInViewport({ ratio: 1 });
    expect(await desk.overflow()).toBe(0);
    await page.getByTestId('story-close').click();
  }
});

test('of a person without an id is of a name only, and says so', async ({
  desk,
  page,
  platform,
}) => {
  const body = { ...visitor({ person: 'Priya Natarajan' }), Id: null };
  await platform.send('VisitorRegistered', body);
  await desk.open();
  await desk.has(1);
  await desk.row(0).getByTestId('row-person').click();
  await expect(page.getByTestId('story-by-name')).toContainText('Priya Natarajan');
  await desk.has(1, 1);
});

for (const bad of [
  '#/story/admin/7',
  '#/story/entity/<img src=x onerror=alert(1)>/7',
  '#/?q=%E0%A4%A',
  '#/?event=abc',
]) {
  test(`the address ${bad} is the plain list`, async ({ desk, page, platform }) => {
    await platform.send('BookingCreate', booking());
    await desk.open();
    await page.goto(`${new URL(page.url()).origin}/${bad}`);
    await page.reload();
    await desk.has(1);
    await expect(page.getByTestId('story')).toBeHidden();
    await expect(page.getByTestId('toast')).toHaveCount(0);
    await expect(desk.query).toHaveValue('');
  });
}

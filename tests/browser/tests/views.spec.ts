// Views: chosen, changed, saved, ordered, hidden, handed on, and never lost.

import { readFile } from 'node:fs/promises';
import { booking, invoice } from '../support/bodies';
import type { Desk } from '../support/desk';
import { barriers } from '../support/look';
import type { Platform } from '../support/platform';
import { morning, play, type Event } from '../support/space';
import { expect, test } from '../support/test';

async function filled(desk: Desk, platform: Platform): Promise<Event[]> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  return events;
}

/** Names of those that are listed, in order. */
const listed = (desk: Desk) => desk.facets.locator('[data-view] .name').allInnerTexts();

/** Saves what is shown under a name. */
async function saveAs(desk: Desk, name: string): Promise<void> {
  const { page } = desk;
  await page.getByTestId('view-save-as').click();
  await page.getByTestId('view-name').fill(name);
  await page.getByTestId('view-keep').click();
  await expect(page.getByTestId('view-dialog')).toBeHidden();
  await expect(desk.facets.locator('[aria-current=true]')).toContainText(name);
}

/** Opens the menu of a view and does something. */
async function act(desk: Desk, name: string, what: string): Promise<void> {
  await desk.facets.locator('[data-view]', { hasText: name }).click({ button: 'right' });
  await desk.page.getByTestId(`view-do-${what}`).click();
}

test('those that come with the program, by key', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  expect(await listed(desk)).toEqual([
    'All',
    'Front desk',
    'Bookings',
    'Billing',
    'Problems',
    'Access',
  ]);
  await expect(page.getByTestId('view-all')).toHaveAttribute('aria-current', 'true');
  await desk.press('4');
  await expect(page.getByTestId('view-billing')).toHaveAttribute('aria-current', 'true');
  const billed = events.filter((event) => event.category === 'billing').length;
  await desk.has(billed, events.length);
  // Without a filter it is the view of everything again.
  await desk.press('c');
  await expect(page.getByTestId('view-all')).toHaveAttribute('aria-current', 'true');
  expect(await barriers(page)).toEqual([]);
});

test('one of a person’s own: filter, columns, order; changed, saved, gone back from', async ({
  desk,
  page,
  platform,
}) => {
  const events = await filled(desk, platform);
  await desk.search('category:bookings');
  await desk.has(3, events.length);
  await expect(page.getByTestId('view-changed')).toBeVisible();
  await desk.press('l');
  await page.getByTestId('shows-resource').check();
  await page.getByTestId('shows-person').uncheck();
  await desk.press('Escape');
  await saveAs(desk, 'Räume الغرف');
  expect(await listed(desk)).toContain('Räume الغرف');
  await expect(page.getByTestId('view-changed')).toBeHidden();

  // Every view has its own columns.
  await desk.press('1');
  await desk.has(events.length);
  await expect(page.getByTestId('feed-resource')).toBeHidden();
  await expect(page.getByTestId('feed-person')).toBeVisible();
  await desk.press('7');
  await desk.has(3, events.length);
  await expect(page.getByTestId('feed-resource')).toBeVisible();
  await expect(page.getByTestId('feed-person')).toBeHidden();

  await desk.press('/');
  await desk.search('category:bookings action:BookingUpdate');
  await desk.has(1, events.length);
  await page.getByTestId('view-changed').click();
  await page.getByTestId('view-do-back').click();
  await desk.has(3, events.length);
  await desk.search('category:bookings action:BookingUpdate');
  await desk.has(1, events.length);
  await page.getByTestId('view-changed').click();
  await page.getByTestId('view-do-save').click();
  await expect(page.getByTestId('view-changed')).toBeHidden();

  // All of it is still there after a reload, and on another screen.
  await page.reload();
  await desk.heard();
  await desk.press('1');
  await desk.has(events.length);
  await desk.press('7');
  await desk.has(1, events.length);
  await expect(page.getByTestId('feed-resource')).toBeVisible();
});

test('are put in order, hidden and shown, deleted and not lost', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await desk.search('category:visitors');
  await saveAs(desk, 'Guests');
  await page.getByTestId('view-billing').focus();
  await desk.press('Alt+ArrowUp');
  await expect(page.getByTestId('view-billing')).toBeFocused();
  expect((await listed(desk)).slice(0, 4)).toEqual(['All', 'Front desk', 'Billing', 'Bookings']);
  // Dragged to the front.
  await page.getByTestId('view-problems').hover();
  await page.mouse.down();
  const first = await page.getByTestId('view-all').boundingBox();
  await page.mouse.move((first?.x ?? 0) + 30, (first?.y ?? 0) + 3, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await listed(desk))[0]).toBe('Problems');
  await expect(page.getByTestId('view-problems')).not.toHaveAttribute('aria-current', 'true');

  await act(desk, 'Access', 'hide');
  await expect.poll(() => listed(desk)).not.toContain('Access');
  await page.getByTestId('open-views').click();
  const line = page.getByTestId('views-line').filter({ hasText: 'Access' });
  await expect(line).toContainText('hidden');
  expect(await barriers(page)).toEqual([]);
  await line.getByTestId('views-hide').click();
  await expect(line).not.toContainText('hidden');
  await desk.press('Escape');
  expect(await listed(desk)).toContain('Access');

  await act(desk, 'Guests', 'delete');
  await expect.poll(() => listed(desk)).not.toContain('Guests');
  // Not that of the view that was hidden before.
  const deleted = page.getByTestId('toast').filter({ hasText: 'Guests' });
  await deleted.getByTestId('toast-offer').click();
  await expect.poll(() => listed(desk)).toContain('Guests');
  await page.reload();
  await desk.heard();
  await expect.poll(async () => (await listed(desk))[0]).toBe('Problems');
  expect(await listed(desk)).toContain('Guests');
});

test('are changed by form, with what is wrong said, and put back', async ({
  desk,
  page,
  platform,
}) => {
  const events = await filled(desk, platform);
  await act(desk, 'Bookings', 'edit');
  await page.getByTestId('view-name').fill('');
  await page.getByTestId('view-keep').click();
  await expect(page.getByTestId('view-dialog')).toContainText('Give it a name.');
  await page.getByTestId('view-name').fill('billing');
  await expect(page.getByTestId('view-dialog')).toContainText('a view of this name already');
  await page.getByTestId('view-name').fill('Rooms');
  await page.getByTestId('view-query').fill('nonsense:1');
  await page.getByTestId('view-keep').click();
  await expect(page.locator('#view-query-wrong')).not.toBeEmpty();
  await page.getByTestId('view-query').fill('action:BookingUpdate');
  await page.getByTestId('view-colour-amber').check({ force: true });
  await page.getByTestId('view-keep').click();
  await expect(page.getByTestId('view-bookings')).toContainText('Rooms');
  await expect(page.getByTestId('view-dialog')).toBeHidden();
  await desk.press('3');
  await desk.has(1, events.length);

  await act(desk, 'Rooms', 'put-back');
  await expect(page.getByTestId('view-bookings')).toContainText('Bookings');
  await desk.has(3, events.length);
});

test('say how many are new, until they are looked at', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  const fresh = page.getByTestId('view-problems').getByTestId('view-new');
  await expect(fresh).toBeHidden();
  for (let i = 0; i < 3; i++) await platform.send('CoworkerInvoiceFailedPayment', invoice());
  await platform.send('BookingCreate', booking());
  await expect(fresh).toHaveText(/^3 ?new$/);
  await desk.press('5');
  await expect(fresh).toBeHidden();
  await desk.press('1');
  await expect(page.getByTestId('view-all')).toHaveAttribute('aria-current', 'true');
  await platform.send('CoworkerInvoiceFailedPayment', invoice());
  await expect(fresh).toHaveText(/^1 ?new$/);
});

test('go from one program to another as a file', async ({ desk, page, platform, complaints }) => {
  const events = await filled(desk, platform);
  await desk.search('category:bookings');
  await saveAs(desk, 'Ours');
  await page.getByTestId('open-views').click();
  const line = page.getByTestId('views-line').filter({ hasText: 'Ours' });
  await line.getByRole('checkbox').check();
  const downloading = page.waitForEvent('download');
  await page.getByTestId('views-export').click();
  const download = await downloading;
  const text = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  expect(text).toContain('Ours');

  await line.getByTestId('views-remove').click();
  await expect(line).toHaveCount(0);
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await page.getByTestId('views-file').setInputFiles(file('views.json', text));
  await expect(line).toBeVisible();
  await page.getByTestId('views-file').setInputFiles(file('views.json', text));
  await expect(page.getByTestId('toast').last()).toContainText('here already');
  complaints.refused = /400/;
  await page.getByTestId('views-file').setInputFiles(file('other.json', '{"a":1}'));
  await expect(page.getByTestId('views-trouble')).toContainText('no file of views');
  await desk.press('Escape');
  await desk.press('7');
  await desk.has(3, events.length);
});

test('changed on two screens: the second is told, and sees what the first did', async ({
  desk,
  page,
  platform,
  program,
  context,
  complaints,
}) => {
  await filled(desk, platform);
  const other = await context.newPage();
  await other.goto(program.desk);
  await expect(other.getByTestId('view-access')).toBeVisible();
  await act(desk, 'Access', 'hide');
  // The other screen hears of it by itself.
  await expect(other.getByTestId('view-access')).toBeHidden();
  // One that has not heard yet does not overwrite it.
  complaints.refused = /400/;
  await other.route('**/*', async (route) => {
    const question = route.request().postData() ?? '';
    if (!question.includes('"set-views"')) return route.continue();
    const stale = question.replace(/"revision":\d+/, '"revision":0');
    return route.continue({ postData: stale });
  });
  await other.getByTestId('view-billing').focus();
  await other.keyboard.press('Alt+ArrowUp');
  await expect(other.getByTestId('toast')).toContainText('changed on another screen');
  await expect
    .poll(() => listed(desk))
    .toEqual(['All', 'Front desk', 'Bookings', 'Billing', 'Problems']);
  await expect(other.getByTestId('view-billing')).toBeVisible();
  expect(await other.locator('[data-view] .name').allInnerTexts()).toEqual(await listed(desk));
  await page.bringToFront();
});

test('one whose filter is not understood any more is shown with the reason, not lost', async ({
  desk,
  page,
  platform,
  program,
}) => {
  await filled(desk, platform);
  await desk.search('category:bookings');
  await saveAs(desk, 'Old one');
  // A page that is open meanwhile complains that nobody answers.
  await page.goto('about:blank');
  await expect(program.stop()).resolves.toBe(0);
  program.edit('views.json', (text) => text.replaceAll('"category:bookings"', '"colour:blue"'));
  await program.start();
  await desk.open();
  const view = desk.facets.locator('[data-view]', { hasText: 'Old one' });
  await expect(view).toHaveAttribute('title', /cannot be read any more/);
  await view.click();
  await expect(desk.query).toHaveValue('colour:blue');
  await desk.search('category:bookings');
  await desk.has(3, 12);
  await page.getByTestId('view-changed').click();
  await page.getByTestId('view-do-save').click();
  await expect(page.getByTestId('view-changed')).toBeHidden();
  await expect(view).not.toHaveAttribute('title', /cannot be read/);
});

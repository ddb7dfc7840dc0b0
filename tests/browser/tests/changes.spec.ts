// What an update changed, against the state before; and the language in which it is told.

import { booking, newId, stamp, type Body } from '../support/bodies';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

const MINUTE = 60_000;

/** A booking, and the same after some of its fields were changed. */
async function updated(platform: Platform, desk: Desk, before: Body, after: Body): Promise<void> {
  const now = Date.now();
  const first = {
    ...booking({ id: newId(), person: 'José Ibáñez', at: now - 2 * MINUTE }),
    ...before,
  };
  await platform.send('BookingCreate', first);
  await platform.send('BookingUpdate', { ...first, ...after, UpdatedOn: stamp(now - MINUTE) });
  await desk.open();
  await desk.has(2);
  await desk.row(0).click();
  await expect(desk.page.getByTestId('event-changes')).toBeVisible();
}

test('is told field by field, filters, and leads to the event before', async ({
  desk,
  page,
  platform,
}) => {
  await updated(
    platform,
    desk,
    {
      FromTime: '2026-06-09T09:00:00Z',
      FromTimeLocal: '2026-06-09T10:00:00Z',
      Online: false,
      Notes: null,
    },
    {
      FromTime: '2026-06-09T10:00:00Z',
      FromTimeLocal: '2026-06-09T11:00:00Z',
      Online: true,
      Notes: 'القهوة من فضلك',
    },
  );
  const line = (path: string) => page.locator(`[data-testid=change][data-path="${path}"]`);
  // By the clock of the room, as in the sentence; it is an hour later where this program runs.
  await expect(line('FromTime').locator('del')).toHaveText('9 Jun 2026, 10:00');
  await expect(line('FromTime').locator('ins')).toHaveText('9 Jun 2026, 11:00');
  await expect(page.getByTestId('event-sentence')).toContainText('from Tue 9 Jun 10:00');
  await expect(line('Online').locator('ins')).toHaveText('yes');
  await expect(line('Notes').locator('ins')).toHaveText('القهوة من فضلك');
  await expect(line('UpdatedOn')).toHaveCount(0);
  await page.getByTestId('changes-noise').click();
  await expect(line('UpdatedOn')).toBeVisible();

  await line('FromTime').getByTestId('change-narrow').click();
  await expect(desk.query).toHaveValue('changed:FromTime');
  await desk.has(1, 2);

  await page.getByTestId('changes-since').click();
  await expect(page.getByTestId('event-action')).toHaveText('Booking created');
  await expect(page.getByTestId('event-changes')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByTestId('event-action')).toHaveText('Booking updated');
});

test('of 200 fields stays usable', async ({ desk, page, platform }) => {
  const fields = (value: string): Body =>
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`Extra${i}`, `${value} ${i}`]));
  await updated(platform, desk, fields('old'), fields('new'));
  await expect(page.getByTestId('change')).toHaveCount(30);
  await expect(page.getByTestId('changes-all')).toHaveText('Show all 200');
  await page.getByTestId('changes-all').press('Enter');
  await expect(page.getByTestId('change')).toHaveCount(200);
  await page.getByTestId('change').last().scrollIntoViewIfNeeded();
  await expect(page.getByTestId('change').last().locator('ins')).toContainText('new');
  expect(await desk.overflow()).toBe(0);
});

test('in Spanish, once that is the language', async ({ desk, page, platform, program }) => {
  await platform.send('BookingCreate', booking({ person: 'José Ibáñez' }));
  await desk.open();
  await expect(desk.sentence(0)).toContainText('booked');
  await desk.press(',');
  await page.getByTestId('settings-tab-language').click();
  await page.getByTestId('language').selectOption('es');
  await page.getByTestId('language-save').click();
  await expect(page.getByTestId('language-saved')).toBeVisible();
  await expect(desk.sentence(0)).toContainText('José Ibáñez');
  await expect(desk.sentence(0)).toContainText('reserv');
  await expect(desk.sentence(0)).not.toContainText('booked');
  // It holds for the next start, too.
  await desk.press('Escape');
  const view = await program.ask<{ settings: { language: string } }>({ ask: 'settings' });
  expect(view.settings.language).toBe('es');
});

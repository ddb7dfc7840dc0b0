// How the page feels with a set of events that `nexwatch bench --set DIR` has made: NEXWATCH_SET names its folder
// (DIR/nexwatch-set-N). It is copied, so that the set stays as it is.

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from '../support/desk';
import { BINARY, Program } from '../support/program';
import { expect, test } from '@playwright/test';

/** Keys that many words of the sets begin with, and keys that few do. */
const KEYS = [...'abcdefghijlmnoprstvwz'];
/** Deliveries a second, and for how many seconds. */
const [RATE, SECONDS] = [500, 20];

let program: Program;

test.beforeAll(async () => {
  const set = process.env.NEXWATCH_SET;
  if (!set) throw new Error('NEXWATCH_SET names no folder of a set');
  program = new Program();
  for (const name of ['nexwatch.db', 'nexwatch.db-wal']) {
    if (existsSync(join(set, name))) copyFileSync(join(set, name), join(program.data, name));
  }
  await program.start();
});

test.afterAll(async () => {
  await program.stop();
  program.dispose();
});

/** `50 of 100 under 12 ms, 95 under 30 ms, most 41 ms`. */
function told(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const share = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? NaN;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return `50 of 100 under ${ms(share(0.5))}, 95 under ${ms(share(0.95))}, at most ${ms(share(1))} (${sorted.length} times)`;
}

function figure(description: string): void {
  test.info().annotations.push({ type: 'figure', description });
}

test('opened to the first rows', async ({ page }) => {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const begun = performance.now();
    await page.goto(program.desk);
    await page.getByTestId('row').first().waitFor();
    times.push(performance.now() - begun);
    await page.goto('about:blank');
  }
  // The first fills the browser's caches.
  figure(told(times.slice(1)));
});

test('first key typed to its list on the screen', async ({ page }) => {
  const desk = new Desk(page, program);
  await desk.open();
  await desk.rows.first().waitFor();
  const times: number[] = [];
  for (const key of KEYS) {
    await desk.query.focus();
    // From the key to the frame in which the rows are others. The page listens before the key comes.
    await page.evaluate(() => {
      const ids = () =>
        [...document.querySelectorAll<HTMLElement>('[data-testid=row]')]
          .map(({ dataset }) => dataset.event)
          .join();
      const before = ids();
      const took = new Promise<number | null>((done) => {
        const heard = () => {
          const begun = performance.now();
          const look = () => {
            const now = performance.now();
            if (ids() !== before) done(now - begun);
            else if (now - begun > 3000) done(null);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        addEventListener('keydown', heard, { capture: true, once: true });
      });
      Object.assign(window, { took });
    });
    await page.keyboard.press(key);
    const ms = await page.evaluate(
      () => (window as unknown as { took: Promise<number | null> }).took,
    );
    if (ms !== null) times.push(ms);
    await desk.query.fill('');
    await expect(page.getByTestId('feed-count')).not.toContainText(' of ');
    await expect(desk.rows.first()).toBeVisible();
  }
  expect(times.length).toBeGreaterThan(KEYS.length / 2);
  figure(told(times));
});

test(`frames while ${RATE} deliveries a second arrive`, async ({ page }) => {
  const desk = new Desk(page, program);
  await desk.open();
  await desk.rows.first().waitFor();
  const sender = spawn(
    BINARY,
    ['send', '--data', program.data, '--rate', `${RATE}`, '--count', `${RATE * SECONDS}`, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let summary = '';
  sender.stdout.setEncoding('utf8').on('data', (text: string) => (summary += text));
  const ended = new Promise<void>((done) => sender.once('close', () => done()));
  const before = await desk.row(0).getAttribute('data-event');
  await expect(desk.row(0)).not.toHaveAttribute('data-event', before ?? '');
  // Followed for a while, scrolled for a while.
  for (const way of ['followed', 'scrolled']) {
    const frames = await desk.scroller.evaluate(
      (scroller, [way, seconds]) =>
        new Promise<number[]>((done) => {
          const gaps: number[] = [];
          let last = performance.now();
          const end = last + (seconds as number) * 1000;
          const look = (now: number) => {
            gaps.push(now - last);
            last = now;
            if (way === 'scrolled') scroller.scrollTop += 90;
            if (now < end) requestAnimationFrame(look);
            else done(gaps.slice(1));
          };
          requestAnimationFrame(look);
        }),
      [way, SECONDS / 3] as const,
    );
    const sum = frames.reduce((sum, gap) => sum + gap, 0);
    figure(`${way}: ${((frames.length * 1000) / sum).toFixed(0)} a second; between two ${told(frames)}`);
  }
  await ended;
  figure(`the sender: ${summary.trim()}`);
});

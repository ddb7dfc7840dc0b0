// What every test gets: a program, somebody who sends to it, a browser, and an eye on what goes wrong unseen.

import { test as base, expect, type Page } from '@playwright/test';
import { Desk } from './desk';
import { Platform } from './platform';
import { Program } from './program';

export { expect };

/** The shared secret of these tests. */
export const SECRET = 'k9-Harbour/7f0e51d8c2b4';

/** What the page complained of. */
export interface Complaints {
  /** Errors on the console (broken rules of the page's policy among them) and errors nobody caught. */
  list: string[];
  /** From here on the program is away: what the browser says of that is no complaint. */
  awayAllowed: boolean;
  /** Questions that the test means to be refused: what the browser says of such an answer is no complaint. */
  refused: RegExp | null;
}

interface Fixtures {
  /** Running, with a shared secret and no events. */
  program: Program;
  platform: Platform;
  complaints: Complaints;
  desk: Desk;
  /** Whether the shared secret is agreed on before the test begins. */
  agreed: boolean;
}

/** Errors of connections, not of the page. */
const AWAY =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|ERR_SOCKET_NOT_CONNECTED/;

function watch(page: Page, complaints: Complaints, origin: () => string): void {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (complaints.awayAllowed && AWAY.test(message.text())) return;
    if (complaints.refused?.test(message.text())) return;
    complaints.list.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.list.push(`uncaught: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.list.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => complaints.list.push('another page opened'));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin()) {
      complaints.list.push(`asked a stranger: ${request.url()}`);
    }
  });
}

export const test = base.extend<Fixtures>({
  agreed: [true, { option: true }],

  program: async ({}, use, testInfo) => {
    const program = new Program();
    try {
      await program.start();
      await use(program);
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('log of the program', { body: program.log });
      }
      expect(await program.stop(), 'it stops cleanly').toBe(0);
      expect(program.log, 'nothing panicked').not.toContain('panicked');
    } finally {
      program.dispose();
    }
  },

  platform: async ({ program, agreed }, use) => {
    const platform = new Platform(program);
    if (agreed) await platform.agree(SECRET);
    await use(platform);
    platform.close();
  },

  complaints: async ({}, use) => {
    const complaints: Complaints = { list: [], awayAllowed: false, refused: null };
    await use(complaints);
    expect(complaints.list, 'the page has nothing to complain of').toEqual([]);
  },

  // The platform is named so that the secret is agreed on before the page opens.
  desk: async ({ page, program, platform, complaints }, use) => {
    void platform;
    watch(page, complaints, () => new URL(program.desk).origin);
    await use(new Desk(page, program));
  },
});

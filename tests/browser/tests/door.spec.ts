// Who may open the desk: the holder of the address that the program printed, on this computer.

import { booking } from '../support/bodies';
import { expect, test } from '../support/test';

test('the token opens the door and does not stay in the address', async ({ desk, page }) => {
  await desk.open();
  expect(page.url()).not.toContain('token');
  // The door stays open for this browser.
  await page.reload();
  await desk.heard();
});

test('without the token there is nothing to see', async ({ page, program, platform }) => {
  await platform.send('BookingCreate', booking({ person: 'José Ibáñez' }));
  const { origin } = new URL(program.desk);
  for (const address of [origin, `${origin}/?token=${'0'.repeat(64)}`]) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(401);
    await expect(page.locator('body')).toContainText('This desk needs its token');
  }
  for (const path of ['/ask', '/news', '/assets/index.js', '/download/1']) {
    expect((await fetch(`${origin}${path}`)).status, path).toBe(401);
  }
});

test('another site can neither ask nor read', async ({ desk, page, program }) => {
  await desk.open();
  // A page of another origin, in the same browser with its cookie.
  const { host, origin } = new URL(program.desk);
  await page.route('http://stranger.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>stranger</title>' }),
  );
  const stranger = await page.context().newPage();
  await stranger.route('http://stranger.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>stranger</title>' }),
  );
  await stranger.goto('http://stranger.test/');
  const outcome = await stranger.evaluate(async (address) => {
    const ask = (mode: RequestMode) =>
      fetch(`${address}/ask`, {
        method: 'POST',
        mode,
        credentials: 'include',
        body: '{"ask":"status"}',
      }).then(
        (answer) => answer.type,
        () => 'refused',
      );
    return [await ask('cors'), await ask('no-cors')];
  }, origin);
  expect(outcome).not.toContain('cors');
  // The server itself refuses a foreign name and a foreign origin, whoever the client is.
  const token = new URL(program.desk).searchParams.get('token');
  const asked = await fetch(`${origin}/ask`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      origin: 'http://stranger.test',
    },
    body: '{"ask":"status"}',
  });
  expect(asked.status, host).toBe(403);
  await stranger.close();
});

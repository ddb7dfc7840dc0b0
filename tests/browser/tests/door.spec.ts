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
  const { origin, searchParams } = new URL(program.desk);
  const stranger = await page.context().newPage();
  await stranger.route('http://stranger.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>stranger</title>' }),
  );
  await stranger.goto('http://stranger.test/');
  const answers = await stranger.evaluate(async (desk) => {
    const asked = (options: RequestInit) =>
      fetch(`${desk}/ask`, { method: 'POST', body: '{"ask":"status"}', ...options }).then(
        (answer) => (answer.type === 'opaque' ? 'unreadable' : 'readable'),
        () => 'refused',
      );
    const heard = new Promise<string>((done) => {
      const source = new EventSource(`${desk}/news`, { withCredentials: true });
      source.onmessage = () => done('readable');
      source.onerror = () => done('refused');
    });
    return [
      await asked({ credentials: 'include' }),
      await asked({ credentials: 'include', mode: 'no-cors' }),
      await heard,
    ];
  }, origin);
  expect(answers).not.toContain('readable');
  await stranger.close();

  // The server itself refuses a foreign origin, whoever the client is.
  const ask = async (origins: Record<string, string>) => {
    const answer = await fetch(`${origin}/ask`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${searchParams.get('token')}`,
        'content-type': 'application/json',
        ...origins,
      },
      body: '{"ask":"status"}',
    });
    return answer.status;
  };
  expect(await ask({ origin })).toBe(200);
  expect(await ask({ origin: 'http://stranger.test' })).toBe(403);
});

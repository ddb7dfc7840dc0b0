// Evidence for the platform's support, and sending an event again to a receiver of one's own.

import { readFile } from 'node:fs/promises';
import { customer, booking } from '../support/bodies';
import { signature } from '../support/platform';
import { Receiver } from '../support/receiver';
import { expect, SECRET, test } from '../support/test';
import { unzipped } from '../support/zip';

const PIN = '40718';

test('evidence is a bundle, masked unless asked for', async ({ desk, page, platform }) => {
  const body = { ...customer({ person: 'Ana Lima' }), AccessPincode: PIN };
  await platform.send('CoworkerUpdate', body);
  await desk.open();
  await desk.row(0).click();
  const save = async (unmasked: boolean) => {
    await page.getByTestId('evidence-open').click();
    if (unmasked) {
      await page.getByTestId('evidence-unmasked').check();
      await expect(page.getByTestId('evidence-care')).toBeVisible();
    }
    const downloading = page.waitForEvent('download');
    await page.getByTestId('evidence-start').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    const files = unzipped(await readFile(await download.path()));
    await expect(page.getByTestId('evidence-state')).toHaveAttribute('data-state', 'done');
    await page.getByTestId('evidence-close').click();
    return files;
  };
  const of = (files: Map<string, string>, name: string) =>
    [...files].find(([path]) => path.endsWith(name))?.[1] ?? '';

  const masked = await save(false);
  expect([...masked.values()].join('\n')).not.toContain(PIN);
  expect(of(masked, 'body.json')).toContain('Ana Lima');
  expect(of(masked, 'send-again.sh')).toContain('curl');
  expect(of(masked, 'README.txt')).not.toBe('');
  const whole = await save(true);
  expect(of(whole, 'body.json')).toBe(JSON.stringify([body]));
  for (const files of [masked, whole]) {
    expect([...files.values()].join('\n')).not.toContain(SECRET);
  }
});

test('an event is sent again to this computer, signed anew', async ({
  desk,
  page,
  platform,
  complaints,
}) => {
  const body = booking({ person: 'José Ibáñez' });
  await platform.send('BookingCreate', body);
  const receiver = await Receiver.start(202, 'Taken. <b>Thank you</b>');
  try {
    await desk.open();
    await desk.row(0).click();
    await page.getByTestId('send-again-open').click();
    await page.getByTestId('send-again-url').fill(`${receiver.address}/hooks?token=abc`);
    await page.getByTestId('send-again-url').press('Enter');
    await expect(page.getByTestId('send-again-status')).toContainText('Answered 202');
    await expect(page.getByTestId('send-again-answer')).toContainText('the receiver');
    await expect(page.getByTestId('send-again-body')).toHaveText('Taken. <b>Thank you</b>');
    expect(receiver.got).toHaveLength(1);
    const [got] = receiver.got;
    expect(got?.path).toBe('/hooks?token=abc');
    expect(got?.body).toBe(JSON.stringify([body]));
    expect(got?.headers['x-nexudus-hook-signature']).toBe(signature(got?.body ?? '', SECRET));
    // It is offered again, without what may be a secret.
    await expect(page.getByTestId('send-again-last')).toHaveText(`${receiver.address}/hooks`);
  } finally {
    receiver.stop();
  }
  // Nobody is there any more.
  complaints.refused = /status of 502/;
  await page.getByTestId('send-again-send').click();
  await expect(page.getByTestId('send-again').getByTestId('trouble')).toBeVisible();
});

test('anything else needs a second yes, and nothing leaves before', async ({
  desk,
  page,
  platform,
  complaints,
}) => {
  await platform.send('BookingCreate', booking());
  await desk.open();
  await desk.row(0).click();
  await page.getByTestId('send-again-open').click();
  // The program asks for the second yes by refusing the first.
  complaints.refused = /status of 409/;
  await page.getByTestId('send-again-url').fill('https://hooks.example.com/in');
  await page.getByTestId('send-again-send').click();
  await expect(page.getByTestId('send-again-question')).toContainText('hooks.example.com');
  await expect(page.getByTestId('send-again-question-no')).toBeFocused();
  await page.getByTestId('send-again-question-no').click();
  await expect(page.getByTestId('send-again-question')).toBeHidden();
  await page.getByTestId('send-again-url').fill('hooks.example.com');
  await page.getByTestId('send-again-send').click();
  await expect(page.getByTestId('send-again-wrong')).toContainText('http');
});

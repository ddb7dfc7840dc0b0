// From an empty window to the first genuine delivery, by keyboard only; and what the way there says when it fails.

import { booking } from '../support/bodies';
import { expect, SECRET, test } from '../support/test';

test.use({ agreed: false });

test('the guide leads to the first delivery, by keyboard only', async ({
  desk,
  page,
  program,
  platform,
}) => {
  await desk.open();
  const guide = page.getByTestId('guide');
  await expect(guide).toHaveAttribute('data-step', '1');

  // How to be reachable: an address that leads here, as a proxy of one's own would.
  await desk.tabTo('way-ngrok');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('way-own')).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(guide).toHaveAttribute('data-step', '2');
  await desk.tabTo('reach-url-field');
  await page.keyboard.type('http://127.0.0.1:1/elsewhere');
  await page.keyboard.press('Enter');
  await expect(guide).toContainText('path');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`http://${program.listen}`);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('strip-reach')).toContainText(/came back|reachable/i);
  await expect(page.getByTestId('guide-step-2')).toHaveAttribute('data-done', 'true');
  await desk.tabTo('guide-next');
  await page.keyboard.press('Enter');

  // A secret.
  await expect(guide).toHaveAttribute('data-step', '3');
  await desk.tabTo('secret');
  await page.keyboard.type(SECRET);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('secrets')).toContainText('has not matched yet');
  expect(await desk.everything()).not.toContain(SECRET);

  // The addresses are public now.
  await desk.tabTo('guide-next');
  await page.keyboard.press('Enter');
  await expect(guide).toHaveAttribute('data-step', '4');
  const base = `http://${program.listen}${program.hookPath}`;
  await expect(page.getByTestId('hook-base')).toHaveValue(base);

  // The first delivery: a wrong secret is explained, the right one is the end of the way.
  await desk.tabTo('guide-next');
  await page.keyboard.press('Enter');
  await expect(guide).toHaveAttribute('data-step', '5');
  await expect(page.getByTestId('first-waiting')).toBeVisible();
  const booked = booking({ person: 'José Ibáñez' });
  expect(await platform.send('BookingCreate', booked, { secret: 'another one' })).toBe(202);
  await expect(page.getByTestId('first-refusal')).toHaveAttribute('data-reason', 'signature-wrong');
  await expect(page.getByTestId('first-refusal-remedy')).toContainText('same shared secret');
  expect(await platform.send('BookingCreate', booked, { secret: SECRET })).toBe(200);
  await expect(page.getByTestId('first-delivery')).toContainText('José Ibáñez booked');
  await expect(page.getByTestId('first-delivery')).toContainText('genuine');
  await desk.tabTo('guide-next');
  await page.keyboard.press('Enter');
  await expect(desk.pane).toBeHidden();
  await expect(desk.sentence(0)).toContainText('José Ibáñez');
});

test('the guide is left and taken up where it was', async ({ desk, page, program, complaints }) => {
  await desk.open();
  await page.getByTestId('guide-step-3').click();
  await expect(page.getByTestId('guide')).toHaveAttribute('data-step', '3');
  await page.getByTestId('guide-later').click();
  await expect(desk.pane).toBeHidden();
  complaints.awayAllowed = true;
  await program.stop();
  await program.start();
  await page.goto(program.desk);
  await desk.heard();
  await desk.press('w');
  await expect(page.getByTestId('guide')).toHaveAttribute('data-step', '3');
});

test('what keeps deliveries out stands in the list of gaps', async ({
  desk,
  page,
  program,
  complaints,
}) => {
  await desk.open();
  await page.getByTestId('strip-gaps').click();
  await expect(page.getByTestId('gap-row')).toHaveCount(1);
  await expect(page.getByTestId('gap-row')).toContainText('no way to be reachable');
  complaints.awayAllowed = true;
  await program.stop();
  await program.start();
  await page.goto(program.desk);
  await desk.heard();
  await page.getByTestId('strip-gaps').click();
  // Never reachable meanwhile: one gap, with what came one after the other.
  await expect(page.getByTestId('gap-row')).toHaveCount(1);
  await expect(page.getByTestId('gap-row')).toContainText('Nexwatch was closed');
});

test('settings are changed, and said when they are wrong', async ({
  desk,
  page,
  program,
  platform,
}) => {
  await desk.open();
  await page.getByTestId('guide-later').click();
  await desk.press(',');
  await expect(page.getByTestId('settings')).toBeVisible();
  await page.getByTestId('settings-tab-addresses').click();
  await page.getByTestId('hook-key-replace').click();
  await page
    .getByTestId('hook-key-question')
    .getByRole('button', { name: 'Replace the key' })
    .click();
  await expect(page.getByTestId('hook-key-old')).toBeVisible();
  const old = `http://${program.listen}${program.hookPath}/BookingCreate`;
  const answer = await fetch(old, { method: 'POST', body: JSON.stringify([booking()]) });
  expect(answer.status, 'the old key is taken meanwhile').toBe(200);
  await desk.has(1);
  void platform;
});

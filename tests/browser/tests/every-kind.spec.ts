// Each of the platform's actions, with the body it carries: a row in words, and a pane that opens.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, sample, stamp, type Body } from '../support/bodies';
import { expect, test } from '../support/test';

interface Action {
  value: number;
  name: string;
  entity: string | null;
}

const FIXTURES = join(import.meta.dirname, '../../../src-tauri/crates/nexudus/fixtures');
const ACTIONS = (
  JSON.parse(readFileSync(join(FIXTURES, 'actions.json'), 'utf8')) as Action[]
).filter(({ value }) => value > 1);

/** The sample of an entity, or the little that all have in common. */
function bodyOf(entity: string | null, at: number): Body {
  const common = { Id: newId(), UpdatedOn: stamp(at), CreatedOn: stamp(at) };
  try {
    return { ...sample(entity ?? ''), ...common };
  } catch {
    const place = { BusinessId: 1_420_900_101, BusinessName: 'Harbour Yard' };
    return { ...place, ...common, Name: `A ${entity}`, ToStringText: `A ${entity}` };
  }
}

/** With a text in each field that had nothing. */
function filled(body: Body): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, value ?? `something of ${name}`]),
  );
}

test('every action has its words, and its event opens', async ({ desk, page, platform }) => {
  const now = Date.now();
  expect(ACTIONS).toHaveLength(89);
  for (const [i, { name, entity }] of ACTIONS.entries()) {
    expect(await platform.send(name, filled(bodyOf(entity, now - i * 1000))), name).toBe(200);
  }
  await desk.open();
  await desk.has(ACTIONS.length);
  await desk.press('j', 'Enter');
  const opened: string[] = [];
  for (let i = 0; i < ACTIONS.length; i++) {
    // One look at all of it: there are many.
    const look = () =>
      page.evaluate((index) => {
        const row = document.querySelector<HTMLElement>(`[data-testid=row][data-index="${index}"]`);
        const part = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`);
        const label = [...document.querySelectorAll('[data-testid=event-facts] dt')].find(
          ({ textContent }) => textContent === 'Action',
        );
        return {
          chosen: row?.ariaSelected,
          open: part('event-pane')?.dataset.event === row?.dataset.event,
          sentence: part('event-sentence')?.innerText.trim() !== '',
          whole: part('event-body') !== null && part('event-delivery') !== null,
          action: /\((\w+)\)$/.exec(label?.nextElementSibling?.textContent?.trim() ?? '')?.[1],
        };
      }, i);
    const right = { chosen: 'true', open: true, sentence: true, whole: true };
    const where = `below ${opened.at(-1)}`;
    await expect.poll(look, { message: where }).toMatchObject(right);
    opened.push((await look()).action ?? '');
    await desk.press('j');
  }
  expect(opened.sort()).toEqual(ACTIONS.map(({ name }) => name).sort());
});

// Evidence, and sending an event again.

import { screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import {
  click,
  everything,
  fill,
  maybe,
  open,
  pass,
  press,
  remembered,
  see,
  sitDown,
  words,
} from '../../test/person';
import { SendAgain } from './send-again.svelte';
import { hostOf, withoutSecrets } from './target';

const done = { guide: { step: 0, done: true }, events: 210, acts: true };

async function openRow(scene = {}) {
  const backend = await open({ ...done, ...scene });
  const row = screen
    .getAllByTestId('row')
    .find((one) => one.querySelector('[data-testid=row-others]'));
  row?.click();
  await pass();
  return backend;
}

const asked = (backend: FakeBackend, ask: string) =>
  backend.asked.filter((question) => question.ask === ask);

describe('evidence', () => {
  sitDown();

  it('of one event, masked, by the browser', async () => {
    const backend = await openRow();
    const id = Number(see('event-pane').dataset['event']);
    await click('evidence-open');
    expect(words('evidence')).toContain('never the secret');
    expect(words('evidence-masked')).toContain('private fields are masked. 3.1 KB of bodies');
    await click('evidence-start');
    await pass(5000);
    expect(asked(backend, 'evidence-start')).toMatchObject([
      { evidence: { events: [id], unmasked: false }, overwrite: false },
    ]);
    expect(backend.downloads).toEqual(['/download/evidence']);
    expect(see('evidence-state').dataset['state']).toBe('done');
    expect(words('evidence-state')).toContain('1 event saved');
  });

  it('with private fields only after a plain warning', async () => {
    const backend = await openRow();
    await press('E');
    await click('evidence-unmasked');
    expect(words('evidence-care')).toContain('can read door codes, passwords and bank data');
    await click('evidence-start');
    expect(asked(backend, 'evidence-start')).toMatchObject([{ evidence: { unmasked: true } }]);
  });

  it('of an act, and of a story', async () => {
    const backend = await openRow();
    await press('s');
    await click('evidence-open');
    await click('evidence-act');
    await pass();
    expect(words('evidence-start')).toBe('Save 3 events');
    await click('evidence-story');
    await pass();
    const [plan] = asked(backend, 'evidence-plan').slice(-1);
    const total = Number(words('story-count').split(' ')[0]);
    expect(plan?.ask === 'evidence-plan' && plan.evidence.events).toHaveLength(total);
  });

  it('in the window goes to a file that is chosen', async () => {
    await openRow({ place: 'window' });
    await press('E');
    expect(maybe('evidence-start')).toBeNull();
    await click('evidence-choose');
    expect(words('evidence-target')).toContain('/Users/desk/evidence');
    await click('evidence-start');
    await pass(5000);
    expect(see('evidence-state').dataset['state']).toBe('done');
  });

  it('that cannot be written says so', async () => {
    const backend = await openRow();
    await press('E');
    backend.scene.trouble = 'file-unwritable';
    await click('evidence-start');
    expect(see('evidence-state').dataset['state']).toBe('failed');
    expect(words('evidence')).toContain('The file cannot be written.');
  });
});

describe('sending again', () => {
  sitDown();

  it('to this computer goes at once, and shows the answer as text', async () => {
    const backend = await openRow();
    const id = Number(see('event-pane').dataset['event']);
    await click('send-again-open');
    await fill('send-again-url', 'http://127.0.0.1:3000/hooks?token=abc');
    await click('send-again-send');
    expect(asked(backend, 'send-again')).toMatchObject([{ event: id, confirmed: false }]);
    expect(words('send-again-status')).toBe('Answered 200 OK');
    expect(words('send-again-answer')).toContain('in 12 ms · signed anew');
    expect(words('send-again-body')).toContain('<b>not bold</b>');
    expect(see('send-again-body').querySelector('b')).toBeNull();
    // The address is offered again, without what may be a secret.
    expect(words('send-again-last')).toBe('http://127.0.0.1:3000/hooks');
    expect(remembered().join()).not.toContain('token');
  });

  it('to anywhere else only after a second yes that names the host', async () => {
    const backend = await openRow();
    await press('S');
    await fill('send-again-url', 'https://hooks.example.com:8443/in');
    await click('send-again-send');
    expect(maybe('send-again-answer')).toBeNull();
    expect(words('send-again-question')).toContain('hooks.example.com:8443 is not this computer');
    expect(see('send-again-send')).toHaveProperty('disabled', true);
    await click('send-again-question-no');
    expect(asked(backend, 'send-again')).toHaveLength(1);
    await click('send-again-send');
    await click('send-again-question-yes');
    expect(asked(backend, 'send-again').at(-1)).toMatchObject({ confirmed: true });
    expect(words('send-again-status')).toBe('Answered 200 OK');
  });

  it('says what is wrong beside the field, and what failed below', async () => {
    const backend = await openRow();
    await press('S');
    await fill('send-again-url', 'hooks.example.com');
    await click('send-again-send');
    expect(words('send-again-wrong')).toContain('beginning with http:// or https://');
    expect(asked(backend, 'send-again')).toEqual([]);
    await fill('send-again-url', 'http://127.0.0.1:1/');
    expect(maybe('send-again-wrong')).toBeNull();
    await click('send-again-send');
    expect(words('trouble')).toContain('connection refused');
    await fill('send-again-url', 'http://127.0.0.1/broken');
    await click('send-again-send');
    expect(words('send-again-status')).toBe('Answered 500 Internal Server Error');
    expect(everything()).not.toContain('undefined');
  });
});

describe('the last addresses', () => {
  let again: SendAgain;

  beforeEach(() => {
    localStorage.clear();
    again = new SendAgain(new FakeBackend({ events: 3 }));
  });

  it('are five, the newest first, each once', async () => {
    for (const port of [1001, 1002, 1003, 1004, 1005, 1006, 1003]) {
      again.url = `http://localhost:${port}/`;
      await again.send(256, false);
    }
    const ports = again.urls.map((url) => Number(hostOf(url).split(':')[1]));
    expect(ports).toEqual([1003, 1006, 1005, 1004, 1002]);
    expect(new SendAgain(new FakeBackend({ events: 0 })).urls).toEqual(again.urls);
  });

  it('are kept without what may be a secret', () => {
    expect(withoutSecrets('https://user:pass@example.com/a/b?key=1#x')).toBe(
      'https://example.com/a/b',
    );
    expect(withoutSecrets('ftp://example.com')).toBeNull();
    expect(withoutSecrets('example.com')).toBeNull();
  });
});

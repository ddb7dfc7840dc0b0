// The guide as a person goes through it, with the keyboard alone and otherwise.

import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
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
  tabTo,
  type,
  words,
} from '../../test/person';

sitDown();

const step = () => Number(see('guide').dataset['step']);
const LONG = 'ط'.repeat(299) + '🔑';

describe('from an empty window to the first delivery', () => {
  it('by keyboard alone', async () => {
    const backend = await open();
    expect(step()).toBe(1);
    expect(document.activeElement).toBe(see('guide-title'));

    // What is recommended is chosen; arrows choose another, Enter goes on.
    await tabTo('way-ngrok');
    expect(see('way-ngrok')).toHaveProperty('checked', true);
    await press('ArrowDown');
    expect(see('way-ssh')).toHaveProperty('checked', true);
    await press('ArrowUp');
    expect(see('way-ngrok')).toHaveProperty('checked', true);
    await press('Enter');
    expect(step()).toBe(2);
    expect(words('guide-title')).toBe('Connect by ngrok');

    // A wrong token: the field is pointed at, with what is to be done.
    await tabTo('reach-authtoken');
    await type('a-wrong-token');
    await press('Enter');
    expect(see('reach-state').dataset['state']).toBe('connecting');
    await pass(2000);
    expect(see('reach-state').dataset['state']).toBe('failed');
    expect(see('reach-state').dataset['code']).toBe('ERR_NGROK_107');
    expect(words('reach-remedy')).toContain('Your Authtoken');
    expect(document.activeElement).toBe(see('reach-authtoken'));
    expect(see('reach-authtoken')).toHaveProperty('value', '');
    await type('2abc_the_right_one');
    await press('Enter');
    await pass(500);
    expect(words('reach-state')).toContain('The first test is on its way');
    expect(see('reach-state').dataset['tone']).toBe('warn');
    await pass(2000);
    expect(words('reach-state')).toContain('came back in 210 ms');
    expect(see('reach-state').dataset['tone']).toBe('good');
    await tabTo('guide-next');
    await press('Enter');

    expect(step()).toBe(3);
    await tabTo('secret-make');
    await press('Enter');
    const secret = (see('secret-value') as HTMLInputElement).value;
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    await tabTo('secret-save');
    await press('Enter');
    expect(words('secret-kept')).toContain('keychain');
    expect(maybe('secret-value')).toBeNull();
    expect(backend.asked).toContainEqual({ ask: 'set-secret', secret, location: null });
    await tabTo('guide-next');
    await press('Enter');

    expect(step()).toBe(4);
    expect(see('hook-base')).toHaveProperty(
      'value',
      expect.stringMatching(/^https:\/\/harbour-yard\.ngrok-free\.app\/hooks\//),
    );
    expect(screen.getAllByTestId('hook').length).toBeGreaterThan(10);
    await tabTo('guide-next');
    await press('Enter');

    expect(step()).toBe(5);
    expect(words('first-waiting')).toContain('Waiting');
    backend.arrive();
    await pass(3000);
    expect(words('first-delivery')).toContain(backend.rows[0]?.sentence);
    expect(words('first-delivery')).toContain('genuine');
    for (const n of [1, 2, 3, 4]) expect(see(`guide-step-${n}`).dataset['done']).toBe('true');

    // Nothing of what was secret is left anywhere.
    const page = everything();
    for (const one of ['a-wrong-token', '2abc_the_right_one', secret]) {
      expect(page).not.toContain(one);
    }
    await tabTo('guide-next');
    await press('Enter');
    expect(maybe('guide')).toBeNull();
    expect(backend.settings.guide).toEqual({ step: 4, done: true });
  });

  it('each step is reached by its number', async () => {
    await open();
    for (const n of [5, 2, 4, 1, 3]) {
      await press(String(n));
      expect(step()).toBe(n);
      expect(see(`guide-step-${n}`).getAttribute('aria-current')).toBe('step');
      expect(document.activeElement).toBe(see('guide-title'));
    }
    await press('9');
    expect(step()).toBe(3);
    // In a field a number is text.
    see('secret').focus();
    await press('1');
    expect(step()).toBe(3);
    await click('guide-step-2');
    expect(step()).toBe(2);
    await click('guide-back');
    expect(step()).toBe(1);
    expect(maybe('guide-back')).toBeNull();
  });
});

describe('the guide', () => {
  it('is left and resumed', async () => {
    const backend = await open({ guide: { step: 2, done: false } });
    expect(step()).toBe(3);
    await click('guide-next');
    await click('guide-later');
    expect(maybe('pane')).toBeNull();
    expect(backend.settings.guide).toEqual({ step: 3, done: false });
    expect(words('empty-guide')).toContain('Go on with step 4 of 5');
    await click('empty-guide');
    expect(step()).toBe(4);
    // Put away for good, it opens on request only, where it was.
    await press('Escape');
    expect(maybe('guide')).toBeNull();
    expect(backend.settings.guide).toEqual({ step: 3, done: true });
    await press('w');
    expect(step()).toBe(4);
  });

  it('does not open by itself when it was put away, or when there is something to see', async () => {
    await open({ guide: { step: 1, done: true } });
    expect(maybe('guide')).toBeNull();
    await press('w');
    expect(step()).toBe(2);
  });

  it('leaves alone who has events', async () => {
    await open({ events: 5 });
    expect(maybe('guide')).toBeNull();
  });

  it('opens as soon as the program says where it was', async () => {
    const backend = await open({ trouble: 'store-unreadable', guide: { step: 1, done: false } });
    expect(maybe('guide')).toBeNull();
    backend.scene.trouble = null;
    backend.tell({ news: 'status' });
    await pass();
    expect(step()).toBe(2);
  });

  it('lets go of a field with Escape, then of itself', async () => {
    await open({ guide: { step: 2, done: false } });
    see('secret').focus();
    await press('Escape');
    expect(step()).toBe(3);
    expect(document.activeElement).not.toBe(see('secret'));
    await press('Escape');
    expect(maybe('guide')).toBeNull();
  });
});

describe('step 2', () => {
  it('checks at once what it can see', async () => {
    const backend = await open({ guide: { step: 1, done: false } });
    await click('guide-step-1');
    await click('way-ngrok');
    await click('guide-next');
    expect(maybe('reach-authtoken-wrong')).toBeNull();
    await click('reach-save');
    expect(words('reach-authtoken-wrong')).toContain('Paste');
    expect(document.activeElement).toBe(see('reach-authtoken'));
    await fill('reach-authtoken', LONG);
    expect(words('reach-authtoken-wrong')).toContain('“ط”');
    await fill('reach-authtoken', 'good');
    await fill('reach-domain', 'no domain');
    await click('reach-save');
    expect(document.activeElement).toBe(see('reach-domain'));
    expect(backend.asked.some(({ ask }) => ask === 'set-reach')).toBe(false);
    expect(remembered().join()).not.toContain('good');
  });

  it('points at the field that the program finds wrong', async () => {
    await open({ reach: 'ngrok-domain', guide: { step: 1, done: false } });
    expect(document.activeElement).toBe(see('reach-domain'));
    expect(see('reach-domain').getAttribute('aria-invalid')).toBe('true');
    expect(words('reach-remedy')).toContain('Domains');
    // Once it is being corrected, it is wrong no more.
    await fill('reach-domain', 'mine.ngrok-free.app');
    expect(see('reach-domain').getAttribute('aria-invalid')).toBe('false');
  });

  it('does not take the focus from who is elsewhere', async () => {
    const backend = await open({ reach: 'online', guide: { step: 1, done: false } });
    see('query').focus();
    backend.reach.set({ ...backend.reach.chosen }, 'wrong');
    await pass(3000);
    expect(see('reach-state').dataset['state']).toBe('failed');
    expect(document.activeElement).toBe(see('query'));
  });

  it('shows and hides a token, and forgets it with the pane', async () => {
    await open({ guide: { step: 1, done: false }, reach: 'ngrok-failed' });
    const field = see('reach-authtoken');
    expect(field.getAttribute('type')).toBe('password');
    expect(field.getAttribute('autocomplete')).toBe('off');
    await fill('reach-authtoken', 'half-typed');
    await click('reach-authtoken-show');
    expect(see('reach-authtoken').getAttribute('type')).toBe('text');
    await click('pane-close');
    await press('w');
    expect(see('reach-authtoken')).toHaveProperty('value', '');
    expect(everything()).not.toContain('half-typed');
  });

  it.each([
    ['ssh', 'reach-host'],
    ['cloudflared', 'reach-program'],
    ['own', 'reach-url-field'],
  ])('asks for %s what it needs', async (way, field) => {
    await open();
    await click(`way-${way}`);
    await click('guide-next');
    expect(see(field)).toBeTruthy();
  });

  it('says that a changing address is worse than none', async () => {
    await open();
    await click('way-cloudflared');
    await click('guide-next');
    expect(words('reach-changes')).toContain('worse than none');
    await click('reach-named');
    expect(maybe('reach-changes')).toBeNull();
    await click('guide-step-1');
    await click('way-ssh');
    await click('guide-next');
    await click('reach-ssh-service');
    expect(see('reach-host')).toHaveProperty('value', 'localhost.run');
    expect(words('reach-changes')).toContain('worse than none');
  });

  it('says so when the program refuses, in its own words', async () => {
    const backend = await open();
    await click('way-own');
    await click('guide-next');
    await fill('reach-url-field', 'http://مثال.إختبار');
    expect(words('reach-plain')).toContain('Without HTTPS');
    backend.scene.trouble = 'secrets-unavailable';
    await click('reach-save');
    expect(words('trouble')).toContain('could not be kept');
    expect(see('reach-url-field')).toHaveProperty('value', 'http://مثال.إختبار');
  });

  it('is calm about “this computer only”', async () => {
    const backend = await open();
    await click('way-off');
    await click('guide-next');
    expect(words('reach-form')).toContain('this computer only');
    expect(maybe('reach-save')).toBeNull();
    await press('4');
    expect(words('hooks-local')).toContain('cannot call them');
    expect(backend.reach.status.state).toBe('off');
  });

  it('lets a changed key of a server be forgotten, but asks first', async () => {
    const backend = await open({ reach: 'ssh-host-key', guide: { step: 1, done: false } });
    expect(words('reach-state')).toContain('another key');
    await click('reach-forget');
    expect(words('reach-forget-question')).toContain('whatever key');
    expect(document.activeElement).toBe(see('reach-forget-question-no'));
    await press('Escape');
    expect(maybe('reach-forget-question')).toBeNull();
    await click('reach-forget');
    await click('reach-forget-question-yes');
    await pass(3000);
    expect(backend.reach.status.state).toBe('online');
  });
});

describe('step 3', () => {
  it('takes a secret of plain ASCII only, and says where it is kept', async () => {
    const backend = await open({ guide: { step: 2, done: false } });
    for (const bad of ['señor', ' a', LONG]) {
      await fill('secret', bad);
      expect(see('secret-trouble')).toBeTruthy();
      expect(see('secret-save')).toHaveProperty('disabled', true);
    }
    await fill('secret', 'correct horse');
    await fill('secret-location', 'harbour');
    expect(words('guide')).toContain('A location’s id is a number');
    expect(see('secret-save')).toHaveProperty('disabled', true);
    await fill('secret-location', '1420900101');
    await click('secret-save');
    expect(words('secret-kept')).toContain('keychain');
    expect(see('secret')).toHaveProperty('value', '');
    expect(words('secrets')).toContain('Location 1420900101');
    expect(words('secrets')).toContain('has not matched yet');
    expect(backend.asked.filter(({ ask }) => ask === 'set-secret')).toEqual([
      { ask: 'set-secret', secret: 'correct horse', location: 1_420_900_101 },
    ]);
    expect(everything()).not.toContain('correct horse');
  });

  it('shows a made secret only while it is the one to be kept', async () => {
    await open({ guide: { step: 2, done: false } });
    await click('secret-make');
    const first = (see('secret-value') as HTMLInputElement).value;
    expect(see('secret')).toHaveProperty('value', first);
    await click('secret-make');
    expect((see('secret-value') as HTMLInputElement).value).not.toBe(first);
    await fill('secret', 'another one');
    expect(maybe('secret-value')).toBeNull();
  });

  it('keeps what was typed when it could not be kept', async () => {
    const backend = await open({ guide: { step: 2, done: false } });
    await fill('secret', 'correct horse');
    backend.scene.trouble = 'secrets-unavailable';
    await click('secret-save');
    expect(words('trouble')).toContain('could not be kept');
    expect(see('secret')).toHaveProperty('value', 'correct horse');
  });
});

describe('step 5', () => {
  it.each([
    ['signature-wrong', 'first-refusal-secret', 3],
    ['signature-missing', 'first-refusal-secret', 3],
  ])('gives the reason when it is %s', async (refused, button, to) => {
    await open({ refused, quarantine: 3, guide: { step: 4, done: false } });
    expect(see('first-refusal').dataset['reason']).toBe(refused);
    expect(words('first-refusal')).toContain('3 deliveries are in quarantine');
    expect(words('first-refusal-remedy')).not.toBe('');
    await click(button);
    expect(step()).toBe(to);
  });

  it('hears of a refusal soon, and forgets it when something genuine comes', async () => {
    const backend = await open({ reach: 'online', guide: { step: 4, done: false } });
    expect(maybe('first-refusal')).toBeNull();
    backend.scene.refused = 'wrong-address';
    await pass(3000);
    expect(words('first-refusal')).toContain('another key');
    backend.scene.refused = 'signature-wrong';
    await pass(3000);
    backend.arrive();
    await pass(3000);
    expect(see('first-delivery')).toBeTruthy();
    expect(maybe('first-refusal')).toBeNull();
  });

  it('does not take a sample for a delivery', async () => {
    const backend = await open({ guide: { step: 4, done: false } });
    await click('send-sample');
    await pass(3000);
    expect(words('sample-sent')).toContain('200');
    expect(backend.rows).toHaveLength(1);
    expect(maybe('first-delivery')).toBeNull();
    expect(see('first-waiting')).toBeTruthy();
  });

  it('says when nothing can come, and leads to where that is mended', async () => {
    await open({ reach: 'waiting', guide: { step: 4, done: false } });
    expect(words('first-unreachable')).toContain('not reachable');
  });

  it('says that an unsigned delivery proves nothing', async () => {
    const backend = await open({ reach: 'online', guide: { step: 4, done: false } });
    backend.arrive();
    backend.rows[0]?.flags.push('unsigned');
    await pass(3000);
    expect(words('first-delivery')).toContain('carries no proof');
  });

  it('opens the delivery', async () => {
    const backend = await open({ reach: 'online', guide: { step: 4, done: false } });
    backend.arrive();
    await pass(3000);
    await click('first-delivery-open');
    expect(see('event-pane').dataset['event']).toBe(String(backend.rows[0]?.id));
  });
});

describe('step 4', () => {
  it('is one stop of Tab, and gone through with the arrows', async () => {
    await open({ reach: 'online', guide: { step: 3, done: false } });
    const action = () => document.activeElement?.closest('li')?.dataset['action'];
    const actions = screen.getAllByTestId('hook').map((hook) => hook.dataset['action']);
    await tabTo('hook-location');
    // The next stop is the list, and the one after it is below the list.
    const stops = screen
      .getAllByTestId('hook')
      .filter((hook) => hook.querySelector('[tabindex="0"]'));
    expect(stops.map((hook) => hook.dataset['action'])).toEqual([actions[0]]);
    stops[0]?.querySelector('button')?.focus();
    await press('ArrowDown');
    expect(action()).toBe(actions[1]);
    await press('End');
    expect(action()).toBe(actions.at(-1));
    await press('ArrowDown');
    expect(action()).toBe(actions.at(-1));
    await press('Home');
    expect(action()).toBe(actions[0]);
    await fill('hook-search', 'Booking created');
    expect(see('hook').querySelector('button')?.tabIndex).toBe(0);
  });

  it('copies addresses as they are called from outside', async () => {
    await open({ reach: 'online', guide: { step: 3, done: false } });
    await fill('hook-location', '1420900101');
    const titles = screen
      .getAllByTestId('hook')
      .map((hook) => hook.querySelector('code')?.getAttribute('title') ?? '');
    for (const title of titles) {
      expect(title).toMatch(
        /^https:\/\/harbour-yard\.ngrok-free\.app\/hooks\/[0-9a-f]{32}\/[A-Za-z]+\/1420900101$/,
      );
    }
  });
});

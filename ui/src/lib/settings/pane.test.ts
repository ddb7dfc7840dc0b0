// The settings as a person uses them.

import { screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import {
  choose,
  click,
  everything,
  fill,
  maybe,
  NOW,
  open,
  pass,
  press,
  see,
  sitDown,
  words,
} from '../../test/person';

sitDown();

const done = { guide: { step: 0, done: true } };
const asked = (backend: Awaited<ReturnType<typeof open>>, ask: string) =>
  backend.asked.filter((question) => question.ask === ask);

describe('the settings', () => {
  it('open by key, palette, menu and button, and close with Escape', async () => {
    await open(done);
    await press(',');
    expect(see('pane').dataset['side']).toBe('settings');
    expect(see('settings').dataset['tab']).toBe('reach');
    await press('Escape');
    expect(maybe('settings')).toBeNull();
    await click('open-settings');
    expect(see('settings')).toBeTruthy();
    await click('open-settings');
    expect(maybe('settings')).toBeNull();
    await click('menu');
    await click('menu-settings');
    expect(see('settings')).toBeTruthy();
  });

  it('are gone through with the arrows', async () => {
    await open(done);
    await press(',');
    expect(document.activeElement).toBe(see('settings-tab-reach'));
    const tabs = ['secrets', 'addresses', 'listener', 'language', 'account', 'guide', 'reach'];
    for (const tab of tabs) {
      await press('ArrowRight');
      expect(see('settings').dataset['tab']).toBe(tab);
      expect(document.activeElement).toBe(see(`settings-tab-${tab}`));
    }
    await press('ArrowLeft');
    expect(see('settings').dataset['tab']).toBe('guide');
    await press('Home');
    expect(see('settings').dataset['tab']).toBe('reach');
  });

  it('do not stop at what was wrong before', async () => {
    await open({ ...done, reach: 'ngrok-failed' });
    await press(',');
    expect(see('reach-authtoken').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(see('settings-tab-reach'));
    // What goes wrong from now on is pointed at.
    see('reach-authtoken').focus();
    await fill('reach-authtoken', 'wrong again');
    see('settings-tab-reach').focus();
    await click('reach-save');
    await pass(3000);
    expect(document.activeElement).toBe(see('reach-authtoken'));
  });

  it('are asked for again when the program is back', async () => {
    const backend = await open({ ...done, reach: 'online', gaps: 2 });
    backend.link(false);
    await press('r');
    expect(words('settings')).toContain('cannot be reached');
    backend.scene.offline = false;
    backend.link(true);
    await pass(2000);
    expect(words('settings')).not.toContain('cannot be reached');
    expect(see('reach-authtoken')).toBeTruthy();
  });

  it('open the guide again at any step', async () => {
    await open(done);
    await press(',');
    await click('settings-tab-guide');
    await click('settings-guide-4');
    expect(see('guide').dataset['step']).toBe('4');
  });

  it('say when they cannot be had, and try again', async () => {
    const backend = await open(done);
    backend.scene.trouble = 'store-unreadable';
    await press(',');
    await click('settings-tab-listener');
    expect(screen.getAllByTestId('trouble').length).toBeGreaterThan(0);
  });
});

describe('reachability', () => {
  it('shows state, proof, history and the month', async () => {
    await open({ ...done, reach: 'plan' });
    await press('r');
    expect(words('reach-state')).toContain('came back in 210 ms');
    expect(see('reach-url')).toHaveProperty('value', 'https://harbour-yard.ngrok-free.app');
    expect(words('reach-requests')).toContain('19,204 of the 20,000 of the free plan');
    expect(words('reach-requests')).toContain('turns deliveries away');
    expect(words('reach-history')).toContain('Online again under the same address');
    expect(words('reach-history')).toContain('Europe/Madrid');
  });

  it('tests on request, and names what is broken', async () => {
    const backend = await open({ ...done, reach: 'online' });
    await press('r');
    await click('reach-test');
    expect(words('reach-tested')).toContain('came back in 210 ms');
    backend.reach.round = null;
    await click('reach-test');
    expect(see('reach-parts').dataset['part']).toBe('path');
    expect(words('reach-parts')).toContain('Path: broken');
  });

  it('tries again on request', async () => {
    const backend = await open({ ...done, reach: 'waiting' });
    await press('r');
    expect(words('reach-state')).toContain('Next try in');
    await click('reach-retry');
    expect(asked(backend, 'retry-reach')).toHaveLength(1);
    await pass(2500);
    expect(see('reach-state').dataset['state']).toBe('online');
  });

  it('says what another way will mean before it is taken', async () => {
    const backend = await open({ ...done, reach: 'online' });
    await press('r');
    expect(see('reach-save')).toHaveProperty('disabled', true);
    await choose('reach-way', 'off');
    expect(words('reach-care')).toContain('Nothing will come in');
    await click('reach-revert');
    expect(maybe('reach-care')).toBeNull();
    await choose('reach-way', 'own');
    await fill('reach-url-field', 'hooks.example.com');
    expect(words('reach-care')).toContain('Every webhook in Nexudus must get the new');
    await click('reach-save');
    expect(asked(backend, 'set-reach')).toMatchObject([
      { reach: { way: 'own', own: { url: 'https://hooks.example.com' } }, secret: null },
    ]);
    expect(maybe('reach-care')).toBeNull();
  });

  it('says that another domain makes other addresses', async () => {
    await open({ ...done, reach: 'online' });
    await press('r');
    await fill('reach-domain', 'other.ngrok-free.app');
    expect(words('reach-care')).toContain('every webhook in Nexudus must get the new one');
  });

  it('shows the key of a server, and forgets it only when asked twice', async () => {
    const backend = await open({ ...done, reach: 'ssh-online' });
    await press('r');
    expect((see('reach-host-key-value') as HTMLInputElement).value).toMatch(/^ssh-ed25519 /);
    await click('reach-forget');
    expect(asked(backend, 'set-reach')).toHaveLength(0);
    await click('reach-forget-question-no');
    expect(maybe('reach-forget-question')).toBeNull();
  });

  it('forgets what was half typed', async () => {
    await open({ ...done, reach: 'online' });
    await press('r');
    await fill('reach-authtoken', 'half-typed');
    await click('pane-close');
    expect(everything()).not.toContain('half-typed');
    await press('r');
    expect(see('reach-authtoken')).toHaveProperty('value', '');
  });
});

describe('secrets', () => {
  it('are told apart: for which location, which matched last, which was replaced', async () => {
    await open({ ...done, secrets: 4 });
    await press(',');
    await click('settings-tab-secrets');
    const rows = screen.getAllByTestId('secret-row').map((row) => row.textContent ?? '');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toContain('replaced');
    expect(rows[0]).toContain('still taken until 26 Nov');
    expect(rows[0]).toContain('matched last');
    expect(rows[1]).toContain('Location 1420900101');
    expect(rows[1]).not.toContain('matched last');
    expect(rows[2]).toContain('has not matched yet');
  });

  it('that were replaced but go on matching are said to be another location’s', async () => {
    const backend = await open({ ...done, secrets: 4 });
    const [first] = backend.secrets;
    if (!first) throw new Error('no secret');
    backend.secrets = [{ ...first, stillUsed: true }, ...backend.secrets.slice(1)];
    backend.tell({ news: 'status' });
    await press(',');
    await click('settings-tab-secrets');
    expect(screen.getAllByTestId('secret-still-used')).toHaveLength(1);
    const said = words('secret-still-used');
    expect(said).toMatch(/Still in use: last matched 4 min ago, taken until 26 Nov/);
    expect(said).toContain('that location’s id');
    expect(see('secret-still-used').className).toContain('caution');
    expect(screen.getAllByTestId('secret-row')[0]?.textContent).toContain('still in use');
  });

  it('say beforehand whose place one takes', async () => {
    const backend = await open({ ...done, secrets: 3 });
    await press(',');
    await click('settings-tab-secrets');
    expect(maybe('secret-replaces')).toBeNull();
    await fill('secret', 'correct horse');
    expect(words('secret-replaces')).toContain('takes the place of the secret set 25 Oct');
    expect(words('secret-replaces')).toContain('still taken for two days');
    expect(words('secret-replaces')).toContain('enter that location’s id');
    await fill('secret-location', '1420900102');
    expect(words('secret-replaces')).toContain('of location 1420900102');
    expect(words('secret-replaces')).toContain('has not matched yet');
    await fill('secret-location', '77');
    expect(maybe('secret-replaces')).toBeNull();
    await fill('secret-location', '');
    await click('secret-save');
    expect(asked(backend, 'set-secret')).toHaveLength(1);
    // The new one stands in its place now.
    await fill('secret', 'another horse');
    expect(words('secret-replaces')).toContain('has not matched yet');
  });

  it('are removed only when asked, and said what that means', async () => {
    const backend = await open({ ...done, secrets: 1 });
    await press(',');
    await click('settings-tab-secrets');
    see('secret-remove').focus();
    await press('Enter');
    expect(words('secret-remove-question')).toContain('accepted unsigned');
    expect(asked(backend, 'remove-secret')).toEqual([]);
    await click('secret-remove-question-no');
    expect(document.activeElement).toBe(see('secret-remove'));
    await click('secret-remove');
    await click('secret-remove-question-yes');
    expect(asked(backend, 'remove-secret')).toEqual([{ ask: 'remove-secret', id: 1 }]);
    expect(maybe('secret-row')).toBeNull();
    expect(words('secrets-none')).toContain('None is set');
  });
});

describe('the key in the addresses', () => {
  it('is replaced after a word on what that takes', async () => {
    const backend = await open({ ...done, reach: 'online' });
    await press('a');
    const before = (see('hook-base') as HTMLInputElement).value;
    await click('hook-key-replace');
    expect(words('hook-key-care')).toContain('must get its new address within 168 hours');
    await choose('hook-key-hours', '24');
    expect(words('hook-key-care')).toContain('within 24 hours');
    await click('hook-key-question-yes');
    expect(asked(backend, 'replace-hook-key')).toEqual([
      { ask: 'replace-hook-key', keepHours: 24 },
    ]);
    expect((see('hook-base') as HTMLInputElement).value).not.toBe(before);
    expect(words('hook-key-old')).toContain('still taken until Wed, 25 Nov 2026');
    expect(words('hook-key-old')).toContain('in 24 hours');

    await click('hook-key-end');
    expect(words('hook-key-end-question')).toContain('404');
    await click('hook-key-end-question-yes');
    expect(maybe('hook-key-old')).toBeNull();
  });

  it('ends by itself when its time is over', async () => {
    await open({ ...done, reach: 'online' });
    await press('a');
    await click('hook-key-replace');
    await choose('hook-key-hours', '0');
    expect(words('hook-key-care')).toContain('at once');
    await choose('hook-key-hours', '24');
    await click('hook-key-question-yes');
    expect(see('hook-key-old')).toBeTruthy();
    vi.setSystemTime(NOW + 25 * 3_600_000);
    await pass();
    expect(maybe('hook-key-old')).toBeNull();
  });
});

describe('the listener', () => {
  it('is changed after a word on what that means', async () => {
    const backend = await open({ ...done, reach: 'own-online' });
    await press(',');
    await click('settings-tab-listener');
    expect(see('settings-save')).toHaveProperty('disabled', true);
    await fill('settings-port', '70000');
    expect(words('settings-port-wrong')).toContain('from 1,024 to 65,535, or 0');
    expect(see('settings-save')).toHaveProperty('disabled', true);
    await fill('settings-port', '8100');
    expect(words('settings-port-care')).toContain('must be told the new port');
    await click('settings-save');
    expect(asked(backend, 'set-settings')).toMatchObject([
      { settings: { listenPort: 8100, bodyKib: 4096, keepInTray: true } },
    ]);
    expect(words('settings-saved')).toContain('Saved');
    await pass();
    expect(words('strip-listener')).toContain('127.0.0.1:8100');
  });

  it('says why the program refuses, and goes back on request', async () => {
    await open(done);
    await press(',');
    await click('settings-tab-listener');
    await fill('settings-port', '5000');
    await click('settings-save');
    expect(words('trouble')).toContain('Port 5000 is taken');
    await click('settings-revert');
    expect(see('settings-port')).toHaveProperty('value', '7397');
    expect(maybe('trouble')).toBeNull();
  });

  it('takes no empty number', async () => {
    await open(done);
    await press(',');
    await click('settings-tab-listener');
    for (const name of ['port', 'body', 'slow', 'connections', 'quarantine', 'retry']) {
      await fill(`settings-${name}`, '');
      expect(see(`settings-${name}-wrong`)).toBeTruthy();
    }
    expect(see('settings-save')).toHaveProperty('disabled', true);
  });
});

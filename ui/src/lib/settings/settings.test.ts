import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { BOUNDS, outside, Settings } from './settings.svelte';

let backend: FakeBackend;
let settings: Settings;

beforeEach(async () => {
  backend = new FakeBackend({ events: 0 });
  settings = new Settings(backend);
  await settings.load();
});

const sent = () => backend.asked.filter(({ ask }) => ask === 'set-settings');

describe('numbers', () => {
  it.each(BOUNDS)('of $name lie from $least to $most', ({ name, least, most }) => {
    const whole = backend.settings.settings;
    for (const good of [least, most]) expect(outside({ ...whole, [name]: good })).toEqual([]);
    expect(outside({ ...whole, listenPort: 0 })).toEqual([]);
    for (const bad of [least - 1, most + 1, 1.5, Number.NaN, null]) {
      expect(outside({ ...whole, [name]: bad as number })).toEqual([name]);
    }
  });
});

describe('the settings', () => {
  it('are sent as a whole, once they are right', async () => {
    if (!settings.draft) throw new Error('not loaded');
    settings.draft.slowSeconds = 0;
    expect(await settings.save()).toBe(false);
    expect(sent()).toEqual([]);
    settings.draft.slowSeconds = 20;
    expect(settings.changed).toBe(true);
    expect(await settings.save()).toBe(true);
    expect(sent()).toMatchObject([{ settings: { slowSeconds: 20, listenPort: 7397 } }]);
    expect(settings.changed).toBe(false);
    expect(settings.saved).toBe(true);
  });

  it('that the program refuses stay as entered, with its reason', async () => {
    if (!settings.draft) throw new Error('not loaded');
    settings.draft.listenPort = 5000;
    expect(await settings.save()).toBe(false);
    expect(settings.refused?.sentence).toContain('Port 5000');
    expect(settings.draft.listenPort).toBe(5000);
    settings.revert();
    expect(settings.draft?.listenPort).toBe(7397);
    expect(settings.refused).toBeNull();
  });

  it('keep what is being entered when something else changes', async () => {
    if (!settings.draft) throw new Error('not loaded');
    settings.draft.connections = 7;
    await settings.replaceKey(48);
    await settings.setGuide({ step: 2, done: false });
    expect(settings.view?.oldKeyUntil).not.toBeNull();
    expect(settings.view?.guide.step).toBe(2);
    expect(settings.draft?.connections).toBe(7);
  });

  it('say when they cannot be had', async () => {
    backend.scene.trouble = 'offline';
    expect(await settings.load()).toBeNull();
    expect(settings.trouble?.code).toBe('offline');
    // The guide goes on all the same.
    await settings.setGuide({ step: 3, done: false });
    expect(settings.view?.guide.step).toBe(3);
  });
});

describe('the hook key', () => {
  it('is replaced, with or without a period, and the old one ended', async () => {
    const before = backend.settings.path;
    await settings.replaceKey(24);
    expect(backend.settings.path).not.toBe(before);
    expect(settings.view?.oldKeyUntil).toBeGreaterThan(Date.now());
    await settings.endOldKey();
    expect(settings.view?.oldKeyUntil).toBeNull();
    await settings.replaceKey(0);
    expect(settings.view?.oldKeyUntil).toBeNull();
  });
});

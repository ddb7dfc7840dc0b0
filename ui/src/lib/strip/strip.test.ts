// The strip: how reachable, and since when deliveries may be missing.

import { describe, expect, it } from 'vitest';
import type { ReachScene } from '../backend/fake/reach';
import { click, maybe, open, pass, press, see, sitDown, words } from '../../test/person';

sitDown();

const done = { events: 3, guide: { step: 0, done: true } };

describe('the tunnel', () => {
  it.each<[ReachScene, string, string]>([
    ['off', 'quiet', 'off'],
    ['connecting', 'warn', 'connecting…'],
    ['online', 'good', 'came back 4 min ago'],
    ['online-heard', 'good', 'delivered 1 min ago'],
    ['untested', 'warn', 'being tested'],
    ['degraded', 'warn', 'the test fails'],
    ['resuming', 'warn', 'reconnecting…'],
    ['ngrok-failed', 'bad', 'needs you'],
  ])('%s is %s', async (reach, tone, text) => {
    await open({ ...done, reach });
    expect(see('strip-reach').dataset['tone']).toBe(tone);
    expect(words('strip-reach')).toContain(text);
  });

  it('counts down to the next try', async () => {
    await open({ ...done, reach: 'waiting' });
    const before = words('strip-reach');
    expect(before).toMatch(/next try in \d+ s/);
    await pass(5000);
    expect(words('strip-reach')).not.toBe(before);
  });

  it('explains, names the broken part, and offers the remedy', async () => {
    const backend = await open({ ...done, reach: 'degraded' });
    await click('strip-reach');
    expect(words('popover-reach')).toContain('Something else answers at the public address.');
    expect(words('reach-remedy')).toContain('ngrok dashboard');
    expect(see('reach-parts').dataset['part']).toBe('path');
    await click('reach-retry');
    expect(backend.asked).toContainEqual({ ask: 'retry-reach' });
    await click('reach-settings');
    expect(maybe('popover-reach')).toBeNull();
    expect(see('settings').dataset['tab']).toBe('reach');
  });

  it('is tested from there', async () => {
    await open({ ...done, reach: 'untested' });
    await click('strip-reach');
    await click('reach-test');
    expect(words('reach-tested')).toContain('came back in 210 ms');
    expect(see('strip-reach').dataset['tone']).toBe('good');
    expect(words('strip-reach')).toContain('came back');
  });

  it('follows what happens', async () => {
    const backend = await open({ ...done, reach: 'online' });
    backend.reach.set({ ...backend.reach.chosen }, 'wrong');
    await pass();
    expect(words('strip-reach')).toContain('connecting');
    await pass(2000);
    expect(see('strip-reach').dataset['tone']).toBe('bad');
  });
});

describe('gaps', () => {
  it.each([
    [{ gaps: 0 }, 'quiet', 'none this week'],
    [{ gaps: 2 }, 'quiet', '2 this week'],
    [{ gaps: 2, gap: true, reach: 'waiting' as const }, 'warn', 'since'],
    [{ gaps: 1, gap: true, reach: 'off' as const }, 'quiet', 'since'],
  ])('%o are %s', async (scene, tone, text) => {
    await open({ ...done, ...scene });
    expect(see('strip-gaps').dataset['tone']).toBe(tone);
    expect(words('strip-gaps')).toContain(text);
  });

  it('open the list, by click and by key', async () => {
    await open({ ...done, gaps: 2 });
    await click('strip-gaps');
    expect(see('pane').dataset['side']).toBe('gaps');
    await press('Escape');
    expect(maybe('gaps')).toBeNull();
    await press('m');
    expect(see('gaps')).toBeTruthy();
  });
});

describe('what is broken', () => {
  const failed = (part: string) => ({
    at: Date.now(),
    took: 10,
    cameBack: false,
    part,
    message: `The ${part} is broken.`,
    remedy: '',
  });
  const parts = () => [...(maybe('reach-parts')?.querySelectorAll('li') ?? [])];

  it.each(['internet', 'tunnel', 'address', 'tls', 'path', 'listener'])('%s', async (part) => {
    const backend = await open({ ...done, reach: 'degraded' });
    backend.reach.status = { ...backend.reach.status, check: failed(part) };
    backend.tell({ news: 'status' });
    await pass();
    await click('strip-reach');
    expect(see('reach-parts').dataset['part']).toBe(part);
    const broken = parts().filter((one) => one.textContent?.includes('broken'));
    expect(broken).toHaveLength(1);
    expect(broken[0]?.textContent?.toLowerCase()).toContain(part);
  });

  it('a plan that is used up is no part of the way', async () => {
    const backend = await open({ ...done, reach: 'degraded' });
    backend.reach.status = { ...backend.reach.status, check: failed('plan') };
    backend.tell({ news: 'status' });
    await pass();
    await click('strip-reach');
    expect(maybe('reach-parts')).toBeNull();
  });

  it('an own address has no tunnel before it', async () => {
    const backend = await open({ ...done, reach: 'own-online' });
    expect(words('strip-reach')).toContain('Address');
    await click('strip-reach');
    await click('reach-test');
    expect(parts().map((one) => one.textContent?.trim())).not.toContain('Tunnel');
    backend.reach.round = null;
    await click('reach-test');
    expect(see('reach-parts').dataset['part']).toBe('path');
  });
});

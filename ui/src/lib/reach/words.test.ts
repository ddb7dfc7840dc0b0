import { describe, expect, it } from 'vitest';
import type { ReachStatus } from '../backend';
import { broken, cameBack, FakeReach, REACH_SCENES } from '../backend/fake/reach';
import { keptWords, proofOf, reachSentence, reachShort, reachTone, took, until } from './words';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

const scene = (name: (typeof REACH_SCENES)[number], more: Partial<ReachStatus> = {}) => ({
  ...new FakeReach(
    name,
    () => NOW,
    () => {},
  ).status,
  ...more,
});

describe('the colour', () => {
  it.each([
    ['off', 'quiet'],
    ['connecting', 'warn'],
    ['online', 'good'],
    ['online-heard', 'good'],
    ['untested', 'warn'],
    ['degraded', 'warn'],
    ['resuming', 'warn'],
    ['waiting', 'warn'],
    ['ngrok-failed', 'bad'],
  ] as const)('of %s is %s', (name, tone) => {
    expect(reachTone(scene(name), NOW)).toBe(tone);
  });

  it('is green only for a proof of this connection', () => {
    const online = scene('untested', { since: NOW });
    expect(reachTone({ ...online, check: cameBack(200, NOW - 10 * MINUTE) }, NOW)).toBe('warn');
    expect(reachTone({ ...online, check: cameBack(200, NOW) }, NOW)).toBe('good');
    expect(reachTone({ ...online, heardAt: NOW + 1 }, NOW)).toBe('good');
    expect(reachTone({ ...online, check: broken('tls', NOW, never) }, NOW)).toBe('warn');
  });

  it('counts a test that was under way when the state was told', () => {
    // Degraded, and the next test comes back: online since that moment.
    const online = scene('untested', { since: NOW, check: cameBack(900, NOW - 950) });
    expect(reachTone(online, NOW)).toBe('good');
  });

  it('fades when nothing proves it for an hour', () => {
    const online = scene('online', { since: NOW - 500 * MINUTE, check: cameBack(1, NOW) });
    expect(reachTone(online, NOW + 60 * MINUTE)).toBe('good');
    expect(reachTone(online, NOW + 70 * MINUTE)).toBe('warn');
  });
});

const never = { code: '', message: '', remedy: '', field: null };

describe('the words', () => {
  it.each([
    ['off', 'off'],
    ['connecting', 'connecting…'],
    ['online', 'came back 4 min ago'],
    ['online-heard', 'delivered 1 min ago'],
    ['untested', 'up, being tested…'],
    ['degraded', 'the test fails'],
    ['resuming', 'reconnecting…'],
    ['waiting', 'next try in 24 s'],
    ['ngrok-failed', 'needs you'],
  ] as const)('of %s in the strip', (name, words) => {
    expect(reachShort(scene(name), NOW)).toBe(words);
  });

  it('count down to the next try', () => {
    const waiting = scene('waiting');
    expect(reachShort(waiting, NOW + 20_000)).toBe('next try in 4 s');
    expect(reachShort(waiting, NOW + 30_000)).toBe('next try now');
    expect(until(NOW + 240_000, NOW)).toBe('in 4 min');
  });

  it('name the proof', () => {
    expect(reachSentence(scene('online'), 'ngrok', NOW)).toBe(
      'Reachable: a signed test came back in 210 ms, 4 min ago.',
    );
    expect(reachSentence(scene('online-heard'), 'ngrok', NOW)).toBe(
      'Reachable: a genuine delivery came in 1 min ago.',
    );
  });

  it('have a sentence for every state', () => {
    for (const name of REACH_SCENES) {
      expect(reachSentence(scene(name), 'ngrok', NOW)).toMatch(/^\S.*[.…]$/);
    }
  });

  it('tell how long a test took, and where secrets are', () => {
    expect([took(0), took(999), took(1400)]).toEqual(['0 ms', '999 ms', '1.4 s']);
    expect(keptWords('keychain')).toContain('keychain');
    expect(keptWords('/data/secrets.json')).toBe('/data/secrets.json');
  });
});

describe('the proof', () => {
  it('is the newer of test and delivery, and none unless online', () => {
    expect(proofOf(scene('online'))?.took).toBe(210);
    expect(proofOf(scene('online-heard'))?.took).toBeNull();
    expect(proofOf(scene('degraded', { heardAt: NOW }))).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExportRequest, News } from '../backend';
import { FakeBackend } from '../backend/fake';
import { EvidenceJob } from '../event/evidence.svelte';
import { EVERYTHING } from '../filter/model';
import { ExportJob } from './export.svelte';

const REQUEST: ExportRequest = {
  filter: EVERYTHING,
  asOf: null,
  format: 'csv',
  columns: [],
  only: [],
  fold: false,
  oldestFirst: false,
  timeZone: null,
  bom: false,
  body: false,
};

let backend: FakeBackend;

/** As a window does: news go to both. */
function jobs(): { rows: ExportJob; evidence: EvidenceJob } {
  const rows = new ExportJob(backend);
  const evidence = new EvidenceJob(backend);
  const news = (told: News) => {
    if (told.news !== 'export') return;
    rows.heard(told);
    evidence.heard(told);
  };
  backend.hear({ news, link: () => undefined });
  return { rows, evidence };
}

beforeEach(() => {
  vi.useFakeTimers();
  backend = new FakeBackend({ events: 50, place: 'window', mute: true });
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const looks = () => backend.asked.filter(({ ask }) => ask === 'export-state').length;

describe('an export whose end was not heard', () => {
  it('is asked after, and ends', async () => {
    const { rows } = jobs();
    await rows.start(REQUEST, false);
    await pass(4000);
    expect([rows.stage, looks()]).toEqual(['running', 0]);
    await pass(2000);
    expect(rows.stage).toBe('failed');
    expect(rows.message).toContain('nothing is known of it');
    // Nobody asks after one that has ended.
    await pass(60_000);
    expect(looks()).toBe(1);
    rows.reset();
    expect(rows.stage).toBe('plan');
  });

  it('is asked after at once when the program is heard again', async () => {
    const { rows, evidence } = jobs();
    await rows.start(REQUEST, false);
    rows.missed();
    await pass(0);
    expect(rows.stage).toBe('failed');
    await evidence.start({ events: [1], selected: null, unmasked: false });
    evidence.missed();
    await pass(0);
    expect(evidence.stage).toBe('failed');
  });

  it('is asked after again where nobody answers', async () => {
    const { rows } = jobs();
    await rows.start(REQUEST, false);
    backend.scene.trouble = 'store-unreadable';
    await pass(11_000);
    expect(rows.stage).toBe('running');
    backend.scene.trouble = null;
    await pass(5000);
    expect(rows.stage).toBe('failed');
  });

  it('is left alone while it is heard of', async () => {
    backend.scene.mute = false;
    const { rows } = jobs();
    await rows.start(REQUEST, false);
    await pass(60_000);
    expect([rows.stage, looks()]).toEqual(['done', 0]);
  });
});

describe('how much is exported', () => {
  it('is counted on while the program counts', async () => {
    backend.scene.counting = true;
    const { rows } = jobs();
    await rows.count(REQUEST);
    expect(rows.plan).toMatchObject({ rows: 50, counting: true });
    backend.scene.counting = false;
    rows.countedOn();
    await pass(0);
    expect(rows.plan?.counting).toBe(false);
    backend.asked.length = 0;
    rows.countedOn();
    await pass(0);
    expect(backend.asked).toEqual([]);
  });
});

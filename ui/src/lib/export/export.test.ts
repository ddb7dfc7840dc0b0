import { beforeEach, describe, expect, it } from 'vitest';
import type { ExportRequest } from '../backend';
import { FakeBackend } from '../backend/fake';
import { EVERYTHING } from '../filter/model';
import { arranged, beginning, columnTitle, moved, switched } from './columns';
import { ExportJob } from './export.svelte';

const request: ExportRequest = {
  filter: EVERYTHING,
  asOf: null,
  only: [],
  format: 'csv',
  columns: ['id'],
  oldestFirst: false,
  timeZone: null,
  bom: true,
  body: false,
};

const news = { news: 'export', job: 1, rows: 5, total: 50, message: null } as const;

let backend: FakeBackend;
let job: ExportJob;

beforeEach(() => {
  backend = new FakeBackend({ events: 50, place: 'window' });
  job = new ExportJob(backend);
});

describe('an export', () => {
  it('says how much before it writes', async () => {
    await job.count(request);
    expect(job.plan?.rows).toBe(50);
    expect(job.stage).toBe('plan');
  });

  it('keeps the file that was chosen when other things change', async () => {
    await job.choose(request);
    expect(job.plan?.target).toMatch(/^\/Users/);
    await job.count({ ...request, body: true });
    expect(job.plan?.target).toMatch(/^\/Users/);
    expect(job.plan?.exists).toBe(true);
  });

  it('says nothing when a person thinks better of choosing', async () => {
    backend.scene.trouble = 'cancelled';
    await job.choose(request);
    expect(job.trouble).toBeNull();
    expect(job.chosen).toBe(false);
  });

  it('shows how far it is, and when it is done', async () => {
    await job.start(request, true);
    job.heard({ ...news, state: 'running' });
    expect([job.stage, job.rows, job.total]).toEqual(['running', 5, 50]);
    job.heard({ ...news, job: 9, rows: 49, state: 'failed' });
    expect(job.stage).toBe('running');
    job.heard({ ...news, rows: 50, state: 'done', message: '/a.csv' });
    expect([job.stage, job.message]).toEqual(['done', '/a.csv']);
  });

  it('is not confused by news that overtake the answer', async () => {
    const started = job.start(request, false);
    job.heard({ ...news, rows: 50, state: 'done' });
    await started;
    expect(job.stage).toBe('done');
  });

  it('has the browser fetch it where there is one', async () => {
    backend.scene.place = 'browser';
    await job.start(request, false);
    expect(backend.downloads).toEqual(['/download/ticket']);
    expect(job.download).toBe(true);
  });

  it('says what went wrong', async () => {
    backend.scene.trouble = 'file-unwritable';
    await job.start(request, false);
    expect(job.stage).toBe('failed');
    expect(job.trouble?.sentence).toBe('The file cannot be written.');
    job.reset();
    expect(job.trouble).toBeNull();
  });

  it('can be stopped, and begun again', async () => {
    await job.start(request, false);
    await job.cancel();
    job.heard({ ...news, state: 'cancelled' });
    expect(job.stage).toBe('cancelled');
    job.reset();
    expect(job.stage).toBe('plan');
  });
});

describe('its columns', () => {
  it('begin with the chosen ones, in their order', () => {
    expect(arranged(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual([
      { name: 'c', on: true },
      { name: 'a', on: true },
      { name: 'b', on: false },
    ]);
  });

  it('can be moved and switched', () => {
    const columns = arranged(['a', 'b', 'c'], ['a', 'b', 'c']);
    expect(moved(columns, 0, 2).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect(moved(columns, 0, -1).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(switched(columns, 1).map(({ on }) => on)).toEqual([true, false, true]);
  });

  it('are those of the list, until others were chosen for that list', () => {
    expect(beginning(['a', 'b'], null)).toEqual(['a', 'b']);
    expect(beginning(['a', 'b'], { list: ['a', 'b'], columns: ['b'] })).toEqual(['b']);
    expect(beginning(['a', 'b', 'c'], { list: ['a', 'b'], columns: ['b'] })).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('have titles', () => {
    expect(columnTitle('happened_at')).toBe('Happened at');
  });
});

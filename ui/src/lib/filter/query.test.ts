import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import type { Filter } from '../backend';
import { CompletionList } from './completion.svelte';
import { EVERYTHING } from './model';
import { Query } from './query.svelte';

let backend: FakeBackend;
let applied: Filter[];
let query: Query;

beforeEach(() => {
  vi.useFakeTimers();
  backend = new FakeBackend({ events: 10 });
  applied = [];
  query = new Query(backend, (filter) => applied.push(filter));
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

describe('the query box', () => {
  it('parses when the typing rests, once', async () => {
    for (const text of ['a', 'an', 'ana']) {
      query.type(text);
      await pass(50);
    }
    await pass();
    expect(backend.asked.map(({ ask }) => ask)).toEqual(['parse-filter']);
    expect(applied).toEqual([{ ...EVERYTHING, text: 'ana' }]);
  });

  it('shows what is wrong and where, and keeps the filter before', async () => {
    query.type('category:bookings');
    await pass();
    query.type('category:bookings colour:red');
    await pass();
    expect(query.error).toMatchObject({ start: 18, end: 24 });
    expect(query.filter.categories).toEqual(['bookings']);
    expect(applied).toHaveLength(1);
    query.type('category:bookings');
    expect(query.error).toBeNull();
  });

  it('follows a filter that was chosen by other means', async () => {
    query.choose({ ...EVERYTHING, categories: ['billing'], flags: ['repeat'] });
    expect(query.text).toBe('category:billing flag:repeat');
    expect(applied).toHaveLength(1);
    await pass();
    expect(query.text).toBe('category:billing flag:repeat');
    query.clear();
    expect(query.text).toBe('');
    expect(applied.at(-1)).toEqual(EVERYTHING);
  });

  it('lets what is chosen win over what was being parsed', async () => {
    backend.scene.slow = 300;
    query.type('slow');
    await pass(250);
    query.choose({ ...EVERYTHING, categories: ['billing'] });
    await pass();
    expect(query.filter.categories).toEqual(['billing']);
    expect(query.filter.text).toBe('');
    expect(query.text).toBe('category:billing');
  });

  it('says when the program cannot be asked', async () => {
    backend.scene.offline = true;
    query.type('ana');
    await pass();
    expect(query.trouble?.code).toBe('offline');
  });
});

describe('completion', () => {
  let list: CompletionList;

  beforeEach(() => {
    list = new CompletionList(backend);
  });

  it('offers what fits, and puts it in at the caret', async () => {
    list.look('cat blue', 3);
    await pass();
    expect(list.items[0]?.label).toBe('category:access');
    void list.move(1);
    await pass(0);
    expect(await list.take('cat blue')).toEqual({ text: 'category:access  blue', cursor: 16 });
    expect(list.open).toBe(false);
  });

  it('goes round, through “none”', async () => {
    list.look('cat', 3);
    await pass();
    const { length } = list.items;
    await list.move(-1);
    expect(list.chosen).toBe(length - 1);
    await list.move(1);
    expect(list.chosen).toBe(-1);
    expect(await list.take('cat')).toBeNull();
  });

  it('never puts in what belonged to an older text', async () => {
    list.look('cat', 3);
    await pass();
    // Typed on, then the arrow and Enter before the new list is there.
    list.look('loc', 3);
    void list.move(1);
    expect(list.choosing).toBe(true);
    const taken = list.take('loc');
    await pass();
    expect((await taken)?.text).toBe('location:1420900101 ');
  });

  it('is shut by a failure, and the box goes on', async () => {
    list.look('cat', 3);
    await pass();
    backend.scene.trouble = 'internal';
    list.look('cate', 4);
    await pass();
    expect(list.open).toBe(false);
  });
});

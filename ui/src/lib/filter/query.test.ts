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
  it('shows plain words at once, without waiting for what they mean', async () => {
    backend.scene.slow = 300;
    query.type(' Ana  ruiz ');
    expect(applied).toEqual([{ ...EVERYTHING, text: 'Ana ruiz' }]);
    await pass();
    expect(applied).toHaveLength(1);
    expect(query.words.map(({ text }) => text)).toEqual(['Ana', 'ruiz']);
  });

  it('asks what any other text means, one question at a time, the newest next', async () => {
    backend.scene.slow = 100;
    for (const text of ['category:b', 'category:bo', 'category:boo', 'category:bookings']) {
      query.type(text);
      await pass(10);
    }
    await pass();
    const asked = backend.asked.map((one) => 'text' in one && one.text);
    expect(asked).toEqual(['category:b', 'category:bookings']);
    expect(applied.map(({ categories }) => categories)).toEqual([['bookings']]);
  });

  it('takes no word for plain that is a part of the language', async () => {
    backend.scene.slow = 100;
    for (const text of ['ana OR zoe', 'not ana', 'ana -zoe', 'ana*', '"ana"', 'at:today', '(ana']) {
      query.type(text);
      expect(applied, text).toEqual([]);
    }
  });

  it('tells a mistake when the typing rests, where it is, and keeps the filter before', async () => {
    query.type('category:bookings');
    await pass();
    query.type('category:bookings colour:red');
    await pass(100);
    expect(query.error).toBeNull();
    await pass();
    expect(query.error).toMatchObject({ start: 18, end: 24, text: 'category:bookings colour:red' });
    expect(query.filter.categories).toEqual(['bookings']);
    expect(applied).toHaveLength(1);
    // Mended, it is gone with the answer; another in its place is told at once.
    query.type('category:bookings colour:blue');
    await pass(10);
    expect(query.error?.text).toBe('category:bookings colour:blue');
    query.type('category:bookings');
    await pass(10);
    expect(query.error).toBeNull();
  });

  it('tells a mistake at once to whoever leaves', async () => {
    query.type('colour:red');
    await query.parse();
    expect(query.error).toMatchObject({ start: 0, end: 6 });
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
    list.look('category:acc blue', 12);
    await pass();
    expect(list.groups.map(({ title }) => title)).toEqual(['Category']);
    expect(list.items[0]?.label).toBe('Access & check-ins');
    expect(list.typed).toBe('acc');
    void list.move(1);
    await pass(0);
    expect(await list.take('category:acc blue')).toEqual({
      text: 'category:access blue',
      cursor: 15,
    });
    expect(list.open).toBe(false);
  });

  it('puts what is of one kind together, in the order in which arrows go', async () => {
    list.look('b', 1);
    await pass();
    list.look('bo', 2);
    // Until the answer is there, what was listed stays.
    await pass();
    const order = list.groups.flatMap(({ items }) => items.map(({ at }) => at));
    expect(order).toEqual(order.map((_, i) => i));
    expect(list.groups.map(({ title }) => title)).toContain('Category');
    expect(list.items.length).toBeLessThanOrEqual(12);
  });

  it('keeps what is listed until the next answer is there', async () => {
    list.look('cat', 3);
    await pass();
    backend.scene.slow = 200;
    list.look('cate', 4);
    await pass(100);
    expect(list.items[0]?.label).toBe('category:');
    await pass();
    expect(list.items[0]?.label).toBe('category:');
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
    expect((await taken)?.text).toBe('location:');
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

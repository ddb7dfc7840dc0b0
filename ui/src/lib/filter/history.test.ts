// The last questions, for whoever asks them again.

import { describe, expect, it } from 'vitest';
import { click, fill, maybe, open, press, remembered, see, sitDown, type } from '../../test/person';
import { QuestionHistory } from './history.svelte';

sitDown();

const done = { events: 30, guide: { step: 0, done: true } };

const options = () =>
  [...document.querySelectorAll('[data-testid=completions] [role=option]')].map((one) =>
    one.textContent.trim(),
  );

async function ask(text: string): Promise<void> {
  await press('/');
  await type(text);
  await press('Enter');
}

describe('the last questions', () => {
  it('come with the arrow up in an empty box, the newest first, each once', async () => {
    await open(done);
    for (const text of ['ana', 'category:bookings', 'ana']) await ask(text);
    await click('query-clear');
    await press('/');
    await press('ArrowUp');
    expect(options()).toEqual(['ana', 'category:bookings']);
    expect(see('query').getAttribute('aria-activedescendant')).toBe('completion-0');
    await press('ArrowDown');
    await press('Enter');
    expect((see('query') as HTMLInputElement).value).toBe('category:bookings');
    expect(maybe('chip-categories')).toBeTruthy();
  });

  it('have none with a mistake, and none that was clicked together', async () => {
    const backend = await open(done);
    await ask('colour:red');
    await click('query-clear');
    await click('view-billing');
    await press('/');
    await press('Enter');
    expect(remembered().join()).not.toContain('colour');
    expect(remembered().join()).not.toContain('billing');
    expect(backend.rows.some(({ person }) => person && remembered().join().includes(person))).toBe(
      false,
    );
  });

  it('are hidden with the names, and forgotten at a word', async () => {
    await open(done);
    await ask('ana');
    await click('query-clear');
    await press('h');
    await press('/');
    await press('ArrowUp');
    expect(options()).not.toContain('ana');
    await press('Escape');
    await press('Escape');
    await press('h');
    await press('/');
    await fill('query', '');
    await press('ArrowUp');
    expect(options()).toEqual(['ana']);
    await click('forget-questions');
    expect(remembered().join()).not.toContain('ana');
  });

  it('are twenty at most, and nothing that was pasted', () => {
    const history = new QuestionHistory();
    for (let i = 0; i < 30; i++) history.add(`q${i}`);
    history.add('   ');
    history.add('x'.repeat(501));
    expect(history.list).toHaveLength(20);
    expect(history.list[0]).toBe('q29');
    expect(new QuestionHistory().list).toEqual(history.list);
    localStorage.setItem('nexwatch.questions', '{"not":"a list"}');
    expect(new QuestionHistory().list).toEqual([]);
  });
});

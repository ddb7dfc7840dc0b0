import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { open, pass, sitDown } from '../../test/person';

sitDown();

describe('the marks of a row', () => {
  it('begin with what matters most, and leave out what the sentence says', async () => {
    const backend = await open({ guide: { step: 0, done: true }, events: 50 });
    const newest = backend.rows.at(-1);
    if (!newest) throw new Error('no rows');
    newest.flags = ['unsigned', 'changed', 'maybe-repeat'];
    backend.tell({ news: 'revised' });
    await pass();
    const row = screen.getAllByTestId('row')[0];
    const marks = [...(row?.querySelectorAll('.flag') ?? [])].map((mark) =>
      mark.textContent.trim(),
    );
    expect(marks).toEqual(['maybe repeat', 'unsigned']);
  });
});

// The query box as a person uses it: a mistake stays in sight until it is mended.

import { describe, expect, it } from 'vitest';
import { click, maybe, open, press, see, sitDown, type, words } from '../../test/person';

sitDown();

const done = { events: 30, guide: { step: 0, done: true } };

describe('a filter with a mistake', () => {
  it('is said not to be applied after Enter, until it is mended', async () => {
    await open(done);
    await press('/');
    await type('colour:red');
    await press('Enter');
    expect(document.activeElement).not.toBe(see('query'));
    expect(maybe('query-error')).toBeNull();
    expect(words('filter-refused')).toMatch(/^Filter not applied\. .*colour/);
    expect(words('chips')).toContain('All events');
    expect(see('query').getAttribute('aria-invalid')).toBe('true');
    expect(see('query').getAttribute('aria-describedby')).toBe(see('filter-refused').id);
    await press('/');
    expect(see('query-error')).toBeTruthy();
    expect(maybe('filter-refused')).toBeNull();
    await type('category:bookings');
    await press('Enter');
    expect(maybe('filter-refused')).toBeNull();
    expect(words('chips')).not.toContain('All events');
  });

  it('leaves the one before in force, and goes when it is cleared', async () => {
    await open(done);
    await press('/');
    await type('category:bookings');
    await press('Enter');
    await press('/');
    await type('category:bookings colour:red');
    await press('Enter');
    expect(see('filter-refused')).toBeTruthy();
    expect(see('chip-categories')).toBeTruthy();
    await click('query-clear');
    expect(maybe('filter-refused')).toBeNull();
    expect(words('chips')).toBe('All events');
  });

  it('does not show what was typed while names are hidden', async () => {
    await open(done);
    await press('/');
    await type('anaruiz:red');
    await press('Enter');
    expect(words('filter-refused')).toContain('anaruiz');
    await press('h');
    const said = see('filter-refused');
    expect(said.textContent + said.title).not.toContain('anaruiz');
    expect(document.body.textContent).not.toContain('anaruiz');
  });
});

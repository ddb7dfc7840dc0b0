// Stories as a person goes to them and comes back.

import { screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { cleanup } from '@testing-library/svelte';
import { click, fill, maybe, open, pass, press, see, sitDown, words } from '../../test/person';

sitDown();

const done = { guide: { step: 0, done: true }, events: 400 };
const query = () => (see('query') as HTMLInputElement).value;
const first = (testid: string) => screen.getAllByTestId(testid)[0] as HTMLElement;

/** Goes a step in the browser's history, and waits until the page is there. */
async function step(go: () => void, hash: string): Promise<void> {
  go();
  await vi.waitFor(() => expect(location.hash).toBe(hash));
  await pass();
}

describe('a story', () => {
  it('opens by a click on a name, without opening the row', async () => {
    const backend = await open(done);
    const row = backend.rows.at(-1);
    first('row-person').click();
    await pass();
    expect(words('story-title')).toBe(row?.person);
    expect(words('story')).toContain('Customer');
    expect(words('story-count')).toMatch(/^\d+ events, /);
    expect(words('story')).toContain('Plan Flex Desk');
    expect(location.hash).toBe(`#/story/customer/${row?.personId}`);
    expect(query()).toContain(`person:"customer#${row?.personId}`);
    expect(maybe('event-pane')).toBeNull();
    const count = backend.rows.filter(
      ({ personId, personKind }) => personId === row?.personId && personKind === row?.personKind,
    ).length;
    expect(words('story-count')).toContain(`${count} events`);
  });

  it('opens from the event: of the thing itself, the room, the location', async () => {
    const backend = await open(done);
    const query = see('query') as HTMLInputElement;
    query.value = 'action:BookingCreate';
    query.dispatchEvent(new Event('input', { bubbles: true }));
    await pass();
    first('row').click();
    await pass();
    const row = backend.rows.findLast(({ action }) => action === 'BookingCreate');
    await click('story-entity');
    expect(location.hash).toBe(`#/story/entity/Booking/${row?.entityId}?event=${row?.id}`);
    await click('story-resource');
    expect(location.hash).toBe(`#/story/resource/${row?.resourceId}?event=${row?.id}`);
    expect(words('story-title')).toBe(row?.resource);
    await click('story-location');
    expect(words('story-title')).toBe(row?.location);
    expect(words('story')).toContain('Location');
  });

  it('opens by key for the chosen row', async () => {
    const backend = await open(done);
    await press('j');
    await press('s');
    expect(words('story-title')).toBe(backend.rows.at(-1)?.person);
  });

  it('is narrowed further, and ends where the list shows more', async () => {
    const backend = await open(done);
    await press('j');
    await press('s');
    const id = backend.rows.at(-1)?.personId;
    await click('facet-category-billing');
    expect(see('story')).toBeTruthy();
    expect(location.hash).toMatch(
      new RegExp(`^#/story/customer/${id}\\?q=category%3Abilling%20person%3A`),
    );
    await press('c');
    expect(maybe('story')).toBeNull();
    expect(location.hash).toBe('#/');
  });

  it('closes, and leaves what else was filtered by', async () => {
    await open(done);
    await press('j');
    await press('s');
    await click('facet-category-billing');
    await click('story-close');
    expect(maybe('story')).toBeNull();
    expect(query()).toBe('category:billing');
  });

  it('of a person without an id is of everybody of that name, and says so', async () => {
    const backend = await open(done);
    const newest = backend.rows.at(-1);
    if (!newest) throw new Error('no rows');
    newest.personId = null;
    backend.tell({ news: 'revised' });
    await pass();
    first('row-person').click();
    await pass();
    expect(words('story-by-name')).toContain('no id of this person');
    expect(words('story-by-name')).toContain(newest.person ?? '');
    expect(query()).toContain('person:');
    await press('c');
    expect(maybe('story-by-name')).toBeNull();
  });

  it('tells no name while names are hidden, in the address neither', async () => {
    const backend = await open(done);
    await fill('query', 'Ruiz');
    await pass();
    await press('h');
    first('row-person').click();
    await pass();
    expect(words('story-title')).toBe('•••••');
    const page = document.body.outerHTML;
    for (const { person } of backend.rows) expect(page).not.toContain(person);
    expect(decodeURIComponent(location.hash)).not.toContain('Ruiz');
  });

  it('counts on as events arrive', async () => {
    const backend = await open(done);
    first('row-location').click();
    await pass();
    const before = Number(words('story-count').split(' ')[0]);
    backend.arrive(40);
    await pass(2000);
    expect(Number(words('story-count').split(' ')[0])).toBeGreaterThan(before);
  });

  it('that cannot be had is said, and the list stays', async () => {
    const backend = await open(done);
    backend.scene.trouble = 'store-unreadable';
    first('row-person').click();
    await pass();
    expect(words('toast')).toContain('cannot be read');
    expect(location.hash).toBe('');
  });
});

describe('back and forward', () => {
  it('go through filters and stories', async () => {
    await open(done);
    expect(see('back')).toHaveProperty('disabled', true);
    await press('4');
    expect(location.hash).toBe('#/?q=category%3Abilling');
    first('row-person').click();
    await pass();
    const story = location.hash;
    expect(story).toContain('#/story/customer/');
    await step(() => see('back').click(), '#/?q=category%3Abilling');
    expect(maybe('story')).toBeNull();
    expect(query()).toBe('category:billing');
    await step(() => void press('ArrowLeft', { altKey: true }), '');
    expect(query()).toBe('');
    expect(see('back')).toHaveProperty('disabled', true);
    await step(() => see('forward').click(), '#/?q=category%3Abilling');
    await step(() => history.forward(), story);
    expect(see('story')).toBeTruthy();
    expect(see('forward')).toHaveProperty('disabled', true);
  });

  it('take what is typed in one go as one step', async () => {
    await open(done);
    const box = see('query') as HTMLInputElement;
    box.focus();
    for (const text of ['a', 'an', 'ana']) {
      await fill('query', text);
      await pass();
    }
    expect(location.hash).toBe('#/?q=ana');
    await step(() => history.back(), '');
    expect(query()).toBe('');
  });

  it('come back to the event that was chosen', async () => {
    const backend = await open(done);
    await press('j');
    await press('j');
    const chosen = backend.rows.at(-2)?.id;
    await press('4');
    await step(() => history.back(), '');
    const row = document.querySelector('[data-testid=row][aria-selected=true]') as HTMLElement;
    expect(row.dataset['event']).toBe(String(chosen));
  });
});

describe('an address', () => {
  const reload = async (hash: string) => {
    history.replaceState(null, '', `/${hash}`);
    return open(done);
  };

  it('opens a story with its event, and keeps both when the page is loaded again', async () => {
    const before = await open(done);
    const row = before.rows.at(-5);
    cleanup();
    const hash = `#/story/customer/${row?.personId}?event=${row?.id}`;
    await reload(hash);
    expect(words('story-title')).toBe(row?.person);
    expect(see('event-pane').dataset['event']).toBe(String(row?.id));
    expect(location.hash).toBe(hash);
    const chosen = document.querySelector('[aria-selected=true]') as HTMLElement;
    expect(chosen.dataset['event']).toBe(String(row?.id));
  });

  it('opens a filter', async () => {
    await reload('#/?q=category%3Abilling');
    expect(query()).toBe('category:billing');
    expect(see('chip-categories')).toBeTruthy();
  });

  it.each([
    '#/story/admin/7',
    '#/?q=%E0%A4%A',
    '#/<img src=x onerror=alert(1)>',
    '#/?q=colour:red',
  ])('%s is the plain list, and nothing is complained of', async (hash) => {
    await reload(hash);
    expect(screen.getAllByTestId('row').length).toBeGreaterThan(10);
    expect(query()).toBe('');
    expect(maybe('toast')).toBeNull();
    expect(document.querySelector('main img')).toBeNull();
  });
});

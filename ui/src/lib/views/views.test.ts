import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, fill, maybe, open, pass, press, see, sitDown, words } from '../../test/person';
import type { FakeBackend, Scene } from '../backend/fake';
import { badgeWords, freeName, nameTrouble, NEW_VIEW } from './draft';

sitDown();

const here = (scene: Partial<Scene> = {}): Promise<FakeBackend> =>
  open({ events: 300, guide: { step: 0, done: true }, ...scene });

const listed = () =>
  [...document.querySelectorAll<HTMLElement>('[data-view] .name')].map((one) => one.textContent);
const present = () => document.querySelector('[data-view][aria-current=true] .name')?.textContent;
const query = () => (see('query') as HTMLInputElement).value;
const heads = () =>
  [...document.querySelectorAll<HTMLElement>('[data-column]')].map(
    (head) => head.dataset['column'],
  );

/** Opens the menu of a view and does something. */
async function act(id: string, what: string): Promise<void> {
  await fireEvent.contextMenu(see(`view-${id}`));
  await pass();
  await click(`view-do-${what}`);
}

/** Columns by name. */
async function toggleColumn(name: string): Promise<void> {
  await press('l');
  await click(`shows-${name}`);
  await press('Escape');
}

async function saveAs(name: string): Promise<void> {
  await press('V');
  await fill('view-name', name);
  await fireEvent.submit(document.querySelector('#view-form') as HTMLFormElement);
  await pass();
}

describe('the views', () => {
  it('come from the program, and the first nine have a key', async () => {
    await here();
    expect(listed()).toEqual(['All', 'Front desk', 'Bookings', 'Billing', 'Problems', 'Access']);
    expect(present()).toBe('All');
    await press('3');
    expect(present()).toBe('Bookings');
    expect(query()).toBe('category:bookings');
  });

  it('that cannot be had are asked for again', async () => {
    const backend = await here({ trouble: 'store-unreadable' });
    expect(listed()).toEqual([]);
    backend.scene.trouble = null;
    await fireEvent.click(screen.getByText('Read them again'));
    await pass();
    expect(listed()).toHaveLength(6);
  });

  it('are not changed while the file cannot be read', async () => {
    const backend = await here();
    backend.views.trouble = 'views.json is broken at line 3';
    backend.tell({ news: 'views' });
    await pass();
    expect(words('views-unread')).toContain('broken at line 3');
    expect((see('view-save-as') as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.contextMenu(see('view-bookings'));
    await pass();
    expect((see('view-do-edit') as HTMLButtonElement).disabled).toBe(true);
  });

  it('know that they are changed, and go back', async () => {
    await here();
    await press('3');
    await click('facet-flag-repeat');
    expect(present()).toBe('Bookings');
    await click('view-changed');
    await click('view-do-back');
    expect(query()).toBe('category:bookings');
    expect(maybe('view-changed')).toBeNull();
    await press('v');
    expect(see('view-changed')).toBeTruthy();
    await press('B');
    expect(see('feed-time').getAttribute('aria-sort')).toBe('descending');
  });

  it('of everything go on showing everything', async () => {
    const backend = await here();
    await click('facet-flag-repeat');
    await click('view-changed');
    expect((see('view-do-save') as HTMLButtonElement).disabled).toBe(true);
    await press('Escape');
    await press('s', { ctrlKey: true });
    expect(backend.asked.some(({ ask }) => ask === 'set-views')).toBe(false);
  });

  it('are none while a story is told', async () => {
    await here();
    await fireEvent.click(screen.getAllByTestId('row-location')[0] as HTMLElement);
    await pass();
    expect(see('story')).toBeTruthy();
    expect(present()).toBeUndefined();
    await press('2');
    expect(present()).toBe('Front desk');
    expect(maybe('story')).toBeNull();
  });
});

describe('a view of one’s own', () => {
  it('is saved with filter, columns and order', async () => {
    const backend = await here();
    await press('3');
    await click('facet-flag-repeat');
    await toggleColumn('resource');
    await press('v');
    await saveAs('Again');
    expect(present()).toBe('Again');
    expect(listed().indexOf('Again')).toBe(listed().indexOf('Bookings') + 1);
    expect(maybe('view-changed')).toBeNull();
    const saved = backend.views.views.find(({ name }) => name === 'Again');
    expect(saved).toMatchObject({
      query: 'category:bookings flag:repeat',
      oldestFirst: true,
      shipped: false,
    });
    expect(saved?.columns.at(-1)).toEqual({ name: 'resource', width: null });
    // The one that it came from is as it was.
    await press('3');
    expect(heads()).toEqual(['time', 'what', 'location', 'person', 'amount']);
    expect(maybe('view-changed')).toBeNull();
    await press('4');
    expect(heads()).toContain('resource');
    expect(see('feed-time').getAttribute('aria-sort')).toBe('ascending');
  });

  it('takes what is shown, and that is undone', async () => {
    const backend = await here();
    await saveAs('Mine');
    const mine = () => backend.views.views.find(({ name }) => name === 'Mine')?.query;
    await click('facet-flag-repeat');
    await press('s', { ctrlKey: true });
    expect(mine()).toBe('flag:repeat');
    expect(maybe('view-changed')).toBeNull();
    await fireEvent.click(screen.getAllByTestId('toast-offer').at(-1) as HTMLElement);
    await pass();
    expect(mine()).toBe('');
    // What is shown stays: it is the view that went back.
    expect(query()).toBe('flag:repeat');
    expect(see('view-changed')).toBeTruthy();
  });

  it('needs a name that is free', async () => {
    await here();
    await saveAs('');
    expect(see('view-dialog').textContent).toContain('Give it a name.');
    await fill('view-name', ' billing ');
    expect(see('view-dialog').textContent).toContain('a view of this name already');
    await press('Escape');
  });

  it('is deleted, and that is undone', async () => {
    await here();
    await saveAs('Mine');
    expect(listed()).toContain('Mine');
    await act('own-1', 'delete');
    expect(listed()).not.toContain('Mine');
    expect(present()).toBe('All');
    const undo = screen.getAllByTestId('toast-offer').at(-1);
    await fireEvent.click(undo as HTMLElement);
    await pass();
    expect(listed()).toContain('Mine');
  });
});

describe('columns and order that are not saved', () => {
  it('are kept for each view, as long as the window is open', async () => {
    await here();
    await toggleColumn('person');
    await press('3');
    expect(heads()).toContain('person');
    await press('1');
    expect(heads()).not.toContain('person');
    const { cleanup } = await import('@testing-library/svelte');
    cleanup();
    await here();
    expect(heads()).not.toContain('person');
    expect(see('view-changed')).toBeTruthy();
  });
});

describe('changes', () => {
  it('that come fast are all kept', async () => {
    const backend = await here({ slow: 30 });
    const move = () => fireEvent.keyDown(see('view-access'), { key: 'ArrowUp', altKey: true });
    await move();
    await pass(5);
    await move();
    await pass(5);
    await move();
    await pass();
    expect(backend.views.views.map(({ id }) => id)).toEqual([
      'all',
      'front-desk',
      'access',
      'bookings',
      'billing',
      'problems',
    ]);
    expect(screen.queryAllByTestId('toast')).toHaveLength(0);
  });

  it('of another screen are not overwritten', async () => {
    const backend = await here();
    const others = backend.views.views.map((view) =>
      view.id === 'access' ? { ...view, name: 'Doors' } : view,
    );
    backend.views.set(others, backend.views.revision);
    await act('billing', 'hide');
    expect(words('toast')).toContain('changed on another screen');
    expect(listed()).toContain('Billing');
    expect(listed()).toContain('Doors');
  });

  it('are undone on the screen where the program cannot be reached', async () => {
    const backend = await here();
    backend.scene.offline = true;
    await act('billing', 'hide');
    expect(listed()).toContain('Billing');
  });

  it('by form are put back as they came', async () => {
    const backend = await here();
    await press('3');
    await act('bookings', 'edit');
    await fill('view-name', 'Rooms');
    await fill('view-query', 'category:bookings flag:repeat');
    await fireEvent.submit(document.querySelector('#view-form') as HTMLFormElement);
    await pass();
    expect(present()).toBe('Rooms');
    // The list goes with it.
    expect(query()).toBe('category:bookings flag:repeat');
    expect(maybe('view-changed')).toBeNull();
    await act('bookings', 'put-back');
    expect(present()).toBe('Bookings');
    expect(query()).toBe('category:bookings');
    expect(backend.views.views.find(({ id }) => id === 'bookings')?.name).toBe('Bookings');
  });
});

describe('a filter that is not understood any more', () => {
  it('is shown with the reason, and can be put right', async () => {
    const backend = await here();
    const broken = backend.views.views.map((view) =>
      view.id === 'billing' ? { ...view, query: 'colour:blue' } : view,
    );
    backend.views.set(broken, backend.views.revision);
    backend.tell({ news: 'views' });
    await pass();
    expect(see('view-billing').title).toContain('cannot be read any more');
    await press('4');
    expect(query()).toBe('colour:blue');
    expect(document.body.textContent).toContain('There is no field “colour”');
    await fireEvent.input(see('query'), { target: { value: 'category:billing' } });
    await pass();
    (document.activeElement as HTMLElement).blur();
    await press('s', { ctrlKey: true });
    expect(backend.views.views.find(({ id }) => id === 'billing')?.query).toBe('category:billing');
    expect(maybe('view-changed')).toBeNull();
  });
});

describe('badges', () => {
  it('count what is new until it is looked at', async () => {
    const backend = await here();
    const fresh = () => see('view-problems').querySelector('[data-testid=view-new]')?.textContent;
    expect(fresh()).toBeUndefined();
    backend.arrive(200);
    await pass(3000);
    const problems = backend.rows.slice(300).filter(({ action }) => /Failed/.test(action)).length;
    expect(fresh()).toContain(String(problems));
    await press('5');
    await pass(3000);
    expect(fresh()).toBeUndefined();
    expect(backend.views.seen.get('problems')).toBe(500);
    await press('1');
    expect(fresh()).toBeUndefined();
  });

  it('do not grow beyond what can be read', () => {
    expect([0, 1, 99, 100, 5000].map(badgeWords)).toEqual(['', '1', '99', '99+', '99+']);
  });
});

describe('names', () => {
  const views = [
    { ...NEW_VIEW, id: 'a', name: 'Bookings' },
    { ...NEW_VIEW, id: 'b', name: 'Bookings 2' },
  ];

  it('are free or get a number', () => {
    expect(freeName('Rooms', views)).toBe('Rooms');
    expect(freeName('Bookings', views)).toBe('Bookings 3');
    expect(freeName('Bookings 2', views)).toBe('Bookings 3');
    const long = '🙂'.repeat(60);
    const free = freeName(long, [{ ...NEW_VIEW, name: long }]);
    expect([...free]).toHaveLength(60);
    expect(free.endsWith(' 2')).toBe(true);
  });

  it('have 1 to 60 letters, whatever their script', () => {
    expect(nameTrouble('  ', '', views)).not.toBeNull();
    expect(nameTrouble('א'.repeat(60), '', views)).toBeNull();
    expect(nameTrouble('🙂'.repeat(61), '', views)).not.toBeNull();
    expect(nameTrouble('bookings', 'a', views)).toBeNull();
    expect(nameTrouble('bookings', 'c', views)).not.toBeNull();
  });
});

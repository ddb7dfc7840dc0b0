// What changed, as a person sees it in the pane.

import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import {
  click,
  everything,
  maybe,
  open,
  pass,
  press,
  see,
  sitDown,
  words,
} from '../../test/person';
import { fieldOf } from './changes';

sitDown();

const done = { guide: { step: 0, done: true } };

/** Opens the newest event of an action. */
async function openOne(action: string, scene = {}) {
  const backend = await open({ ...done, events: 400, ...scene });
  const query = see('query') as HTMLInputElement;
  query.value = `action:${action}`;
  query.dispatchEvent(new Event('input', { bubbles: true }));
  await pass();
  await press('g');
  (document.querySelector('[data-testid=row]') as HTMLElement).click();
  await pass();
  return backend;
}

const line = (path: string) => {
  const found = screen.getAllByTestId('change').find((one) => one.dataset['path'] === path);
  if (!found) throw new Error(`${path} is not there`);
  return found;
};

describe('what changed', () => {
  it('is told before and after, in a person’s words', async () => {
    await openOne('BookingUpdate', { differences: 7 });
    const from = line('FromTime');
    expect(from.querySelector('del')?.textContent).toBe('25 Nov 2026, 11:00');
    expect(from.querySelector('ins')?.textContent).toBe('25 Nov 2026, 12:00');
    expect(line('Online').textContent?.replace(/\s+/g, ' ')).toContain('was no → is now yes');
    expect(line('Notes').querySelector('del')?.textContent).toBe('nothing');
    // Strangers' text is text.
    expect(line('Notes').textContent).toContain('<script>alert(1)</script>');
    expect(line('CustomFields.Wifi').querySelector('ins')?.textContent).toContain('"Devices": 5');
    // Names keep to themselves, whatever their direction.
    expect(line('CoworkerFullName').querySelector('del bdi')?.getAttribute('dir')).toBe('auto');
  });

  it('shortens what is long, and shows all of it on request', async () => {
    await openOne('BookingUpdate', { differences: 7 });
    const name = line('CoworkerFullName');
    expect(name.querySelector('ins')?.textContent).toMatch(/…$/);
    within(name).getByTestId('change-whole').click();
    await pass();
    expect(name.querySelector('ins')?.textContent).toBe('Maximiliana '.repeat(25).trim());
  });

  it('hides the noise, a key away', async () => {
    await openOne('BookingUpdate');
    expect(screen.getAllByTestId('change')).toHaveLength(4);
    expect(words('changes-noise')).toBe('2 more that change with every delivery');
    see('changes-noise').focus();
    await press('Enter');
    expect(see('changes-noise').getAttribute('aria-expanded')).toBe('true');
    expect(line('MinutesToStart')).toBeTruthy();
  });

  it('of 200 fields begins with thirty', async () => {
    await openOne('BookingUpdate', { differences: 200 });
    expect(screen.getAllByTestId('change')).toHaveLength(30);
    expect(words('changes-all')).toBe('Show all 200');
    await click('changes-all');
    expect(screen.getAllByTestId('change')).toHaveLength(200);
    expect(maybe('changes-all')).toBeNull();
  });

  it('narrows the list by the field of the body', async () => {
    await openOne('BookingUpdate', { differences: 7 });
    within(line('CustomFields.Wifi')).getByTestId('change-narrow').click();
    await pass();
    expect(see('query')).toHaveProperty('value', 'action:BookingUpdate changed:CustomFields');
    within(line('FromTime')).getByTestId('change-narrow').click();
    await pass();
    expect(see('chip-changed').textContent).toContain('CustomFields or FromTime');
  });

  it('leads to the event before, and back', async () => {
    await openOne('BookingUpdate');
    const id = see('event-pane').dataset['event'];
    expect(see('changes-since').getAttribute('href')).toMatch(/^#\/\?q=.*&event=\d+$/);
    await click('changes-since');
    const before = see('event-pane').dataset['event'];
    expect(before).not.toBe(id);
    expect(location.hash).toContain(`event=${before}`);
    expect(see('back')).toHaveProperty('disabled', false);
  });

  it('may be nothing but noise, or unknown', async () => {
    await openOne('BookingUpdate', { differences: 0 });
    expect(words('changes-nothing')).toBe('Nothing but what changes with every delivery.');
    await openOneMore('CoworkerUpdate');
    expect(words('changes-unknown')).toBe('No earlier state of this customer is known.');
    await openOneMore('BookingCreate');
    expect(maybe('event-changes')).toBeNull();
  });

  it('holds no name while names are hidden', async () => {
    await openOne('BookingUpdate', { differences: 7 });
    await press('h');
    expect(everything()).not.toContain('Maximiliana');
    expect(line('FromTime').textContent).toContain('25 Nov 2026, 12:00');
  });
});

async function openOneMore(action: string): Promise<void> {
  const query = see('query') as HTMLInputElement;
  query.value = `action:${action}`;
  query.dispatchEvent(new Event('input', { bubbles: true }));
  await pass();
  (document.querySelector('[data-testid=row]') as HTMLElement).click();
  await pass();
}

describe('the field of a path', () => {
  it.each([
    ['FromTime', 'FromTime'],
    ['CustomFields.Wifi', 'CustomFields'],
    ['BookingVisitors[7].FullName', 'BookingVisitors'],
  ])('%s is %s', (path, field) => {
    expect(fieldOf(path)).toBe(field);
  });
});

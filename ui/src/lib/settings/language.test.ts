import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import {
  choose,
  click,
  fill,
  maybe,
  open,
  pass,
  press,
  see,
  sitDown,
  words,
} from '../../test/person';

sitDown();

const done = { guide: { step: 0, done: true }, events: 200 };

async function openTab(): Promise<Awaited<ReturnType<typeof open>>> {
  const backend = await open(done);
  await press(',');
  await click('settings-tab-language');
  return backend;
}

const saved = (backend: Awaited<ReturnType<typeof open>>) => backend.settings.settings;

describe('language and clocks', () => {
  it('tell the events in the list anew in another language', async () => {
    const backend = await openTab();
    expect(words('settings-language')).toContain('The program’s own words stay English');
    expect(see('language-save')).toHaveProperty('disabled', true);
    await choose('language', 'es');
    await click('language-save');
    await pass(3000);
    expect(saved(backend).language).toBe('es');
    expect(words('language-saved')).toContain('told anew');
    const newest = screen.getAllByTestId('row-sentence')[0]?.textContent ?? '';
    expect(newest).toMatch(/^(Ha |Novedad|Se espera)|ha (entrado|salido|reservado|pagado)/);
  });

  it('find a time zone by a part of its name', async () => {
    const backend = await openTab();
    await click('zone-own');
    await fill('zone', 'new yor');
    expect(words('zone-list')).toBe('America/New_York');
    see('zone').focus();
    await press('ArrowDown');
    await press('Enter');
    expect(see('zone')).toHaveProperty('value', 'America/New_York');
    await click('language-save');
    await pass(3000);
    expect(saved(backend).timeZone).toBe('America/New_York');
    // The list's times are of that zone now.
    const hour = screen.getAllByTestId('row')[0]?.textContent ?? '';
    expect(hour).toContain('06:59');
    await click('zone-computer');
    await click('language-save');
    expect(saved(backend).timeZone).toBeNull();
  });

  it('say beside the field what is none, and are not saved so', async () => {
    await openTab();
    await click('zone-own');
    await fill('zone', 'Atlantis');
    see('zone').dispatchEvent(new Event('blur'));
    await pass();
    expect(words('zone-wrong')).toContain('no time zone of this name');
    expect(see('language-save')).toHaveProperty('disabled', true);
    await click('language-revert');
    expect(maybe('zone')).toBeNull();
  });

  it('give a location a clock of its own, and take it back', async () => {
    const backend = await openTab();
    await choose('location-zone-which', '1420900102');
    await click('location-zone-add');
    await fill('location-zone-1420900102', 'lisbon');
    see('location-zone-1420900102').focus();
    await press('Enter');
    await click('language-save');
    expect(saved(backend).locationZones).toEqual([{ location: 1420900102, zone: 'Europe/Lisbon' }]);
    expect(see('language-save')).toHaveProperty('disabled', true);
    await click('location-zone-remove-1420900102');
    await click('language-save');
    expect(saved(backend).locationZones).toEqual([]);
  });
});

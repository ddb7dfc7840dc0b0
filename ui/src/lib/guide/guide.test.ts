import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { addressFor, found, isLocation } from './find';
import { Guide, secretTrouble } from './guide.svelte';

const GROUPS = [
  {
    category: 'bookings',
    title: 'Bookings',
    actions: [
      { action: 'BookingCreate', number: 6, label: 'Bookings: Created', url: 'u/BookingCreate' },
      { action: 'BookingDelete', number: 8, label: 'Bookings: Deleted', url: 'u/BookingDelete' },
    ],
  },
  {
    category: 'billing',
    title: 'Billing',
    actions: [
      { action: 'CoworkerInvoicePaid', number: 21, label: 'Invoices: Fully paid', url: 'u/Paid' },
    ],
  },
];

const names = (search: string) =>
  found(GROUPS, search).flatMap((group) => group.actions.map(({ action }) => action));

describe('finding an address', () => {
  it.each([
    ['', ['BookingCreate', 'BookingDelete', 'CoworkerInvoicePaid']],
    ['deleted', ['BookingDelete']],
    ['CREATE book', ['BookingCreate']],
    ['21', ['CoworkerInvoicePaid']],
    ['nothing', []],
  ])('by “%s”', (search, actions) => {
    expect(names(search)).toEqual(actions);
  });

  it('puts the location at its end', () => {
    expect(addressFor('u/BookingCreate', ' 1420900101 ')).toBe('u/BookingCreate/1420900101');
    expect(addressFor('u/BookingCreate', '')).toBe('u/BookingCreate');
    expect(['', '1420900101', ' 5 '].every(isLocation)).toBe(true);
    expect(['a', '-5', '1.5', '../x'].some(isLocation)).toBe(false);
  });
});

describe('a secret', () => {
  it.each(['', 'correct horse battery', '~!@#$%^&*()_+'])('“%s” can be used', (secret) => {
    expect(secretTrouble(secret)).toBeNull();
  });

  it.each([' a', 'a ', 'señor', 'a\nb', '🔑', 'a\u007f'])('“%s” cannot', (secret) => {
    expect(secretTrouble(secret)).not.toBeNull();
  });
});

describe('setting up', () => {
  let backend: FakeBackend;
  let guide: Guide;

  beforeEach(() => {
    localStorage.clear();
    backend = new FakeBackend({ events: 0 });
    guide = new Guide(backend);
  });

  it('asks for the addresses once', async () => {
    await guide.load();
    await guide.load();
    expect(backend.asked).toHaveLength(1);
    expect(guide.hooks?.base).toContain('/hooks/');
  });

  it('asks for them again after a failure', async () => {
    backend.scene.trouble = 'internal';
    await guide.load();
    expect(guide.hooksTrouble?.code).toBe('internal');
    backend.scene.trouble = null;
    await guide.load();
    expect(guide.hooksTrouble).toBeNull();
    expect(guide.hooks).not.toBeNull();
  });

  it('says what the listener answered, or that it does not listen', async () => {
    await guide.sendSample();
    expect(guide.sample).toMatchObject({ status: 200 });
    backend.scene.trouble = 'listener-down';
    await guide.sendSample();
    expect(guide.sample).toBeNull();
    expect(guide.sampleTrouble?.code).toBe('listener-down');
    expect(guide.sending).toBe(false);
  });

  it('says where a secret was kept, or that it could not be', async () => {
    expect(await guide.setSecret('s', 7)).toBe(true);
    expect(guide.kept?.keptIn).toBe('the keychain');
    backend.scene.trouble = 'secrets-unavailable';
    expect(await guide.setSecret('s', null)).toBe(false);
    expect(guide.kept).toBeNull();
    expect(guide.secretRefused?.code).toBe('secrets-unavailable');
  });

  it('remembers that it was closed', () => {
    expect(new Guide(backend).dismissed).toBe(false);
    guide.dismiss();
    expect(new Guide(backend).dismissed).toBe(true);
  });
});

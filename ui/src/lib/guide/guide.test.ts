import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { addressFor, found, isLocation } from './find';
import { Settings } from '../settings/settings.svelte';
import { Guide, makeSecret, secretTrouble } from './guide.svelte';

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

describe('a made secret', () => {
  it('has 40 letters and digits, never the same, and can be used', () => {
    const made = Array.from({ length: 50 }, makeSecret);
    for (const secret of made) {
      expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
      expect(secretTrouble(secret)).toBeNull();
    }
    expect(new Set(made).size).toBe(made.length);
  });

  it('draws again what would make some signs likelier', () => {
    let round = 0;
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
      // 248 is the first that is not fair: 248 % 62 = 0 would be one A more than of other signs.
      (bytes as Uint8Array).fill(round++ === 0 ? 248 : 61);
      return bytes;
    });
    expect(makeSecret()).toBe('9'.repeat(40));
    expect(round).toBe(2);
  });
});

describe('setting up', () => {
  let backend: FakeBackend;
  let guide: Guide;

  beforeEach(() => {
    backend = new FakeBackend({ events: 0 });
    guide = new Guide(backend, new Settings(backend));
  });

  it('asks for the addresses once', async () => {
    guide.load();
    await vi.waitFor(() => expect(guide.hooks?.base).toContain('/hooks/'));
    guide.load();
    expect(backend.asked).toHaveLength(1);
  });

  it('asks for them again after a failure', async () => {
    backend.scene.trouble = 'internal';
    guide.load();
    await vi.waitFor(() => expect(guide.hooksTrouble?.code).toBe('internal'));
    backend.scene.trouble = null;
    guide.load();
    await vi.waitFor(() => expect(guide.hooks).not.toBeNull());
    expect(guide.hooksTrouble).toBeNull();
  });

  it('asks for them again when they have changed', async () => {
    guide.load();
    await vi.waitFor(() => expect(guide.hooks?.public).toBe(false));
    backend.reach.status = { ...backend.reach.status, url: 'https://hooks.example.com' };
    const status = await backend.ask({ ask: 'status' });
    guide.heard(status);
    await vi.waitFor(() => expect(guide.hooks?.public).toBe(true));
    expect(guide.hooks?.base).toContain('https://hooks.example.com/hooks/');
    const asked = backend.asked.length;
    guide.heard(status);
    expect(backend.asked).toHaveLength(asked);
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
    expect(guide.kept?.keptIn).toBe('keychain');
    backend.scene.trouble = 'secrets-unavailable';
    expect(await guide.setSecret('s', null)).toBe(false);
    expect(guide.kept).toBeNull();
    expect(guide.secretRefused?.code).toBe('secrets-unavailable');
  });

  it('remembers its step, and that it was put away', async () => {
    guide.go(3);
    await vi.waitFor(() => expect(backend.settings.guide).toEqual({ step: 3, done: false }));
    guide.putAway();
    await vi.waitFor(() => expect(backend.settings.guide).toEqual({ step: 3, done: true }));
    guide.go(99);
    expect(guide.step).toBe(4);
    guide.go(-1);
    expect(guide.step).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { parseAddress, PLAIN, printAddress, type Address } from './address';

const person = { by: 'person', kind: 'customer', id: 1420900777 } as const;

describe('an address', () => {
  it.each<[string, Address]>([
    ['#/', PLAIN],
    ['#/story/customer/1420900777', { ...PLAIN, story: person }],
    ['#/story/visitor/7', { ...PLAIN, story: { by: 'person', kind: 'visitor', id: 7 } }],
    [
      '#/story/entity/Booking/1428600004',
      { ...PLAIN, story: { by: 'entity', name: 'Booking', id: 1428600004 } },
    ],
    ['#/story/resource/12', { ...PLAIN, story: { by: 'resource', id: 12 } }],
    ['#/story/location/13?event=99', { ...PLAIN, story: { by: 'location', id: 13 }, event: 99 }],
    ['#/?q=flag%3Arepeat%20a%26b%20%23%3F', { ...PLAIN, text: 'flag:repeat a&b #?' }],
    ['#/?q=%D9%86%D9%88%D8%B1&event=5', { story: null, text: 'نور', event: 5 }],
    [
      '#/story/customer/1420900777?q=flag%3Arepeat&event=5',
      { story: person, text: 'flag:repeat', event: 5 },
    ],
  ])('%s is read as it was written', (hash, address) => {
    expect(parseAddress(hash)).toEqual(address);
    expect(printAddress(address)).toBe(hash);
  });

  it.each([
    '',
    '#',
    '#story/customer/7',
    '#/story',
    '#/story/',
    '#/story/customer',
    '#/story/customer/',
    '#/story/customer/0',
    '#/story/customer/-7',
    '#/story/customer/7.5',
    '#/story/customer/7/8',
    '#/story/customer/99999999999999999999',
    '#/story/admin/7',
    '#/story/entity/7',
    '#/story/entity/<img src=x onerror=alert(1)>/7',
    '#/story/entity/Book%69ng/7',
    '#/?q=%E0%A4%A',
    '#/?q=a=b',
    '#/?event=',
    '#/?event=1e5',
    '#/?event=0x10',
    '#/?other=1',
    '#/?q=a#/story/customer/7',
    '#/<script>alert(1)</script>',
    `#/?q=${'a'.repeat(5000)}`,
  ])('%s is the plain list', (hash) => {
    expect(parseAddress(hash)).toEqual(PLAIN);
  });
});

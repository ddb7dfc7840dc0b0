// What is looked at, as the part of the page's address after the `#`: a story, a filter, an open event. What is not
// exactly such an address is the plain list.

import type { StoryOf } from '../backend';

/** What is looked at. */
export interface Address {
  story: StoryOf | null;
  /** The filter as text; of a story only where it is narrowed further. */
  text: string;
  /** The open event. */
  event: number | null;
}

/** The plain list. */
export const PLAIN: Address = Object.freeze({ story: null, text: '', event: null });

const KINDS = ['customer', 'visitor', 'other'];
const LONGEST = 4000;

/** A story's own part, e.g. `customer/1420900777` or `entity/Booking/1428600004`. */
function pathOf(of: StoryOf): string {
  switch (of.by) {
    case 'person':
      return `${of.kind}/${of.id}`;
    case 'entity':
      return `entity/${of.name}/${of.id}`;
    default:
      return `${of.by}/${of.id}`;
  }
}

/** Writes an address, from its `#` on. */
export function printAddress({ story, text, event }: Address): string {
  const path = story ? `#/story/${pathOf(story)}` : '#/';
  const query = [
    ...(text === '' ? [] : [`q=${encodeURIComponent(text)}`]),
    ...(event === null ? [] : [`event=${event}`]),
  ];
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function number(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

function storyOf(path: string): StoryOf | null {
  const parts = path.split('/');
  const id = number(parts.at(-1));
  if (id === null) return null;
  const [kind = '', name = ''] = parts;
  if (parts.length === 3 && kind === 'entity' && /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name)) {
    return { by: 'entity', name, id };
  }
  if (parts.length !== 2) return null;
  if (KINDS.includes(kind)) return { by: 'person', kind, id };
  if (kind === 'resource' || kind === 'location') return { by: kind, id };
  return null;
}

/** Reads an address, with or without its `#`; one that is none is the plain list. */
export function parseAddress(hash: string): Address {
  const parts = /^#?\/(?:story\/([\w/]+))?(?:\?([^?#]*))?$/.exec(hash);
  if (!parts || hash.length > LONGEST) return PLAIN;
  const [, path, query = ''] = parts;
  const story = path === undefined ? null : storyOf(path);
  if (path !== undefined && story === null) return PLAIN;
  const address: Address = { story, text: '', event: null };
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name, value = '', ...rest] = pair.split('=');
    if (rest.length > 0) return PLAIN;
    if (name === 'q') {
      try {
        address.text = decodeURIComponent(value.replaceAll('+', ' '));
      } catch {
        return PLAIN;
      }
    } else if (name === 'event') {
      address.event = number(value);
      if (address.event === null) return PLAIN;
    } else return PLAIN;
  }
  return address;
}

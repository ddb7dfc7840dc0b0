// Shared secrets of the fake program: all but the secret.

import type { SecretStatus } from '../types/SecretStatus';

const HOUR = 3_600_000;
const LOCATIONS = [null, 1_420_900_101, 1_420_900_102];

/** `count` more secrets; one that takes another's place leaves that one two days. */
export function makeSecrets(
  count: number,
  now: number,
  before: readonly SecretStatus[] = [],
  location: number | null | undefined = undefined,
): SecretStatus[] {
  let list = [...before];
  for (let i = 0; i < count; i++) {
    const place = location === undefined ? (LOCATIONS[i % LOCATIONS.length] ?? null) : location;
    list = list.map((one) =>
      one.location === place && one.until === null ? { ...one, until: now + 48 * HOUR } : one,
    );
    const matched = location === undefined && i < 2;
    list.push({
      id: Math.max(0, ...list.map(({ id }) => id)) + 1,
      location: place,
      setAt: now - (location === undefined ? (30 - i) * 24 * HOUR : 0),
      keptIn: 'keychain',
      firstMatched: matched ? now - 29 * 24 * HOUR : null,
      lastMatched: matched ? now - (i + 1) * 240_000 : null,
      until: null,
      stillUsed: false,
    });
  }
  return list;
}

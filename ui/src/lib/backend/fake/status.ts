// What of the fake program's status follows from little.

import type { Status } from '../types/Status';

/** Version, database and quarantine. */
export function fixedStatus(
  quarantine: number,
  now: number,
): Pick<Status, 'version' | 'database' | 'quarantine'> {
  return {
    version: '0.1.0',
    database: {
      writable: true,
      trouble: null,
      path: '/Users/desk/.local/share/nexwatch/nexwatch.db',
      bytes: 48_200_000,
      free: 212_000_000_000,
    },
    quarantine: { count: quarantine, newest: quarantine > 0 ? now : null, dropped: 0 },
  };
}

/** The listener. */
export function listenerStatus(
  port: number,
  acknowledged: number,
  quarantine: number,
): Status['listener'] {
  return {
    up: true,
    address: `127.0.0.1:${port}`,
    trouble: null,
    acknowledged,
    refused: quarantine > 0 ? [{ reason: 'wrong address (404)', count: 2 }] : [],
  };
}

// Gaps in words.

import type { Gap } from '../backend';

const TITLES: Record<string, string> = {
  closed: 'Closed',
  crash: 'Ended unexpectedly',
  sleep: 'Asleep',
  tunnel: 'Tunnel down',
  off: 'Not reachable by choice',
  listener: 'Listener down',
  disk: 'Disk trouble',
};

/** What a cause is called. */
export function causeTitle(cause: string): string {
  return TITLES[cause] ?? cause;
}

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** `under a second`, `42 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`: the two largest units. */
export function lasted(ms: number): string {
  if (ms < 1000) return 'under a second';
  const first = UNITS.findIndex(([unit]) => ms >= unit);
  const [large, name] = UNITS[first] ?? [1000, 's'];
  const whole = Math.floor(ms / large);
  const next = UNITS[first + 1];
  const rest = next ? Math.floor((ms % large) / next[0]) : 0;
  return rest > 0 && next ? `${whole} ${name} ${rest} ${next[1]}` : `${whole} ${name}`;
}

/** What may be missing, in one sentence. */
export function missing({ to, arrivedLater, causes }: Gap): string {
  if (to === null) {
    return 'What happens meanwhile may be missing until the platform sends it again.';
  }
  // The platform hears an error and tries again, where anything answered at all.
  const heard = causes.every(({ cause }) => cause === 'disk');
  if (heard) return 'Deliveries were refused with 503; the platform sends those again.';
  return arrivedLater > 0
    ? 'What the platform did not send again may still be missing.'
    : 'What happened then may be missing.';
}

// Gaps of the fake program.

import type { Gap } from '../types/Gap';
import type { GapCause } from '../types/GapCause';
import type { GapPage } from '../types/GapPage';
import { shaken } from './rows';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CAUSES: readonly (readonly [cause: string, message: string])[] = [
  ['sleep', 'The computer slept.'],
  ['closed', 'Nexwatch was closed.'],
  ['tunnel', 'connect.ngrok-agent.com could not be reached.'],
  ['crash', 'Nexwatch or the computer ended unexpectedly.'],
  ['off', 'No way to be reachable was chosen.'],
  ['listener', 'Port 7397 was taken by another program.'],
  [
    'disk',
    'The disk was full: “/Users/مكتب الاستقبال/Library/Application Support/nexwatch/🗄️ nexwatch.db” could not be written, so every delivery was refused with 503 and the platform was asked to send it again later; that went on until somebody made room on the disk, which nobody noticed for a while because it was a Sunday.',
  ],
];

/** `count` gaps, newest first; the newest is open where `open`. */
export function makeGaps(count: number, open: boolean, now: number): Gap[] {
  let at = now - (open ? 7 * MINUTE : 3 * HOUR);
  return Array.from({ length: count }, (_, i) => {
    const dice = shaken(i + 5);
    const long = i === 0 && open ? 7 * MINUTE : 4000 + (dice % (9 * HOUR));
    const from = i === 0 && open ? at : at - long;
    const to = i === 0 && open ? null : at;
    const causes = [cause(dice, from)];
    if (dice % 3 === 0) causes.push(cause(dice >>> 3, from + long / 3));
    at = from - HOUR - (dice % DAY);
    return { id: count - i, from, to, causes, arrivedLater: dice % 4 === 0 ? 0 : dice % 23 };
  });
}

function cause(dice: number, at: number): GapCause {
  const [name, message] = CAUSES[dice % CAUSES.length] ?? ['sleep', ''];
  return { at: Math.round(at), cause: name, message };
}

/** A page of the ledger. */
export function gapPage(
  gaps: readonly Gap[],
  before: number | null,
  limit: number,
  now: number,
): GapPage {
  const week = now - 7 * DAY;
  const inWeek = ({ from, to }: Gap) => Math.max(0, (to ?? now) - Math.max(from, week));
  return {
    items: gaps.filter(({ id }) => before === null || id < before).slice(0, limit),
    total: gaps.length,
    since: (gaps.at(-1)?.from ?? now) - DAY,
    week: gaps.reduce((sum, gap) => sum + inWeek(gap), 0),
  };
}

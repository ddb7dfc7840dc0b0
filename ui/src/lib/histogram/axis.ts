// What stands below the bars: as many times as there is room for, at round ones.

import { isMidnight, type Wall, type WallClock } from './clock';
import { left } from './stacks';

/** A time on the axis. */
export interface Tick {
  /** Px from the left. */
  x: number;
  text: string;
  /** A new day among hours, a new year among months. */
  strong: boolean;
}

type Level = (wall: Wall) => boolean;

const minutes =
  (every: number): Level =>
  (wall) =>
    wall.minute % every === 0;
const hours =
  (every: number): Level =>
  (wall) =>
    wall.minute === 0 && wall.hour % every === 0;
const days: Level = isMidnight;
const weeks: Level = (wall) => isMidnight(wall) && wall.weekday === 1;
const months =
  (every: number): Level =>
  (wall) =>
    wall.day === 1 && (wall.month - 1) % every === 0;
const years =
  (every: number): Level =>
  (wall) =>
    wall.day === 1 && wall.month === 1 && wall.year % every === 0;
/** Bars of weeks begin on Mondays: the first of a month. */
const firstWeeks =
  (every: number): Level =>
  (wall) =>
    wall.day <= 7 && (wall.month - 1) % every === 0;

const LONG: readonly Level[] = [
  months(1),
  months(2),
  months(3),
  months(6),
  ...[1, 2, 5, 10, 20, 50, 100].map(years),
];
const BY_DAY: readonly Level[] = [days, (wall) => days(wall) && wall.day % 2 === 1, weeks, ...LONG];
const BY_HOUR: readonly Level[] = [...[1, 2, 3, 6, 12].map(hours), ...BY_DAY];
const BY_MINUTE: readonly Level[] = [...[1, 2, 5, 10, 15, 30].map(minutes), ...BY_HOUR];
const BY_WEEK: readonly Level[] = [() => true, ...[1, 2, 3, 6, 12].map(firstWeeks)];

const LEVELS: Record<string, readonly Level[]> = {
  minute: BY_MINUTE,
  '5-minutes': BY_MINUTE,
  '15-minutes': BY_MINUTE,
  hour: BY_HOUR,
  '3-hours': BY_HOUR,
  '6-hours': BY_HOUR,
  day: BY_DAY,
  week: BY_WEEK,
  month: LONG,
  year: LONG,
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const two = (n: number) => String(n).padStart(2, '0');

function label(wall: Wall, step: string): { text: string; strong: boolean } {
  const month = MONTHS[wall.month - 1] ?? '';
  switch (step) {
    case 'year':
      return { text: String(wall.year), strong: false };
    case 'month':
      return wall.month === 1
        ? { text: String(wall.year), strong: true }
        : { text: month, strong: false };
    case 'week':
    case 'day':
      return { text: `${wall.day} ${month}`, strong: wall.day === 1 };
    default:
      if (!isMidnight(wall))
        return { text: `${two(wall.hour)}:${two(wall.minute)}`, strong: false };
      return { text: `${WEEKDAYS[wall.weekday - 1] ?? ''} ${wall.day} ${month}`, strong: true };
  }
}

/** Px between two labels at least. */
const APART = 12;

/**
 * The ticks of an axis; `measure` tells how wide a text is, in px. The finest level is taken whose labels do not touch.
 */
export function ticks(
  edges: readonly number[],
  step: string,
  clock: WallClock,
  width: number,
  measure: (text: string) => number,
): Tick[] {
  const bars = edges.length - 1;
  if (bars < 1 || width <= 0) return [];
  const walls = edges.slice(0, bars).map((edge) => clock.at(edge));
  const all = walls.map((wall, i) => ({ x: left(i, bars, width), wall, ...label(wall, step) }));
  const fits = (list: readonly Tick[]) =>
    list.every(({ x, text }, i) => {
      const next = list[i + 1];
      return next === undefined || x + measure(text) + APART <= next.x;
    });
  const inside = ({ x, text }: Tick) => x + measure(text) <= width;
  for (const level of LEVELS[step] ?? BY_MINUTE) {
    const list = all.filter((tick) => level(tick.wall) && inside(tick));
    if (list.length > 0 && fits(list))
      return list.map(({ x, text, strong }) => ({ x, text, strong }));
  }
  // No round one among them: the first says at least where it begins.
  return all
    .filter(inside)
    .slice(0, 1)
    .map(({ x, text, strong }) => ({ x, text, strong }));
}

// Moments as the clock on the wall of a zone shows them. Bars are whole hours and days of that clock, and a day in
// spring has 23 of them: nothing here reckons in lengths.

/** What the clock and the calendar say. */
export interface Wall {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 1 is Monday. */
  weekday: number;
}

/** Reads the clock of one zone. */
export class WallClock {
  readonly #parts: Intl.DateTimeFormat;

  /** `zone` is an IANA name that the browser knows. */
  constructor(readonly zone: string) {
    this.#parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** What it shows at a moment. */
  at(moment: number): Wall {
    const got: Record<string, number> = {};
    for (const { type, value } of this.#parts.formatToParts(moment)) got[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = got;
    const weekday = ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) + 1;
    return { year, month, day, hour, minute, weekday };
  }

  /** As the query box writes a moment of a whole minute: by the clock, and where that shows it twice, by its offset too. */
  written(moment: number): string {
    const wall = this.at(moment);
    const text = `${dateOf(wall)}T${two(wall.hour)}:${two(wall.minute)}`;
    const again = [-3_600_000, -1_800_000, 1_800_000, 3_600_000].some((by) => {
      const other = this.at(moment + by);
      return sameMinute(other, wall);
    });
    return again ? `${text}:00${offset(wall, moment)}` : text;
  }

  /** The day of a moment, as the query box writes it. */
  day(moment: number): string {
    return dateOf(this.at(moment));
  }
}

const two = (n: number) => String(n).padStart(2, '0');

function dateOf({ year, month, day }: Wall): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function sameMinute(a: Wall, b: Wall): boolean {
  return a.minute === b.minute && a.hour === b.hour && dateOf(a) === dateOf(b);
}

function offset({ year, month, day, hour, minute }: Wall, moment: number): string {
  const minutes = Math.round((Date.UTC(year, month - 1, day, hour, minute) - moment) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Whether a day begins. */
export function isMidnight({ hour, minute }: Wall): boolean {
  return hour === 0 && minute === 0;
}

// Times, sizes, amounts and counts as a person reads them.

/** Writes times in one time zone. Formatters are dear to make and cheap to use: kept. */
export class Times {
  readonly #day: Intl.DateTimeFormat;
  readonly #year: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  readonly #exact: Intl.DateTimeFormat;
  readonly #key: Intl.DateTimeFormat;
  readonly zone: string;

  /** `zone` is an IANA name; one that the browser does not know reads as UTC. */
  constructor(zone: string) {
    let timeZone = zone;
    try {
      new Intl.DateTimeFormat('en-GB', { timeZone });
    } catch {
      timeZone = 'UTC';
    }
    this.zone = timeZone;
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
    this.#clock = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
    this.#short = make({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
    this.#day = make({ weekday: 'short', day: 'numeric', month: 'short' });
    this.#year = make({ day: 'numeric', month: 'short', year: 'numeric' });
    this.#exact = make({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      timeZoneName: 'short',
    });
    this.#key = make({ year: 'numeric', month: '2-digit', day: '2-digit' });
  }

  /** `14:03:22`. */
  clock(at: number): string {
    return this.#clock.format(at);
  }

  /** `14:03:22` on the day of `now`, else `23 Nov 14:03`. */
  row(at: number, now: number): string {
    return this.dayKey(at) === this.dayKey(now)
      ? this.clock(at)
      : this.#short.format(at).replace(',', '');
  }

  /** `Tue, 24 Nov 2026, 14:03:22.123 CET`. */
  exact(at: number): string {
    return this.#exact.format(at);
  }

  /** `Today`, `Yesterday`, `Tue 24 Nov`, and `24 Nov 2025` in another year. */
  day(at: number, now: number): string {
    const day = this.dayKey(at);
    if (day === this.dayKey(now)) return 'Today';
    if (day === this.dayKey(now - 86_400_000)) return 'Yesterday';
    if (day.slice(-4) !== this.dayKey(now).slice(-4)) return this.#year.format(at);
    return this.#day.format(at).replace(',', '');
  }

  /** The same for all moments of one day. */
  dayKey(at: number): string {
    return this.#key.format(at);
  }
}

/** `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** `512 bytes`, `2.1 KB`, `48 MB`. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

const COUNT = new Intl.NumberFormat('en-GB');

/** `12,345`. */
export function count(n: number): string {
  return COUNT.format(n);
}

/** `1 event`, `12,345 events`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

const WALL = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hourCycle: 'h23',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `Tue, 24 Nov 2026, 07:03:22 UTC−5`: by a clock so many minutes ahead of UTC. */
export function exactThere(at: number, ahead: number): string {
  const minutes = Math.abs(ahead);
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  const sign = ahead < 0 ? '−' : '+';
  const zone = ahead === 0 ? 'UTC' : `UTC${sign}${Math.floor(minutes / 60)}${rest}`;
  return `${WALL.format(at + ahead * 60_000)} ${zone}`;
}

/** Currencies that have no smaller coin, as far as they were asked about. */
const whole = new Map<string, boolean>();

function isWhole(currency: string): boolean {
  const known = whole.get(currency);
  if (known !== undefined) return known;
  let digits: number | undefined = 2;
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits;
  } catch {
    // No code of a currency.
  }
  whole.set(currency, digits === 0);
  return digits === 0;
}

/**
 * A decimal as the platform wrote it, with its thousands set apart and a real minus. Never through a float. Of a currency
 * without a smaller coin (¥) without its zeros.
 */
export function amount(decimal: string, currency: string | null = null): string {
  if (currency !== null && /\.0+$/.test(decimal) && isWhole(currency)) {
    return amount(decimal.replace(/\.0+$/, ''));
  }
  const parts = /^([-+]?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!parts) return decimal;
  const [, sign, whole = '', rest = ''] = parts;
  return `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`;
}

// Values of a body as a person reads them: moments in their zone and language, yes and no, small JSON.

/** Lines of JSON shown at first. */
const LINES = 6;

/** Letters of a text shown at first. */
export const LETTERS = 160;

/** A value of a body in words. */
export interface Told {
  kind: 'none' | 'text' | 'moment' | 'number' | 'yes-no' | 'json';
  text: string;
  /** The beginning of a long one; the whole of it is `text`. */
  short: string | null;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Says moments in one language and time zone. */
export class Moments {
  readonly #language: string;
  readonly #zone: string;

  /** What the browser knows neither as language nor as zone reads as British English and UTC. */
  constructor(language: string, zone: string) {
    this.#language = known((locale) => new Intl.DateTimeFormat(locale), language, 'en-GB');
    this.#zone = known((timeZone) => new Intl.DateTimeFormat('en', { timeZone }), zone, 'UTC');
  }

  /**
   * `25 Nov 2026, 11:00` for a time as the platform writes it; null for anything else. `ahead`: by a clock so many
   * minutes ahead of UTC.
   */
  say(text: string, ahead: number | null = null): string | null {
    const parts = MOMENT.exec(text);
    if (!parts) return null;
    const [, day, clock, seconds, zone] = parts;
    if (clock === undefined) return this.#format(Date.parse(`${day}T00:00:00Z`), 'UTC', {});
    const at = Date.parse(`${day}T${clock}:${seconds ?? '00'}${zone ?? 'Z'}`);
    // Without a zone it is the clock on the wall: told as it stands.
    const wall = zone !== undefined && ahead !== null;
    const there = zone === undefined || wall ? 'UTC' : this.#zone;
    return this.#format(wall ? at + ahead * 60_000 : at, there, {
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds !== undefined && seconds !== '00' ? { second: '2-digit' } : {}),
    });
  }

  #format(at: number, timeZone: string, time: Intl.DateTimeFormatOptions): string | null {
    if (!Number.isFinite(at)) return null;
    return new Intl.DateTimeFormat(this.#language, {
      timeZone,
      hourCycle: 'h23',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...time,
    }).format(at);
  }
}

function known(make: (name: string) => unknown, name: string, otherwise: string): string {
  // The program's own "en" is British: the day before the month.
  if (name === 'en') return 'en-GB';
  try {
    make(name);
    return name;
  } catch {
    return otherwise;
  }
}

/** A value as a person reads it. */
export function told(value: unknown, moments: Moments, ahead: number | null = null): Told {
  if (value === null || value === undefined || value === '') {
    return { kind: 'none', text: 'nothing', short: null };
  }
  if (typeof value === 'boolean')
    return { kind: 'yes-no', text: value ? 'yes' : 'no', short: null };
  if (typeof value === 'number') return { kind: 'number', text: String(value), short: null };
  if (typeof value === 'string') {
    const moment = moments.say(value, ahead);
    if (moment !== null) return { kind: 'moment', text: moment, short: null };
    const letters = Array.from(value);
    const short = letters.length > LETTERS ? `${letters.slice(0, LETTERS).join('')}…` : null;
    return { kind: 'text', text: value, short };
  }
  const text = JSON.stringify(value, null, 1) ?? '';
  const lines = text.split('\n');
  return {
    kind: 'json',
    text,
    short: lines.length > LINES ? [...lines.slice(0, LINES), '…'].join('\n') : null,
  };
}

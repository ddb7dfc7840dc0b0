// What the clock on a wall of some zone says, as a moment.

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = FORMATS.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    FORMATS.set(zone, format);
  }
  return format;
}

/** `2026-11-24T14:03` on the wall of a zone at a moment. */
export function wallOf(at: number, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const year = part('year').padStart(4, '0');
  return `${year}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The moment, ms since 1970, when the wall says `2026-11-24T14:03`; null if that is no time. Of an hour that comes
 * twice it is the first, of one that a zone leaves out the moment after it.
 */
export function momentOf(wall: string, zone: string): number | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (!Number.isFinite(asUtc)) return null;
  const aheadAt = (at: number) =>
    Date.parse(`${wallOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  // A day before and after, so that a change of the clock between is seen.
  const [before, after] = [aheadAt(asUtc - 86_400_000), aheadAt(asUtc + 86_400_000)];
  const first = asUtc - Math.max(before, after);
  if (aheadAt(first) === Math.max(before, after)) return first;
  return asUtc - Math.min(before, after);
}

// What this screen remembers from one day to the next. Nothing of what was received is among it.

const PREFIX = 'nexwatch.';

/** A remembered value; `fallback` where there is none, or it is of another shape. */
export function recall<T>(name: string, fallback: T, fits: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (text === null) return fallback;
    const value: unknown = JSON.parse(text);
    return fits(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** Remembers a value; where the browser forbids it, until this page closes at least. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Full or forbidden: the value still holds for this page.
  }
}

/** For `recall`. */
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** For `recall`. */
export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

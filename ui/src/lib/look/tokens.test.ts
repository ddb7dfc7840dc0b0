import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['ground', 'ground-side', 'ground-raised', 'ground-hover', 'ground-chosen'];
const TEXTS = ['text', 'text-2', 'text-3', 'accent', 'ok', 'warn', 'bad'];
const PAIRS: [string, string][] = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text): [string, string] => [text, ground])),
  ['on-accent', 'accent'],
  ['text', 'ground-field'],
  ['text-3', 'ground-field'],
  ['ok', 'ok-ground'],
  ['warn', 'warn-ground'],
  ['bad', 'bad-ground'],
  ['text', 'bad-ground'],
  ['text', 'warn-ground'],
  ['accent', 'accent-ground'],
  ['text', 'mark-ground'],
  ['text-2', 'mark-ground'],
  ['text-3', 'mark-ground'],
  ['accent', 'mark-ground'],
];

describe.each([
  ['light', colours(light)],
  ['dark', { ...colours(light), ...colours(dark) }],
])('%s', (_, palette) => {
  it.each(PAIRS)('%s on %s can be read (AA)', (text, ground) => {
    expect(
      contrast(palette[text] ?? '#000000', palette[ground] ?? '#000000'),
    ).toBeGreaterThanOrEqual(4.5);
  });

  const marks = Object.keys(palette).filter((name) => name.startsWith('hue-'));
  it.each(marks.flatMap((mark) => GROUNDS.map((ground) => [mark, ground])))(
    '%s on %s can be made out',
    (mark = '', ground = '') => {
      expect(contrast(palette[mark] ?? '', palette[ground] ?? '')).toBeGreaterThanOrEqual(3);
    },
  );

  it('a field can be told from its ground', () => {
    expect(contrast(palette['line-strong'] ?? '', palette['ground'] ?? '')).toBeGreaterThanOrEqual(
      3,
    );
  });
});

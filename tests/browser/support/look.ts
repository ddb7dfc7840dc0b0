// How the page looks, as far as that can be measured: what overlaps, what sticks out, what cannot be read.

import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';

/** Which children of a bar overlap one another or stick out of it, in words; none if all is well. */
export async function collisions(bar: Locator): Promise<string[]> {
  return bar.evaluate((bar) => {
    const name = (part: Element) =>
      (part as HTMLElement).dataset.testid ?? (part.className.toString() || part.tagName);
    const parts = [...bar.children].filter((part) => {
      const { width, height } = part.getBoundingClientRect();
      return width > 0 && height > 0;
    });
    const frame = bar.getBoundingClientRect();
    const found: string[] = [];
    for (const [i, part] of parts.entries()) {
      const a = part.getBoundingClientRect();
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.push(`${name(part)} is out`);
      if (a.top < frame.top - 1 || a.bottom > frame.bottom + 1) found.push(`${name(part)} is out`);
      for (const other of parts.slice(i + 1)) {
        const b = other.getBoundingClientRect();
        const apart =
          a.right <= b.left + 0.5 ||
          b.right <= a.left + 0.5 ||
          a.bottom <= b.top + 0.5 ||
          b.bottom <= a.top + 0.5;
        if (!apart) found.push(`${name(part)} lies on ${name(other)}`);
      }
    }
    return found;
  });
}

/** Buttons whose words do not fit into them. */
export async function cutWords(part: Locator): Promise<string[]> {
  return part.evaluate((part) =>
    [...part.querySelectorAll<HTMLElement>('button')]
      .filter((button) => button.scrollWidth > button.clientWidth + 1)
      .map((button) => button.innerText),
  );
}

/** Violations of accessibility rules that keep somebody out, one a line; none if all is well. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, all }) => {
          const why = [...any, ...all].map(({ message }) => message).join('; ');
          return `${id}: ${target.join(' ')} (${why})`;
        }),
      );
  });
}

// How the part of a category is filled. There are more categories than colours that all eyes tell apart: those of one
// colour differ by their pattern.

import { lookOf } from '../look/categories';

/** A colour and what is drawn into it. */
export interface Fill {
  hue: string;
  pattern: 'plain' | 'stripes' | 'dots';
}

const STRIPES: ReadonlySet<string> = new Set([
  'help-desk',
  'messages',
  'events',
  'community',
  'teams',
  'proposals',
  'inventory',
]);
const DOTS: ReadonlySet<string> = new Set(['location', 'content']);

/** The fill of a category by its slug. */
export function fillOf(slug: string): Fill {
  const pattern = STRIPES.has(slug) ? 'stripes' : DOTS.has(slug) ? 'dots' : 'plain';
  return { hue: lookOf(slug).hue, pattern };
}

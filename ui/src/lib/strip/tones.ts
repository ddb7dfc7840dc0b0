// When a part of the strip is calm, and when it calls.

import type { Status } from '../backend';
import type { Tone } from './StripPart.svelte';

/** Less free than this is worth a word: an operator's night of events is far smaller. */
const LITTLE = 1_000_000_000;

export function listenerTone(listener: Status['listener']): Tone {
  if (!listener.up) return 'bad';
  return listener.trouble ? 'warn' : 'good';
}

export function dataTone(database: Status['database']): Tone {
  if (!database.writable) return 'bad';
  if (database.trouble || (database.free !== null && database.free < LITTLE)) return 'warn';
  return 'good';
}

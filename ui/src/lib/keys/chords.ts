// Two keys in a row. The first means something by itself too: that is done when no second one follows.

import { actionFor, keyOf, type Action } from './keys';

/** How long the second key is waited for, in ms. */
const WAIT = 700;

/** Keys that only change what others mean. */
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** Turns key presses into actions. */
export class Chords {
  #first: { key: string; alone: Action } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A key was pressed: does what it means. Whether it means anything here. */
  press(actions: readonly Action[], event: KeyboardEvent): boolean {
    if (MODIFIERS.has(event.key)) return false;
    const first = this.#first;
    this.forget();
    if (first) {
      const both = actionFor(actions, event, `${first.key} ${keyOf(event)}`);
      if (both) {
        both.run();
        return true;
      }
      // Another key: what the first one meant comes before it.
      first.alone.run();
    }
    const key = keyOf(event);
    const alone = actionFor(actions, event);
    if (!alone) return false;
    if (actions.some(({ keys }) => keys.some((one) => one.startsWith(`${key} `)))) {
      this.#first = { key, alone };
      this.#timer = setTimeout(() => {
        this.forget();
        alone.run();
      }, WAIT);
      return true;
    }
    alone.run();
    return true;
  }

  /** What was begun is not meant any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#first = null;
  }
}

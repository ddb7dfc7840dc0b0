// How long the screen takes to draw what changed.

import { tick } from 'svelte';

/** Tells, when it has been drawn, how many ms the change just made cost: its update and its frame. */
export function measureDrawing(told: (ms: number) => void): void {
  const begun = performance.now();
  void tick().then(() => {
    const updated = performance.now() - begun;
    requestAnimationFrame(() => {
      const frame = performance.now();
      // A task of its own comes after the frame is laid out and painted.
      setTimeout(() => told(updated + performance.now() - frame));
    });
  });
}

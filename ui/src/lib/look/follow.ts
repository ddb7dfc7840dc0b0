// A pointer that was pressed and is dragged.

/** Follows it until it is let go. `done` is told whether it was thought better of (Escape, or taken away). */
export function followPointer(
  event: PointerEvent,
  moved: (now: PointerEvent) => void,
  done: (dropped: boolean) => void,
): void {
  const { pointerId } = event;
  const move = (now: PointerEvent) => {
    if (now.pointerId === pointerId) moved(now);
  };
  const stop = (dropped: boolean) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', up);
    window.removeEventListener('keydown', key, true);
    done(dropped);
  };
  const up = (now: PointerEvent) => {
    if (now.pointerId === pointerId) stop(now.type === 'pointerup');
  };
  const key = (now: KeyboardEvent) => {
    if (now.key !== 'Escape') return;
    now.preventDefault();
    now.stopPropagation();
    stop(false);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', up);
  window.addEventListener('keydown', key, true);
}

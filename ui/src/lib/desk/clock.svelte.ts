// The time as the program has it: a screen elsewhere may run on another clock.

const STEP = 1000;

/** Keeps `now` fresh. */
export class Clock {
  /** Ms since 1970, renewed each second. */
  now = $state(Date.now());
  #ahead = 0;

  /** Takes over the program's clock. */
  set(now: number): void {
    this.#ahead = now - Date.now();
    this.now = now;
  }

  /** Starts ticking; stops when the function that comes back is called. */
  start(): () => void {
    const timer = setInterval(() => {
      this.now = Date.now() + this.#ahead;
    }, STEP);
    return () => clearInterval(timer);
  }
}

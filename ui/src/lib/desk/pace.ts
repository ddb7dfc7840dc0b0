// Keeps a thing that is wanted often from being done too often.

/**
 * Runs a task when it is wanted: never twice at a time, never again sooner than `gap` ms after the last start, and
 * once more if it was wanted while it ran. What is wanted meanwhile is one run.
 */
export class Pace {
  readonly #task: () => Promise<void>;
  /** May be changed at any time; holds from the next start on. */
  gap: number;
  #running = false;
  #wanted = false;
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `task` looks after its own errors. */
  constructor(gap: number, task: () => Promise<void>) {
    this.gap = gap;
    this.#task = task;
  }

  /** Runs the task as soon as the pace allows. */
  want(): void {
    this.#wanted = true;
    if (this.#running || this.#timer !== undefined) return;
    const wait = this.#last + this.gap - performance.now();
    if (wait <= 0) void this.#run();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.#run();
      }, wait);
    }
  }

  /** Runs the task at once, whatever the pace (but not twice at a time). */
  now(): void {
    this.stop();
    this.#last = -Infinity;
    this.want();
  }

  /** Forgets what is wanted. A run under way ends by itself. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#wanted = false;
    this.#last = performance.now();
    try {
      await this.#task();
    } finally {
      this.#running = false;
    }
    if (this.#wanted) this.want();
  }
}

// Looks after a job of the program whose news may have been missed: a screen that waits for its end waits for ever otherwise.

import type { Backend } from '../backend';

/** A job that is not heard of for so long is asked after, in ms. */
const QUIET = 5000;

/** Asks how a job stands, as often as nothing is heard of it; the answer comes as news. */
export class JobWatch {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;
  /** The number of the job while it runs. */
  readonly #job: () => number | null;

  constructor(backend: Backend, job: () => number | null) {
    this.#backend = backend;
    this.#job = job;
  }

  /** Something was heard of it, or it has begun. */
  heard(): void {
    clearTimeout(this.#timer);
    if (this.#job() === null) return;
    this.#timer = setTimeout(() => this.ask(), QUIET);
  }

  /** Asks now. */
  ask(): void {
    const job = this.#job();
    if (job === null) return;
    this.heard();
    // Where nobody answers it is asked again.
    this.#backend.ask({ ask: 'export-state', job }).catch(() => undefined);
  }
}

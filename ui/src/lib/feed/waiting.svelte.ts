// An answer is awaited.

/** So long nobody is told, in ms: most answers are there sooner. */
const SLOW = 150;

/** Whether it takes so long that a person should be told, and when it is over. */
export class Waiting {
  long = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over: Promise<void> = Promise.resolve();
  #resolve: (() => void) | undefined;

  /** Done as soon as nothing is awaited; another question asked meanwhile is awaited too. */
  get over(): Promise<void> {
    return this.#over;
  }

  /** A question was asked. */
  begin(): void {
    if (!this.#resolve) this.#over = new Promise((resolve) => (this.#resolve = resolve));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.long = true;
    }, SLOW);
  }

  /** It was answered, or never will be. */
  end(): void {
    clearTimeout(this.#timer);
    this.long = false;
    this.#resolve?.();
    this.#resolve = undefined;
  }
}

// An answer is awaited.

/** So long nobody is told, in ms: most answers are there sooner. */
const SLOW = 150;

/** Whether it takes so long that a person should be told. */
export class Waiting {
  long = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A question was asked. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.long = true;
    }, SLOW);
  }

  /** It was answered, or never will be. */
  end(): void {
    clearTimeout(this.#timer);
    this.long = false;
  }
}

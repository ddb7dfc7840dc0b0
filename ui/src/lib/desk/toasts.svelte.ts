// Short words about what was just done.

/** One of them. */
export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'error';
}

const SHOWN_FOR = 3500;

/** The words on the screen, oldest first. */
export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  /** Says something for a few seconds. */
  say(text: string, kind: Toast['kind'] = 'done'): void {
    const toast = { id: this.#next++, text, kind };
    this.list = [...this.list.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), kind === 'error' ? SHOWN_FOR * 2 : SHOWN_FOR);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

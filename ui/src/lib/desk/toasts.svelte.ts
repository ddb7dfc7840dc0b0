// Short words about what was just done.

/** One of them. */
export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'error';
  /** What can be done about it. */
  offer: { title: string; run: () => void } | null;
}

const SHOWN_FOR = 3500;

/** The words on the screen, oldest first. */
export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  /** Says something for a few seconds. */
  say(text: string, kind: Toast['kind'] = 'done', offer: Toast['offer'] = null): void {
    const toast = { id: this.#next++, text, kind, offer };
    this.list = [...this.list.slice(-2), toast];
    const longer = kind === 'error' || offer !== null;
    setTimeout(() => this.drop(toast.id), longer ? SHOWN_FOR * 2 : SHOWN_FOR);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

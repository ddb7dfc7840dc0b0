// What jsdom lacks and every browser has.

import { beforeEach } from 'vitest';

if (!('ResizeObserver' in globalThis)) {
  class NoResize implements ResizeObserver {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  globalThis.ResizeObserver = NoResize;
}

Element.prototype.scrollIntoView ??= () => {};

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

// Every test begins at the plain address, without a way back.
beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/');
});

// Copying a text.

/** The old way, where the new one is not to be had (a web view may forbid it). */
function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'unseen';
  // What lies outside an open dialog cannot be selected.
  const place = document.querySelector('dialog[open]') ?? document.body;
  const focused = document.activeElement;
  place.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/** Puts a text on the clipboard. Whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    try {
      return copySelected(text);
    } catch {
      return false;
    }
  }
}

/**
 * Puts a text on the clipboard that is still to come. Some web views let a page write there only at a person's own
 * press of a key: they are given the promise at once. Whether it is there; rejects when the text does not come.
 */
export async function copyLater(text: Promise<string>): Promise<boolean> {
  if (typeof ClipboardItem === 'function' && typeof navigator.clipboard?.write === 'function') {
    try {
      const blob = text.then((plain) => new Blob([plain], { type: 'text/plain' }));
      // Whoever asked hears of a failure by the text itself.
      blob.catch(() => {});
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
      return true;
    } catch {
      // Then the other way, once the text is there.
    }
  }
  return copyText(await text);
}

// What a person enters of the account, and looks for among its actions.

import type { ActionInfo } from '../backend';

/** What is wrong with a base address; null if nothing. A person's password goes only over TLS, or nowhere. */
export function baseTrouble(base: string): string | null {
  let url: URL;
  try {
    url = new URL(base.trim());
  } catch {
    return 'Write the whole address, e.g. https://spaces.nexudus.com';
  }
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && here)) return null;
  return 'It must begin with https:// so that nobody on the way can read the password.';
}

/** Actions that have all the words of a search in number, name, label or category. */
export function foundActions(actions: readonly ActionInfo[], text: string): ActionInfo[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter(({ number, name, label, category }) => {
    const hay = `${number} ${name} ${label} ${category}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

// From a key press to an action.

/** A key as it is written in the list of actions: `j`, `Enter`, `?`, `Ctrl+k`, `Shift+ArrowDown`; two in a row: `g d`. */
export type Key = string;

/** What a person can do: menu, palette, help sheet and keys all read one list of these. */
export interface Action {
  id: string;
  title: string;
  group: 'List' | 'Event' | 'Filter' | 'Window';
  /** The first is the one that is shown. */
  keys: readonly Key[];
  /** Whether it can be done now; always, where it is left out. */
  can?: () => boolean;
  run: () => void;
  /** Also while a person types in a field. */
  whileTyping?: boolean;
}

/** The name of the key that was pressed, as the list writes it. */
export function keyOf(event: KeyboardEvent): Key {
  const command = event.ctrlKey || event.metaKey;
  if (command) return `Ctrl+${event.key.toLowerCase()}`;
  if (event.altKey) return `Alt+${event.key}`;
  // A letter with Shift is another letter.
  if (event.shiftKey && event.key.length > 1) return `Shift+${event.key}`;
  return event.key;
}

/** Whether keys typed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  );
}

/** Keys that a focused button, link or box uses itself. */
const OWN_KEYS = new Set(['Enter', ' ']);

function usesItself(target: EventTarget | null, key: Key): boolean {
  // Of several to choose from, the arrows choose.
  if (target instanceof HTMLInputElement && target.type === 'radio' && key.startsWith('Arrow')) {
    return true;
  }
  return (
    OWN_KEYS.has(key) &&
    target instanceof HTMLElement &&
    target.closest('button, a, input, select, summary, [role="treeitem"]') !== null
  );
}

/** The action of a key press, if there is one that can be done now. */
export function actionFor(
  actions: readonly Action[],
  event: KeyboardEvent,
  key: Key = keyOf(event),
): Action | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const typing = isTyping(event.target);
  if (usesItself(event.target, keyOf(event))) return undefined;
  return actions.find(
    (action) =>
      action.keys.includes(key) &&
      (!typing || action.whileTyping === true) &&
      (action.can?.() ?? true),
  );
}

const SHOWN: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  ' ': 'Space',
};

/** A key as a person reads it. */
export function keyTitle(key: Key): string {
  return key
    .split(/(?<=.)\+(?=.)/)
    .map((part) => SHOWN[part] ?? (part.length === 1 && key !== part ? part.toUpperCase() : part))
    .join(' + ');
}

/** Actions whose title or group has all the words of a search, in the list's order. */
export function searched(actions: readonly Action[], text: string): Action[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter((action) => {
    const hay = `${action.title} ${action.group}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

// A person before the whole window: what they press, what they see. The program behind it is the fake one.

import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { FakeBackend, type Scene } from '../lib/backend/fake';
import Window from '../lib/desk/Window.svelte';

/** Midday in UTC. */
export const NOW = Date.UTC(2026, 10, 24, 12);

/** Time passes. */
export const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

/** Fake clocks and an empty memory, for every test of a file. */
export function sitDown(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    localStorage.clear();
    // jsdom lays nothing out.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(640);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
}

/** Opens the window. The clock goes on. */
export async function open(scene: Partial<Scene> = {}): Promise<FakeBackend> {
  const backend = new FakeBackend({ events: 0, now: () => Date.now(), ...scene });
  render(Window, { backend });
  await pass();
  return backend;
}

/** What bears a name. */
export const see = (testid: string) => screen.getByTestId(testid);

/** What bears it, or nothing. */
export const maybe = (testid: string) => screen.queryByTestId(testid);

/** What is written there, with single spaces. */
export const words = (testid: string) => see(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** Clicks. */
export async function click(testid: string): Promise<void> {
  await fireEvent.click(see(testid));
  await pass();
}

/** Fills in a field. */
export async function fill(testid: string, value: string): Promise<void> {
  await fireEvent.input(see(testid), { target: { value } });
  await pass(0);
}

/** Chooses from a list. */
export async function choose(testid: string, value: string): Promise<void> {
  await fireEvent.change(see(testid), { target: { value } });
  await pass();
}

const FOCUSABLE = 'button, input, select, textarea, a[href], summary, [tabindex]';

/** What Tab stops at, in its order, as a browser has it. */
function stops(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => {
    if (one.tabIndex < 0 || (one as HTMLButtonElement).disabled) return false;
    if (one.closest('details:not([open])') && one.tagName !== 'SUMMARY') return false;
    if (one instanceof HTMLInputElement && one.type === 'radio') {
      const group = document.querySelectorAll<HTMLInputElement>(`input[name="${one.name}"]`);
      const chosen = [...group].find((radio) => radio.checked);
      return chosen ? one === chosen : one === group[0];
    }
    return true;
  });
}

/** Presses Tab until the focus is on what bears a name. */
export async function tabTo(testid: string): Promise<void> {
  const all = stops();
  const goal = see(testid);
  const at = document.activeElement as HTMLElement;
  // From something that Tab does not stop at, the way goes on from its place in the page.
  let from = all.indexOf(at);
  if (from < 0) {
    const later = (one: HTMLElement) =>
      (at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    from = all.findIndex(later) - 1;
  }
  for (let i = 1; i <= all.length; i++) {
    const next = all[(from + i) % all.length];
    next?.focus();
    if (next === goal) return;
  }
  throw new Error(`Tab never comes to ${testid}`);
}

/** Presses a key where the focus is, and does what a browser does with it there. */
export async function press(key: string, init: KeyboardEventInit = {}): Promise<void> {
  const at = document.activeElement ?? document.body;
  const goesOn = await fireEvent.keyDown(at, { key, ...init });
  if (goesOn && at instanceof HTMLElement) await browserDoes(key, at);
  await pass();
}

async function browserDoes(key: string, at: HTMLElement): Promise<void> {
  if (at instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) {
    await fireEvent.click(at);
  } else if (at instanceof HTMLInputElement && key === 'Enter') {
    at.form?.requestSubmit();
  } else if (at instanceof HTMLInputElement && at.type === 'radio' && key.startsWith('Arrow')) {
    const group = [...document.querySelectorAll<HTMLInputElement>(`input[name="${at.name}"]`)];
    const by = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
    const next = group[(group.indexOf(at) + by + group.length) % group.length];
    next?.focus();
    if (next) await fireEvent.click(next);
  }
}

/** Types into the field that has the focus. */
export async function type(text: string): Promise<void> {
  const at = document.activeElement;
  if (!(at instanceof HTMLInputElement)) throw new Error('the focus is on no field');
  await fireEvent.input(at, { target: { value: text } });
  await pass(0);
}

/** Everything in the page: text, attributes, values of fields, and what the browser remembers. */
export function everything(): string {
  const values = [...document.querySelectorAll('input, select')].map(
    (field) => (field as HTMLInputElement).value,
  );
  return [document.documentElement.outerHTML, location.href, ...values, ...remembered()].join('\n');
}

/** What the browser keeps. */
export function remembered(): string[] {
  return [localStorage, sessionStorage].flatMap((store) =>
    Array.from({ length: store.length }, (_, i) => store.getItem(store.key(i) ?? '') ?? ''),
  );
}

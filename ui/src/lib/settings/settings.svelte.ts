// What a person may set, beside secrets and the way to be reachable.

import {
  refusalOf,
  troubleOf,
  type Backend,
  type ChangeableSettings,
  type GuideState,
  type Question,
  type SettingsView,
  type Trouble,
} from '../backend';

/** Parts of the settings, in their order. */
export const TABS = [
  'reach',
  'secrets',
  'addresses',
  'listener',
  'language',
  'account',
  'guide',
] as const;

/** A part of the settings. */
export type Tab = (typeof TABS)[number];

type Changing = Extract<
  Question,
  { ask: 'set-settings' | 'replace-hook-key' | 'end-old-hook-key' | 'set-guide' | 'set-account' }
>;

type Numbers = {
  [Name in keyof ChangeableSettings]: ChangeableSettings[Name] extends number ? Name : never;
}[keyof ChangeableSettings];

/** A number that may be set, with its bounds. */
export interface Bounds {
  name: Numbers;
  least: number;
  most: number;
  /** This one too. */
  also?: number;
}

/** As the program has them. */
export const BOUNDS: readonly Bounds[] = [
  { name: 'listenPort', least: 1024, most: 65_535, also: 0 },
  { name: 'bodyKib', least: 1, most: 65_536 },
  { name: 'slowSeconds', least: 1, most: 300 },
  { name: 'connections', least: 1, most: 10_000 },
  { name: 'quarantineCount', least: 1, most: 1_000_000 },
  { name: 'retryWindowHours', least: 1, most: 720 },
];

/** Names of the numbers that lie outside their bounds (or are none: an empty field). */
export function outside(settings: ChangeableSettings): Bounds['name'][] {
  return BOUNDS.filter(({ name, least, most, also }) => {
    const value: unknown = settings[name];
    if (value === also) return false;
    return !(Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
  }).map(({ name }) => name);
}

/** The settings as the program has them, and what a person changes of them. */
export class Settings {
  tab = $state<Tab>('reach');
  view = $state.raw<SettingsView | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** What a person is entering; null until the program's own are known. */
  draft = $state<ChangeableSettings | null>(null);
  saving = $state(false);
  refused = $state.raw<Trouble | null>(null);
  /** Just saved: said until the next change. */
  saved = $state(false);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks. */
  async load(): Promise<SettingsView | null> {
    try {
      const view = await this.#backend.ask({ ask: 'settings' });
      this.#take(view, !this.changed);
      this.trouble = null;
      return view;
    } catch (error) {
      this.trouble = troubleOf(error);
      return null;
    }
  }

  /** Whether what is entered differs from what the program has. */
  get changed(): boolean {
    const { view, draft } = this;
    if (!view || !draft) return false;
    const names = Object.keys(view.settings) as (keyof ChangeableSettings)[];
    // Lists are the same if they hold the same.
    const told = (value: unknown) => JSON.stringify(value);
    return names.some((name) => told(view.settings[name]) !== told(draft[name]));
  }

  /** Back to what the program has. */
  revert(): void {
    this.draft = this.view ? structuredClone(this.view.settings) : null;
    this.refused = null;
  }

  /** Sends what was entered. Whether the program took it. */
  async save(): Promise<boolean> {
    if (!this.draft || outside(this.draft).length > 0) return false;
    return this.#change({ ask: 'set-settings', settings: $state.snapshot(this.draft) }, true);
  }

  /** A new hook key; the one before is taken for so many hours more. */
  replaceKey(keepHours: number): Promise<boolean> {
    return this.#change({ ask: 'replace-hook-key', keepHours }, false);
  }

  /** The hook key before is refused from now on. */
  endOldKey(): Promise<boolean> {
    return this.#change({ ask: 'end-old-hook-key' }, false);
  }

  /** Keeps the account; a password that is null stays as it is. Whether the program took it. */
  setAccount(base: string, email: string, password: string | null): Promise<boolean> {
    return this.#change({ ask: 'set-account', base, email, password }, false);
  }

  /** Remembers where the guide was left; a failure costs no more than that. */
  async setGuide(guide: GuideState): Promise<void> {
    if (this.view) this.view = { ...this.view, guide };
    try {
      const view = await this.#backend.ask({ ask: 'set-guide', guide });
      this.#take(view, !this.changed);
    } catch {
      // The next start begins at the step before.
    }
  }

  async #change(question: Changing, whole: boolean): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    this.refused = null;
    this.saved = false;
    try {
      this.#take(await this.#backend.ask(question), whole || !this.changed);
      this.saved = whole;
      return true;
    } catch (error) {
      this.refused = refusalOf(error);
      return false;
    } finally {
      this.saving = false;
    }
  }

  #take(view: SettingsView, draftToo: boolean): void {
    this.view = view;
    if (draftToo || !this.draft) this.draft = structuredClone(view.settings);
  }
}

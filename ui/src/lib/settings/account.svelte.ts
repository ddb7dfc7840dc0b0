// The Nexudus account, and the actions that it knows.

import { troubleOf, type Actions, type Backend, type Trouble } from '../backend';
import type { Settings } from './settings.svelte';

/** The account as the program has it, and what a person enters. */
export class Account {
  base = $state('');
  email = $state('');
  password = $state('');
  /** What a person entered was kept. */
  saved = $state(false);
  actions = $state.raw<Actions | null>(null);
  /** The account is being asked. */
  asking = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  readonly #backend: Backend;
  readonly #settings: Settings;

  constructor(backend: Backend, settings: Settings) {
    this.#backend = backend;
    this.#settings = settings;
  }

  get #kept() {
    return this.#settings.view?.account ?? null;
  }

  /** Whether what is entered differs from what is kept. */
  get changed(): boolean {
    const kept = this.#kept;
    return (
      kept !== null &&
      (this.base !== kept.base || this.email !== kept.email || this.password !== '')
    );
  }

  /** Back to what is kept; a password that was typed is forgotten. */
  revert(): void {
    this.base = this.#kept?.base ?? '';
    this.email = this.#kept?.email ?? '';
    this.password = '';
  }

  /** Forgets what was entered, and that it was kept. */
  forget(): void {
    this.base = '';
    this.email = '';
    this.password = '';
    this.saved = false;
  }

  /** Keeps what was entered. */
  async save(): Promise<void> {
    this.saved = false;
    const password = this.password === '' ? null : this.password;
    const kept = await this.#settings.setAccount(this.base.trim(), this.email.trim(), password);
    if (!kept) return;
    this.revert();
    this.saved = true;
  }

  /** Asks the program for the actions that it knows of. */
  async load(): Promise<void> {
    try {
      this.actions = await this.#backend.ask({ ask: 'actions' });
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  /** Has the account asked which actions it knows. */
  async refresh(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.trouble = null;
    try {
      this.actions = await this.#backend.ask({ ask: 'refresh-actions' });
    } catch (error) {
      this.trouble = troubleOf(error);
    } finally {
      this.asking = false;
    }
  }
}

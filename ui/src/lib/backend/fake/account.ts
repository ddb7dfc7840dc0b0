// The Nexudus account of the fake program, and the actions that it knows.

import { AskError } from '../door';
import type { AccountView } from '../types/AccountView';
import type { Actions } from '../types/Actions';
import type { ActionInfo } from '../types/ActionInfo';
import { makeRow } from './rows';

/** What an account says that was asked just now. */
export type AccountScene = 'well' | 'refused' | 'silent' | 'busy';

const TROUBLE: Record<Exclude<AccountScene, 'well'>, string> = {
  refused: 'The account refuses this e-mail and password (401).',
  silent: 'spaces.nexudus.com did not answer within 15 s.',
  busy: 'The account asks to wait: try again in 40 s.',
};

const NEW: readonly (readonly [number, string, string, string])[] = [
  [112, 'LockerAssigned', 'Locker assigned', 'inventory'],
  [113, 'ParkingSpaceReleased', 'Parking space released', 'other'],
];

const BASE = 'https://spaces.nexudus.com/api';

/** The account. */
export class FakeAccount {
  scene: AccountScene = 'well';
  base = BASE;
  email = '';
  password: string | null = null;
  #learntAt: number | null = null;
  #new: ActionInfo[] = [];

  get view(): AccountView {
    return {
      base: this.base,
      email: this.email,
      hasPassword: this.password !== null,
      keptIn: this.password === null ? null : 'keychain',
    };
  }

  get actions(): Actions {
    const known = Array.from({ length: 200 }, (_, i) => makeRow(i + 1, 0)).map(
      (row): [string, ActionInfo] => [
        row.action,
        {
          number: 0,
          name: row.action,
          label: row.actionLabel,
          category: row.category,
          documented: true,
          learntAt: null,
        },
      ],
    );
    const actions = [...new Map(known).values()].map((action, i) => ({
      ...action,
      number: 2 + i * 3,
    }));
    return {
      actions: [...actions, ...this.#new],
      learntAt: this.#learntAt,
      source: this.#learntAt === null ? null : this.base,
    };
  }

  set(base: string, email: string, password: string | null): void {
    if (base !== '' && !/^https?:\/\/[^/\s]+/.test(base)) {
      throw new AskError('bad-question', 'The base address must begin with https://', 'base');
    }
    // A password belongs to one address and e-mail.
    if (password !== null || base !== this.base || email !== this.email) this.password = password;
    this.base = base === '' ? BASE : base;
    this.email = email;
  }

  refresh(now: number): void {
    if (this.email === '' || this.password === null) {
      throw new AskError('bad-question', 'Fill in the account’s e-mail and password first.');
    }
    if (this.scene !== 'well') throw new AskError('outside', TROUBLE[this.scene]);
    this.#learntAt = now;
    this.#new = NEW.map(([number, name, label, category]) => ({
      number,
      name,
      label,
      category,
      documented: false,
      learntAt: now,
    }));
  }
}

// The one table from an error's code to what a person is told and can do. The English text of an error is never
// looked at, only shown.

import { asAskError, type TroubleCode } from './door';

/** What a person can do about a trouble. */
export type Remedy = 'again' | 'reload' | 'doctor' | 'none';

/** A trouble as it is shown. */
export interface Trouble {
  code: TroubleCode;
  severity: 'error' | 'warning' | 'quiet';
  /** What is wrong, in one sentence. */
  sentence: string;
  /** What can be done, in one sentence; empty when nothing is to be done. */
  advice: string;
  remedy: Remedy;
  /** The program's own sentence and cause. */
  more: string;
}

type Entry = Omit<Trouble, 'code' | 'more'>;

const TABLE: Record<TroubleCode, Entry> = {
  'bad-question': {
    severity: 'warning',
    sentence: 'This filter cannot be used.',
    advice: 'Correct it, or clear it with c.',
    remedy: 'none',
  },
  'not-found': {
    severity: 'warning',
    sentence: 'This is not in the database any more.',
    advice: '',
    remedy: 'none',
  },
  'store-unreadable': {
    severity: 'error',
    sentence: 'The database cannot be read.',
    advice: 'Try again; if it stays so, run “nexwatch doctor”.',
    remedy: 'again',
  },
  'store-unwritable': {
    severity: 'error',
    sentence: 'The database cannot be written, so deliveries are being refused.',
    advice: 'Make room on the disk, or see whether another program holds the file.',
    remedy: 'again',
  },
  'file-unwritable': {
    severity: 'error',
    sentence: 'The file cannot be written.',
    advice: 'Choose another folder, or make room on the disk.',
    remedy: 'none',
  },
  'secrets-unavailable': {
    severity: 'error',
    sentence: 'The secret could not be kept: keychain and file both refuse.',
    advice: 'Unlock the keychain, or see who may write in the data folder.',
    remedy: 'again',
  },
  'listener-down': {
    severity: 'error',
    sentence: 'The listener does not accept deliveries.',
    advice: 'Another program may use its port: run “nexwatch doctor”.',
    remedy: 'again',
  },
  'not-here': {
    severity: 'warning',
    sentence: 'This can only be done in the program’s own window.',
    advice: '',
    remedy: 'none',
  },
  'not-allowed': {
    severity: 'error',
    sentence: 'This page is not allowed to ask any more.',
    advice: 'Open the address that the program printed when it started.',
    remedy: 'none',
  },
  confirm: {
    severity: 'warning',
    sentence: 'This is done only once you have said yes.',
    advice: '',
    remedy: 'none',
  },
  outside: {
    severity: 'warning',
    sentence: 'The other side did not answer as it should.',
    advice: '',
    remedy: 'again',
  },
  cancelled: { severity: 'quiet', sentence: 'Stopped.', advice: '', remedy: 'none' },
  internal: {
    severity: 'error',
    sentence: 'Something went wrong inside Nexwatch.',
    advice: 'Nothing that was received is lost. Try again, or reload this page.',
    remedy: 'reload',
  },
  offline: {
    severity: 'error',
    sentence: 'Nexwatch cannot be reached.',
    advice: 'What is shown is what was known. This page tries again by itself.',
    remedy: 'again',
  },
};

/** What to show for whatever a question was rejected with. */
export function troubleOf(error: unknown): Trouble {
  const { code, message, detail } = asAskError(error);
  const entry = TABLE[code];
  const more = [message, detail].filter((text) => text && text !== entry.sentence).join(' ');
  return { code, ...entry, more };
}

/**
 * The same for what a person filled in: there the program's own sentence says what would be right, and stands first.
 */
export function refusalOf(error: unknown): Trouble {
  const trouble = troubleOf(error);
  if (trouble.code !== 'bad-question') return trouble;
  const { message, detail } = asAskError(error);
  return { ...trouble, sentence: message, advice: '', more: detail ?? '' };
}

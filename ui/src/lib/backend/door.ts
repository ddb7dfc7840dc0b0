// What every way to the program offers. Nothing else in the UI knows how a question travels.

import type { Answer } from './types/Answer';
import type { DeskError } from './types/DeskError';
import type { ErrorCode } from './types/ErrorCode';
import type { News } from './types/News';
import type { Question } from './types/Question';

/** A question's name. */
export type Ask = Question['ask'];

/** Questions whose answer bears another name than they do. */
interface OtherName {
  'export-choose': 'export-plan';
  'export-cancel': 'done';
  'export-state': 'done';
  'export-reveal': 'done';
  'set-reach': 'reach';
  'retry-reach': 'done';
  'set-settings': 'settings';
  'replace-hook-key': 'settings';
  'end-old-hook-key': 'settings';
  'set-guide': 'settings';
  'remove-secret': 'done';
  'refresh-actions': 'actions';
  'set-account': 'settings';
  'evidence-choose': 'evidence-plan';
  'set-views': 'views';
  'view-seen': 'done';
}

type NameOf<A extends Ask> = A extends keyof OtherName ? OtherName[A] : A;

/** The answer to a question of a name. */
export type AnswerTo<A extends Ask> = Extract<Answer, { answer: NameOf<A> }>;

/** The question of a name. */
export type QuestionOf<A extends Ask> = Extract<Question, { ask: A }>;

/** Why a question was not answered: the program's own codes, and the one it cannot give itself. */
export type TroubleCode = ErrorCode | 'offline';

/** A question that was not answered. Only `code` is looked at; `message` and `detail` are for people. */
export class AskError extends Error {
  constructor(
    readonly code: TroubleCode,
    message: string,
    readonly detail?: string,
  ) {
    super(message);
    this.name = 'AskError';
  }
}

/** What a listener is told. */
export interface Ears {
  /** The program has news. */
  news(news: News): void;
  /** The program can (again) be heard, or not. First called when it is known. */
  link(up: boolean): void;
}

/** The one door between the UI and the program. */
export interface Backend {
  /** Asks; rejects with an `AskError`. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['ask']>>;
  /** Listens until the function that comes back is called. */
  hear(ears: Ears): () => void;
  /** Has the person's browser fetch a file the program made. */
  download(address: string): void;
}

const CODES: Record<ErrorCode, true> = {
  'bad-question': true,
  'not-found': true,
  'store-unreadable': true,
  'store-unwritable': true,
  'file-unwritable': true,
  'secrets-unavailable': true,
  'listener-down': true,
  'not-here': true,
  'not-allowed': true,
  confirm: true,
  outside: true,
  cancelled: true,
  internal: true,
};

function isDeskError(value: unknown): value is DeskError {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as Partial<DeskError>;
  return typeof code === 'string' && code in CODES && typeof message === 'string';
}

/** Whatever was thrown or sent, as an `AskError`. */
export function asAskError(value: unknown): AskError {
  if (value instanceof AskError) return value;
  if (isDeskError(value)) return new AskError(value.code, value.message, value.detail);
  return new AskError('internal', 'The program gave an answer that this screen does not know.');
}

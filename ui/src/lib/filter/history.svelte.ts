// The last questions that a person typed, for the arrow up in an empty box. Kept on this computer; of what was received
// nothing is kept with them but what a person typed themselves.

import { isStrings, recall, remember } from '../desk/prefs';

const NAME = 'questions';
const MOST = 20;
/** A longer one was pasted, not typed: kept for nobody. */
const LONGEST = 500;

/** Questions, the newest first. */
export class QuestionHistory {
  list = $state.raw<readonly string[]>(recall(NAME, [], isStrings).slice(0, MOST));

  /** A question was asked: it comes first, and once. */
  add(text: string): void {
    const question = text.trim();
    if (question === '' || question.length > LONGEST) return;
    this.list = [question, ...this.list.filter((other) => other !== question)].slice(0, MOST);
    remember(NAME, this.list);
  }

  /** None is kept any more. */
  forget(): void {
    this.list = [];
    remember(NAME, []);
  }
}

// Prints what was measured, and nothing else.

import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class Figures implements Reporter {
  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { type, description } of test.annotations) {
      if (type === 'figure') console.log(`${test.title}: ${description}`);
    }
    for (const { message } of result.errors) console.error(`${test.title}: ${message}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

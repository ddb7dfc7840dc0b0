// Which actions mean trouble for somebody.

/** Their rows are marked. */
export const PROBLEM_ACTIONS: ReadonlySet<string> = new Set([
  'CoworkerInvoiceFailedPayment',
  'CoworkerCheckinFailed',
  'FailedCheckin',
]);

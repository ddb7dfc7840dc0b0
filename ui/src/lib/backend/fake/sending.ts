// Sending an event again, as the fake program does: nothing leaves.

import { AskError } from '../door';
import type { SentAgain } from '../types/SentAgain';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** What answers at an address. `:1` refuses, and what is not of this computer needs a second yes. */
export function sendAgain(address: string, confirmed: boolean): SentAgain {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new AskError('bad-question', 'Write the whole address, with http:// or https://');
  }
  if (!LOOPBACK.test(url.hostname) && !confirmed) {
    throw new AskError('confirm', `${url.host} is not on this computer.`, url.host);
  }
  if (url.port === '1') throw new AskError('outside', 'Nobody answers there: connection refused.');
  const broken = url.pathname.includes('broken');
  return {
    url: address,
    bytes: 3120,
    rule: 'raw-bytes',
    secret: 1,
    status: broken ? 500 : 200,
    reason: broken ? 'Internal Server Error' : 'OK',
    headers: [
      ['content-type', 'application/json'],
      ['server', 'node'],
    ],
    body: '{"received":true,"note":"<b>not bold</b>"}',
    end: 'whole',
    tookMs: 12,
  };
}

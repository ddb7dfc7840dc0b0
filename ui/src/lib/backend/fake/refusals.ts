// Requests that the fake program did not acknowledge.

import type { LastRefusal } from '../types/LastRefusal';

const WORDS: Record<string, readonly [message: string, remedy: string]> = {
  'signature-wrong': [
    'A delivery came whose signature does not match the shared secret.',
    'Put the same secret into Nexudus and here: it is kept in quarantine until then.',
  ],
  'signature-missing': [
    'A delivery came without a signature.',
    'Fill in Shared secret in Nexudus, on the page Settings › Integrations › Webhooks.',
  ],
  'wrong-address': [
    'A request came with another key in its address.',
    'Copy the address of the webhook anew.',
  ],
};

/** A refusal for a reason; null for none. */
export function refusalFor(reason: string | null, at: number): LastRefusal | null {
  if (reason === null) return null;
  const [message = 'A request was refused.', remedy = ''] = WORDS[reason] ?? [];
  return { at, reason, message, remedy, action: 'BookingCreate' };
}

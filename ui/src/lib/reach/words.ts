// How reachable we are, in words and in colour: green only with a proof.

import type { ReachStatus } from '../backend';
import { ago } from '../look/format';
import type { Tone } from '../strip/StripPart.svelte';

/** A self-test goes out at least each half hour: two of them missing are no proof any more. */
const STALE = 65 * 60_000;
/** A state is told a moment after what brought it about. */
const SLACK = 5_000;

/** What shows that deliveries get in: a test that came back, or something genuine; the newer of the two. */
export interface Proof {
  at: number;
  /** How long the test was under way, ms; nothing for a delivery. */
  took: number | null;
}

/** The proof of the connection as it is now; null while there is none. */
export function proofOf({ state, since, check, heardAt }: ReachStatus): Proof | null {
  if (state !== 'online') return null;
  const proofs: Proof[] = [];
  if (check?.cameBack) proofs.push({ at: check.at + check.took, took: check.took });
  if (heardAt !== null) proofs.push({ at: heardAt, took: null });
  const [newest] = proofs.filter(({ at }) => at >= since - SLACK).sort((a, b) => b.at - a.at);
  return newest ?? null;
}

/** The colour. */
export function reachTone(status: ReachStatus, now: number): Tone {
  switch (status.state) {
    case 'off':
      return 'quiet';
    case 'online': {
      const proof = proofOf(status);
      return proof && now - proof.at < STALE ? 'good' : 'warn';
    }
    case 'failed':
      return 'bad';
    default:
      return 'warn';
  }
}

/** `next try in 24 s`. */
export function until(at: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  if (seconds === 0) return 'now';
  if (seconds < 100) return `in ${seconds} s`;
  return `in ${Math.ceil(seconds / 60)} min`;
}

/** A few words for the strip. */
export function reachShort(status: ReachStatus, now: number): string {
  switch (status.state) {
    case 'off':
      return 'off';
    case 'connecting':
      return 'connecting…';
    case 'online': {
      const proof = proofOf(status);
      if (!proof) return 'up, being tested…';
      return `${proof.took === null ? 'delivered' : 'came back'} ${ago(proof.at, now)}`;
    }
    case 'degraded':
      return 'the test fails';
    case 'resuming':
      return 'reconnecting…';
    case 'waiting':
      return status.nextTry === null ? 'waiting' : `next try ${until(status.nextTry, now)}`;
    case 'failed':
      return 'needs you';
  }
}

/** The state in one sentence. */
export function reachSentence(status: ReachStatus, title: string, now: number): string {
  const { state, attempt, nextTry, trouble } = status;
  const again = attempt !== null && attempt > 1 ? `, try ${attempt}` : '';
  switch (state) {
    case 'off':
      return 'Only this computer can reach Nexwatch: nothing comes in from outside.';
    case 'connecting':
      return `Connecting by ${title}${again}…`;
    case 'online': {
      const proof = proofOf(status);
      if (!proof) return 'Connected. The first test is on its way through the public address…';
      return proof.took === null
        ? `Reachable: a genuine delivery came in ${ago(proof.at, now)}.`
        : `Reachable: a signed test came back in ${took(proof.took)}, ${ago(proof.at, now)}.`;
    }
    case 'degraded':
      return trouble?.message ?? 'Connected, but the test does not come back.';
    case 'resuming':
      return `The line broke and is being taken up again${again}. The address stays.`;
    case 'waiting':
      return `${trouble?.message ?? 'Not connected.'} Next try ${
        nextTry === null ? 'before long' : until(nextTry, now)
      }.`;
    case 'failed':
      return trouble?.message ?? 'Not connected.';
  }
}

/** `210 ms`, `1.4 s`. */
export function took(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The way of a self-test, part by part. */
export const PARTS: readonly (readonly [part: string, title: string])[] = [
  ['internet', 'Internet'],
  ['tunnel', 'Tunnel'],
  ['address', 'Address'],
  ['tls', 'TLS'],
  ['path', 'Path'],
  ['listener', 'Listener'],
];

/** Where secrets are kept, in words. */
export function keptWords(keptIn: string): string {
  return keptIn === 'keychain' ? 'the keychain of this computer' : keptIn;
}

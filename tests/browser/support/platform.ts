// The platform, as far as a receiver can tell: one POST for each event, signed as its published .NET code signs.
// Nothing of the program's own code is used here, so that both sides cannot share a mistake.

import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Program } from './program';

/** .NET's ASCIIEncoding: each UTF-16 unit above 0x7F becomes a question mark (an emoji two). */
export function folded(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[^\x00-\x7f]/g, '?');
}

/** `X-Nexudus-Hook-Signature`: HMAC-SHA256 over the folded text, 64 upper-case hex digits. */
export function signature(body: string, secret: string): string {
  return createHmac('sha256', folded(secret)).update(folded(body)).digest('hex').toUpperCase();
}

/** How a delivery is made. */
export interface Manner {
  /** The location's id at the end of the address. */
  location?: number;
  /** Signs with this instead of the shared secret; null does not sign. */
  secret?: string | null;
  /** The signature as it shall be sent, whatever the body. */
  header?: string;
}

/** Sends deliveries to a program. */
export class Platform {
  /** The shared secret; null while none was agreed on. */
  secret: string | null = null;
  readonly #program: Program;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(program: Program) {
    this.#program = program;
  }

  /** Agrees on a shared secret with the program, as an operator does on the command line. */
  async agree(secret: string): Promise<void> {
    await this.#program.ask({ ask: 'set-secret', secret, location: null });
    this.secret = secret;
  }

  /** One delivery; the status that it was answered with. `body` is an object, or text as it shall be sent. */
  async send(action: string, body: object | string, manner: Manner = {}): Promise<number> {
    const text = typeof body === 'string' ? body : JSON.stringify([body]);
    const secret = manner.secret === undefined ? this.secret : manner.secret;
    const header = manner.header ?? (secret === null ? undefined : signature(text, secret));
    const [host, port] = this.#program.listen.split(':');
    const place = manner.location === undefined ? '' : `/${manner.location}`;
    return new Promise((done, failed) => {
      const sent = request(
        {
          agent: this.#agent,
          host,
          port,
          method: 'POST',
          path: `${this.#program.hookPath}/${action}${place}`,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(header === undefined ? {} : { 'x-nexudus-hook-signature': header }),
          },
        },
        (answer) => {
          answer.resume();
          answer.on('end', () => done(answer.statusCode ?? 0));
          answer.on('error', failed);
        },
      );
      sent.on('error', failed);
      sent.end(text);
    });
  }

  /** Ends its connections. */
  close(): void {
    this.#agent.destroy();
  }
}

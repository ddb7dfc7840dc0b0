// An integrator's own receiver: takes whatever is posted, and answers.

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it got. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server on loopback. */
export class Receiver {
  readonly got: Received[] = [];
  readonly #server: Server;

  private constructor(status: number, answer: string) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url = '', headers } = request;
        this.got.push({ path: url, headers, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(status, { 'content-type': 'text/plain', 'x-kept-by': 'the receiver' });
        response.end(answer);
      });
    });
  }

  /** One that answers so, on a free port. */
  static async start(status: number, answer: string): Promise<Receiver> {
    const receiver = new Receiver(status, answer);
    await new Promise<void>((done) => receiver.#server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  /** `http://127.0.0.1:PORT` */
  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends it. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

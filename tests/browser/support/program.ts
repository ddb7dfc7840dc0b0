// The program under test: started with a data folder of its own, stopped as a service manager would stop it.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const BINARY = resolve(
  process.env.NEXWATCH_BIN ?? join(import.meta.dirname, '../../../target/debug/nexwatch'),
);

/** Not the zone of the machine, so that a mistaken zone is seen. */
export const ZONE = 'Europe/Madrid';

/** The line that the program prints when it is ready. */
interface Ready {
  ready: boolean;
  listen: string;
  hook_path: string;
  desk: string;
  data: string;
}

/** Nothing of this machine's own settings, and not its keychain. */
function environment(data: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NEXWATCH_DATA: data, TZ: ZONE };
  delete env.NEXWATCH_LOG;
  delete env.DBUS_SESSION_BUS_ADDRESS;
  return env;
}

/** A `nexwatch serve` and its data folder. */
export class Program {
  readonly data = mkdtempSync(join(tmpdir(), 'nexwatch-browser-'));
  /** Everything that it wrote to standard error. */
  log = '';
  #child: ChildProcess | undefined;
  #ready: Ready | undefined;

  /** The address to open in the browser, with its token. */
  get desk(): string {
    return this.#told.desk;
  }

  /** `127.0.0.1:PORT` of the listener. */
  get listen(): string {
    return this.#told.listen;
  }

  /** `/hooks/KEY`. */
  get hookPath(): string {
    return this.#told.hook_path;
  }

  get #told(): Ready {
    if (!this.#ready) throw new Error('the program has not been started');
    return this.#ready;
  }

  /** Starts it and waits until it is ready: on free ports, and from then on always on the same. */
  async start(): Promise<void> {
    const before = this.#ready;
    const listen = before?.listen ?? '127.0.0.1:0';
    const desk = before ? new URL(before.desk).host : '127.0.0.1:0';
    const args = ['serve', '--listen', listen, '--desk', desk];
    const child = spawn(BINARY, args, {
      env: environment(this.data),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    const line = await new Promise<string>((done, failed) => {
      createInterface(child.stdout).once('line', done);
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`it ended with ${code}: ${this.log}`)));
    });
    this.#ready = JSON.parse(line) as Ready;
    if (!this.#ready.ready) throw new Error(`not ready: ${line}`);
  }

  /** SIGTERM; waits until it has ended. Its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** SIGKILL; waits until it has ended. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child) return 0;
    this.#child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    return new Promise((done) => {
      child.once('exit', (code) => done(code));
      child.kill(signal);
    });
  }

  /** Ends it whatever happened, and removes its folder. */
  dispose(): void {
    this.#child?.kill('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Changes a file of the data folder, as somebody might with an editor. */
  edit(name: string, change: (text: string) => string): void {
    const file = join(this.data, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  /** Runs a verb of the command line on the same data folder. What it printed. */
  run(args: string[], input = ''): string {
    const { status, stdout, stderr } = spawnSync(BINARY, args, {
      env: environment(this.data),
      input,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Asks the desk a question without a browser. */
  async ask<T = unknown>(question: { ask: string; [field: string]: unknown }): Promise<T> {
    const { origin, searchParams } = new URL(this.desk);
    const response = await fetch(`${origin}/ask`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${searchParams.get('token')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(question),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${question.ask}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
}

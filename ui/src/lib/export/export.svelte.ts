// An export: what it would write, where, and how far it is.

import {
  troubleOf,
  type Backend,
  type ExportPlan,
  type ExportRequest,
  type News,
  type Trouble,
} from '../backend';
import { JobWatch } from './watch';

/** How far an export is. */
export type Stage = 'plan' | 'running' | 'done' | 'cancelled' | 'failed';

/** The state of the export dialog. It outlives the dialog: a long export goes on when that is closed. */
export class ExportJob {
  stage = $state<Stage>('plan');
  plan = $state.raw<ExportPlan | null>(null);
  /** A person chose the target file. */
  chosen = $state(false);
  rows = $state(0);
  total = $state(0);
  /** The file when it is done; what went wrong when it failed. */
  message = $state<string | null>(null);
  /** The browser fetches it. */
  download = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #job: number | null = null;
  #early: Extract<News, { news: 'export' }>[] = [];
  /** What was counted last. */
  #request: ExportRequest | null = null;
  #turn = 0;
  readonly #watch: JobWatch;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#watch = new JobWatch(backend, () => (this.stage === 'running' ? this.#job : null));
  }

  /** Begins anew, unless one is running. */
  reset(): void {
    if (this.stage === 'running') return;
    this.stage = 'plan';
    this.plan = null;
    this.chosen = false;
    this.message = null;
    this.trouble = null;
    this.download = false;
    this.#job = null;
  }

  /** The dialog is closed: what is counted for it need not be. */
  closed(): void {
    this.#request = null;
  }

  /** What is counted in the background is counted further. */
  countedOn(): void {
    if (this.stage === 'plan' && this.plan?.counting && this.#request)
      void this.count(this.#request);
  }

  /** Asks how much would be written. */
  async count(request: ExportRequest): Promise<void> {
    this.#request = request;
    const turn = ++this.#turn;
    try {
      const plan = await this.#backend.ask({ ask: 'export-plan', export: request });
      if (turn !== this.#turn || this.stage !== 'plan') return;
      // The file that a person chose stays chosen.
      this.plan =
        this.chosen && this.plan
          ? { ...plan, target: this.plan.target, exists: this.plan.exists }
          : plan;
      this.trouble = null;
    } catch (error) {
      if (turn === this.#turn) this.trouble = troubleOf(error);
    }
  }

  /** Lets the person choose the file. */
  async choose(request: ExportRequest): Promise<void> {
    try {
      this.plan = await this.#backend.ask({ ask: 'export-choose', export: request });
      this.chosen = true;
      this.trouble = null;
    } catch (error) {
      const trouble = troubleOf(error);
      this.trouble = trouble.severity === 'quiet' ? null : trouble;
    }
  }

  /** Writes. */
  async start(request: ExportRequest, overwrite: boolean): Promise<void> {
    this.#early = [];
    this.#job = null;
    this.rows = 0;
    this.total = this.plan?.rows ?? 0;
    this.trouble = null;
    this.message = null;
    this.stage = 'running';
    try {
      const answer = await this.#backend.ask({
        ask: 'export-start',
        export: request,
        overwrite,
      });
      this.#job = answer.job;
      this.#watch.heard();
      this.download = answer.download !== null;
      if (answer.download !== null) this.#backend.download(answer.download);
      for (const news of this.#early) this.heard(news);
      this.#early = [];
    } catch (error) {
      this.trouble = troubleOf(error);
      this.stage = this.trouble.severity === 'quiet' ? 'cancelled' : 'failed';
    }
  }

  /** Stops it; nothing is left behind. */
  async cancel(): Promise<void> {
    if (this.#job === null || this.stage !== 'running') return;
    try {
      await this.#backend.ask({ ask: 'export-cancel', job: this.#job });
      // One that never began says nothing of its end.
      this.#watch.ask();
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  /** Shows the file in the file manager. */
  async reveal(): Promise<void> {
    if (this.#job === null) return;
    try {
      await this.#backend.ask({ ask: 'export-reveal', job: this.#job });
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  /** The program could not be heard for a while. */
  missed(): void {
    this.#watch.ask();
  }

  /** The program tells how far it is. */
  heard(news: Extract<News, { news: 'export' }>): void {
    if (this.stage !== 'running') return;
    if (this.#job === null) {
      // News may overtake the answer that names the job.
      this.#early.push(news);
      return;
    }
    if (news.job !== this.#job) return;
    this.#watch.heard();
    // Until it begins to be written there is nothing to tell.
    if (news.state !== 'running' || news.total > 0) {
      this.rows = news.rows;
      this.total = news.total;
    }
    if (news.state === 'running') return;
    this.message = news.message;
    this.stage = news.state;
  }
}

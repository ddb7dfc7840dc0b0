// Evidence: one event, or several, as a file that can be handed on.

import {
  troubleOf,
  type Backend,
  type EvidencePlan,
  type EvidenceRequest,
  type News,
  type Trouble,
} from '../backend';
import { JobWatch } from '../export/watch';
import type { Stage } from '../export/export.svelte';

/** Most events of one bundle. */
export const MOST = 500;

/** The state of the evidence dialog. */
export class EvidenceJob {
  stage = $state<Stage>('plan');
  plan = $state.raw<EvidencePlan | null>(null);
  /** A person chose the target file. */
  chosen = $state(false);
  done = $state(0);
  total = $state(0);
  /** The file when it is there; what went wrong when it is not. */
  message = $state<string | null>(null);
  /** The browser fetches it. */
  download = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #job: number | null = null;
  #early: Extract<News, { news: 'export' }>[] = [];
  #turn = 0;
  readonly #watch: JobWatch;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#watch = new JobWatch(backend, () => (this.stage === 'running' ? this.#job : null));
  }

  /** Begins anew. */
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

  /** Asks what would be written. */
  async look(evidence: EvidenceRequest): Promise<void> {
    const turn = ++this.#turn;
    try {
      const plan = await this.#backend.ask({ ask: 'evidence-plan', evidence });
      if (turn !== this.#turn || this.stage !== 'plan') return;
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
  async choose(evidence: EvidenceRequest): Promise<void> {
    try {
      this.plan = await this.#backend.ask({ ask: 'evidence-choose', evidence });
      this.chosen = true;
      this.trouble = null;
    } catch (error) {
      const trouble = troubleOf(error);
      this.trouble = trouble.severity === 'quiet' ? null : trouble;
    }
  }

  /** Writes. */
  async start(evidence: EvidenceRequest): Promise<void> {
    const overwrite = this.plan?.exists === true;
    this.#early = [];
    this.#job = null;
    this.done = 0;
    this.total = this.plan?.events ?? evidence.events.length;
    this.trouble = null;
    this.message = null;
    this.stage = 'running';
    try {
      const ask = 'evidence-start';
      const answer = await this.#backend.ask({ ask, evidence, overwrite });
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
    if (news.state !== 'running' || news.total > 0) {
      this.done = news.rows;
      this.total = news.total;
    }
    if (news.state === 'running') return;
    this.message = news.message;
    this.stage = news.state;
  }
}

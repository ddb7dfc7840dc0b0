// The way to the program from a browser: `POST /ask`, and server-sent events from `/news`.

import { AskError, asAskError, type AnswerTo, type Backend, type Ears } from './door';
import type { News } from './types/News';
import type { Question } from './types/Question';

/** Waits between attempts to hear the program again, in ms; the last one repeats. */
const WAITS = [500, 1000, 2000, 4000];

const OFFLINE = 'Nexwatch cannot be reached.';

/** Asks and hears over HTTP, from the address that served this page. */
export class HttpBackend implements Backend {
  readonly #ears = new Set<Ears>();
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #up: boolean | undefined;

  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['ask']>> {
    let response: Response;
    try {
      response = await fetch('/ask', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question),
        cache: 'no-store',
        credentials: 'same-origin',
      });
    } catch {
      throw new AskError('offline', OFFLINE);
    }
    let answer: unknown;
    try {
      answer = await response.json();
    } catch {
      if (response.status === 401 || response.status === 403) {
        throw new AskError('not-allowed', 'This page may not ask.');
      }
      throw new AskError('internal', `The program answered ${response.status} without words.`);
    }
    if (!response.ok) throw asAskError(answer);
    return answer as AnswerTo<Q['ask']>;
  }

  hear(ears: Ears): () => void {
    this.#ears.add(ears);
    if (this.#up !== undefined) ears.link(this.#up);
    if (!this.#source && this.#timer === undefined) this.#open();
    return () => {
      this.#ears.delete(ears);
      if (this.#ears.size === 0) this.#close();
    };
  }

  download(address: string): void {
    const link = document.createElement('a');
    link.href = address;
    link.download = '';
    link.rel = 'noopener';
    document.body.append(link);
    link.click();
    link.remove();
  }

  #open(): void {
    this.#timer = undefined;
    const source = new EventSource('/news');
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#tell(true);
    };
    source.onmessage = (message: MessageEvent<string>) => {
      let news: News;
      try {
        news = JSON.parse(message.data) as News;
      } catch {
        return;
      }
      for (const ears of this.#ears) ears.news(news);
    };
    // The browser's own second try gives up for good after some answers: open anew instead.
    source.onerror = () => {
      source.close();
      if (this.#source !== source) return;
      this.#source = undefined;
      this.#tell(false);
      const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)];
      this.#failures += 1;
      this.#timer = setTimeout(() => this.#open(), wait);
    };
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#source?.close();
    this.#source = undefined;
    this.#up = undefined;
  }

  #tell(up: boolean): void {
    if (this.#up === up) return;
    this.#up = up;
    for (const ears of this.#ears) ears.link(up);
  }
}

// The way to the program from its own window.

import { Channel, invoke } from '@tauri-apps/api/core';
import { asAskError, type AnswerTo, type Backend, type Ears } from './door';
import type { News } from './types/News';
import type { Question } from './types/Question';

/** Asks and hears over Tauri's bridge. */
export class TauriBackend implements Backend {
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['ask']>> {
    try {
      return await invoke('ask', { question });
    } catch (error) {
      throw asAskError(error);
    }
  }

  hear(ears: Ears): () => void {
    let heard = true;
    const channel = new Channel<News>((news) => {
      if (heard) ears.news(news);
    });
    invoke('hear', { channel }).then(
      () => heard && ears.link(true),
      () => heard && ears.link(false),
    );
    return () => {
      heard = false;
    };
  }

  download(): void {
    // In the window the program writes the file itself.
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AskError } from './door';
import { HttpBackend } from './http';
import type { News } from './types/News';

/** A line that the test holds the other end of. */
class Line {
  static all: Line[] = [];
  static get last(): Line {
    const line = Line.all.at(-1);
    if (!line) throw new Error('nobody listens');
    return line;
  }

  onopen: (() => void) | undefined;
  onerror: (() => void) | undefined;
  onmessage: ((message: { data: string }) => void) | undefined;
  closed = false;

  constructor(readonly url: string) {
    Line.all.push(this);
  }

  close(): void {
    this.closed = true;
  }
}

function answer(body: unknown, status = 200): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(text, { status })),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  Line.all = [];
  vi.stubGlobal('EventSource', Line);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('asking over HTTP', () => {
  const backend = new HttpBackend();

  it('posts the question as JSON and gives the answer', async () => {
    answer({ answer: 'done' });
    await expect(backend.ask({ ask: 'export-cancel', job: 3 })).resolves.toEqual({
      answer: 'done',
    });
    const [url, request] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(url).toBe('/ask');
    expect(request).toMatchObject({ method: 'POST', body: '{"ask":"export-cancel","job":3}' });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('gives the program’s error with its code', async () => {
    answer({ code: 'store-unreadable', message: 'No.', detail: 'SQLITE_IOERR' }, 503);
    await expect(backend.ask({ ask: 'status' })).rejects.toMatchObject({
      code: 'store-unreadable',
      message: 'No.',
      detail: 'SQLITE_IOERR',
    });
  });

  it.each([
    ['a page of somebody else', '<html>', 200, 'internal'],
    ['a code nobody knows', { code: 'teapot', message: 'x' }, 418, 'internal'],
    ['a refusal without words', 'no', 401, 'not-allowed'],
  ])('turns %s into an error', async (_, body, status, code) => {
    answer(body, status);
    await expect(backend.ask({ ask: 'status' })).rejects.toMatchObject({ code });
  });

  it('says offline when nobody answers', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => {
        throw new TypeError('Failed to fetch');
      }),
    );
    const asked = backend.ask({ ask: 'status' });
    await expect(asked).rejects.toBeInstanceOf(AskError);
    await expect(asked).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('hearing over HTTP', () => {
  it('tells news and whether the line is up, and tries again when it breaks', async () => {
    const news: News[] = [];
    const links: boolean[] = [];
    const stop = new HttpBackend().hear({
      news: (heard) => news.push(heard),
      link: (up) => links.push(up),
    });
    expect(Line.last.url).toBe('/news');
    Line.last.onopen?.();
    Line.last.onmessage?.({ data: '{"news":"status"}' });
    Line.last.onmessage?.({ data: 'not json' });
    expect(news).toEqual([{ news: 'status' }]);

    const broken = Line.last;
    broken.onerror?.();
    expect(broken.closed).toBe(true);
    expect(links).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(500);
    expect(Line.all).toHaveLength(2);
    Line.last.onerror?.();
    await vi.advanceTimersByTimeAsync(500);
    expect(Line.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(Line.all).toHaveLength(3);
    Line.last.onopen?.();
    expect(links).toEqual([true, false, true]);

    stop();
    expect(Line.last.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Line.all).toHaveLength(3);
  });

  it('uses one line for all who listen', () => {
    const backend = new HttpBackend();
    const ears = { news: vi.fn(), link: vi.fn() };
    const stops = [backend.hear(ears), backend.hear({ ...ears })];
    expect(Line.all).toHaveLength(1);
    stops[0]?.();
    expect(Line.last.closed).toBe(false);
    stops[1]?.();
    expect(Line.last.closed).toBe(true);
  });
});

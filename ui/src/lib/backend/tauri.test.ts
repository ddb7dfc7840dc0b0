import { mockIPC, clearMocks } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TauriBackend } from './tauri';

afterEach(() => clearMocks());

describe('the window’s bridge', () => {
  it('asks by the command “ask”', async () => {
    mockIPC((command, payload) => ({ command, payload }));
    await expect(new TauriBackend().ask({ ask: 'status' })).resolves.toEqual({
      command: 'ask',
      payload: { question: { ask: 'status' } },
    });
  });

  it('gives errors with their code', async () => {
    mockIPC(() => {
      throw { code: 'listener-down', message: 'Not listening.' };
    });
    await expect(new TauriBackend().ask({ ask: 'hooks' })).rejects.toMatchObject({
      code: 'listener-down',
    });
  });

  it('hears through a channel, until it stops listening', async () => {
    let channel: { onmessage: (news: unknown) => void } | undefined;
    mockIPC((command, payload) => {
      if (command === 'hear') channel = (payload as { channel: typeof channel }).channel;
    });
    const ears = { news: vi.fn(), link: vi.fn() };
    const stop = new TauriBackend().hear(ears);
    await vi.waitFor(() => expect(ears.link).toHaveBeenCalledWith(true));
    channel?.onmessage({ news: 'status' });
    expect(ears.news).toHaveBeenCalledWith({ news: 'status' });
    stop();
    channel?.onmessage({ news: 'status' });
    expect(ears.news).toHaveBeenCalledTimes(1);
  });

  it('says so when it cannot hear', async () => {
    mockIPC(() => {
      throw 'not allowed';
    });
    const ears = { news: vi.fn(), link: vi.fn() };
    new TauriBackend().hear(ears);
    await vi.waitFor(() => expect(ears.link).toHaveBeenCalledWith(false));
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend, type Scene } from '../backend/fake';
import { Reachability } from './reach.svelte';

const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

async function start(scene: Partial<Scene> = {}): Promise<[FakeBackend, Reachability]> {
  const backend = new FakeBackend({ events: 0, ...scene });
  const reach = new Reachability(backend);
  reach.load();
  await pass();
  return [backend, reach];
}

const sent = (backend: FakeBackend) => backend.asked.filter(({ ask }) => ask === 'set-reach');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('choosing a way', () => {
  it('sends nothing while something is wrong', async () => {
    const [backend, reach] = await start();
    reach.choose('ngrok');
    expect(await reach.save()).toBe(false);
    expect(reach.tried).toBe(true);
    expect(reach.wrongs).toHaveProperty('authtoken');
    expect(sent(backend)).toEqual([]);
  });

  it('sends the secret once, and forgets it', async () => {
    const [backend, reach] = await start();
    reach.choose('ngrok');
    reach.secret = 'ngrok config add-authtoken 2abc_DEF';
    expect(await reach.save()).toBe(true);
    expect(sent(backend)).toMatchObject([{ secret: '2abc_DEF', reach: { way: 'ngrok' } }]);
    expect(reach.secret).toBe('');
    expect(reach.changed).toBe(false);
    expect(reach.kept).toBe(true);
    // What is kept stays, when something else is changed.
    if (reach.draft) reach.draft.ngrok.domain = 'a.ngrok-free.app';
    expect(reach.changed).toBe(true);
    expect(reach.moves).toBe(true);
    await reach.save();
    expect(sent(backend).at(-1)).toMatchObject({ secret: null });
  });

  it('keeps what was entered when the program refuses it, and says why in its words', async () => {
    const [backend, reach] = await start();
    reach.choose('own');
    if (reach.draft) reach.draft.own.url = 'https://hooks.example.com';
    backend.scene.trouble = 'bad-question';
    expect(await reach.save()).toBe(false);
    expect(reach.refused?.sentence).toBe('Said by the fake.');
    expect(reach.draft?.own.url).toBe('https://hooks.example.com');
    expect(reach.saving).toBe(false);
  });

  it('forgets a secret that belongs to another way', async () => {
    const [, reach] = await start();
    reach.choose('ngrok');
    reach.secret = 'token';
    reach.choose('cloudflared');
    expect(reach.secret).toBe('');
    reach.secret = 'x';
    reach.revert();
    expect(reach.secret).toBe('');
    expect(reach.draft?.way).toBe('off');
  });
});

describe('news', () => {
  it('of another state are asked for; what is being entered stays', async () => {
    const [backend, reach] = await start({ reach: 'online' });
    if (reach.draft) reach.draft.ngrok.domain = 'being.typed.example';
    const asked = backend.asked.length;
    const { status } = backend.reach;
    reach.heard(status);
    await pass();
    reach.heard({ ...status, since: status.since + 1 });
    await pass();
    reach.heard({ ...status, since: status.since + 1, requestsThisMonth: 9 });
    await pass();
    expect(backend.asked.length - asked).toBe(2);
    expect(reach.draft?.ngrok.domain).toBe('being.typed.example');
  });

  it('bring the server’s key along', async () => {
    const [, reach] = await start();
    reach.choose('ssh');
    Object.assign(reach.draft?.ssh ?? {}, {
      host: 'hooks.example.com',
      user: 'desk',
      publicUrl: 'https://hooks.example.com',
    });
    await reach.save();
    await pass(2000);
    reach.load();
    await pass();
    expect(reach.value?.chosen.ssh.hostKey).toMatch(/^ssh-ed25519 /);
    expect(reach.changed).toBe(false);
  });

  it('of the past are shown, and a failure to ask is said', async () => {
    const [backend, reach] = await start({ trouble: 'internal' });
    expect(reach.trouble?.code).toBe('internal');
    backend.scene.trouble = null;
    reach.load();
    await pass();
    expect(reach.trouble).toBeNull();
    expect(reach.value).not.toBeNull();
  });
});

describe('a changed key of the server', () => {
  it('is forgotten on request, and the new one taken', async () => {
    const [backend, reach] = await start({ reach: 'ssh-host-key' });
    expect(await reach.forgetKey()).toBe(true);
    expect(sent(backend)).toMatchObject([{ reach: { ssh: { hostKey: null } }, secret: null }]);
    await pass(2000);
    expect(backend.reach.status.state).toBe('online');
  });
});

describe('another server', () => {
  it('has another key, which is pinned anew', async () => {
    const [backend, reach] = await start({ reach: 'ssh-online' });
    if (reach.draft) reach.draft.ssh.user = 'other';
    await reach.save();
    expect(sent(backend).at(-1)).toMatchObject({
      reach: { ssh: { hostKey: expect.stringMatching(/^ssh-ed25519 /) } },
    });
    if (reach.draft) reach.draft.ssh.host = 'other.example.com';
    await reach.save();
    expect(sent(backend).at(-1)).toMatchObject({ reach: { ssh: { hostKey: null } } });
  });
});

describe('a test', () => {
  it('says what came of it', async () => {
    const [backend, reach] = await start({ reach: 'online' });
    await reach.test();
    expect(reach.tested?.cameBack).toBe(true);
    backend.reach.round = null;
    await reach.test();
    expect(reach.tested).toMatchObject({ cameBack: false, part: 'path' });
    backend.scene.trouble = 'offline';
    await reach.test();
    expect(reach.tested).toBeNull();
    expect(reach.testTrouble?.code).toBe('offline');
    reach.forgetTest();
    expect(reach.testTrouble).toBeNull();
  });
});

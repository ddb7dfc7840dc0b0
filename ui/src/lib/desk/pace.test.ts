import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from './pace';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a pace', () => {
  it('does at once what is wanted first, and then keeps its distance', async () => {
    const task = vi.fn(async () => {});
    const pace = new Pace(100, task);
    for (let i = 0; i < 19; i++) {
      pace.want();
      await pass(10);
    }
    expect(task).toHaveBeenCalledTimes(2);
    await pass(1000);
    expect(task).toHaveBeenCalledTimes(3);
  });

  it('never runs twice at a time, and runs again for what was wanted meanwhile', async () => {
    let done: () => void = () => {};
    const task = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          done = resolve;
        }),
    );
    const pace = new Pace(100, task);
    pace.want();
    pace.want();
    pace.now();
    await pass(1000);
    expect(task).toHaveBeenCalledTimes(1);
    done();
    await pass(0);
    expect(task).toHaveBeenCalledTimes(2);
    done();
    await pass(1000);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it('can be hurried and stopped', async () => {
    const task = vi.fn(async () => {});
    const pace = new Pace(1000, task);
    pace.want();
    await pass(0);
    pace.want();
    pace.now();
    await pass(0);
    expect(task).toHaveBeenCalledTimes(2);
    pace.want();
    pace.stop();
    await pass(5000);
    expect(task).toHaveBeenCalledTimes(2);
  });
});

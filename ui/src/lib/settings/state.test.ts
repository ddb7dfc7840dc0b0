// What the settings say of how things stand: only what is so.

import { describe, expect, it } from 'vitest';
import type { ReachScene } from '../backend/fake/reach';
import { click, fill, maybe, open, pass, press, see, sitDown, words } from '../../test/person';

sitDown();

const done = { guide: { step: 0, done: true } };

describe('the requests of the month', () => {
  it.each<ReachScene>(['online', 'ssh-online'])(
    'are said of %s, whose streams come here',
    async (reach) => {
      await open({ ...done, reach });
      await press('r');
      expect(words('reach-requests')).toContain('tests included');
    },
  );

  it.each<ReachScene>(['own-online', 'cloudflared-missing', 'off'])(
    'are not said of %s: nobody counts them',
    async (reach) => {
      await open({ ...done, reach });
      await press('r');
      expect(see('reach-way')).toBeTruthy();
      expect(maybe('reach-requests')).toBeNull();
    },
  );
});

describe('a port that cannot be had', () => {
  it('is said with the one that is listened at until then', async () => {
    const backend = await open({ ...done, reach: 'online' });
    const trouble =
      'port 8100 is in use by another program; until then it listens at 127.0.0.1:7397';
    const ask = backend.ask.bind(backend);
    let taken = true;
    backend.ask = async (question) => {
      const answer = await ask(question);
      if (question.ask === 'status' && 'listener' in answer) {
        const listener = { ...answer.listener, address: '127.0.0.1:7397' };
        return { ...answer, listener: { ...listener, trouble: taken ? trouble : null } };
      }
      return answer;
    };
    await press(',');
    await click('settings-tab-listener');
    await fill('settings-port', '8100');
    await click('settings-save');
    await pass();
    expect(words('settings-listener')).toContain('Listens at 127.0.0.1:7397');
    expect(words('settings-listener-trouble')).toContain('port 8100 is in use');
    expect(words('settings-saved')).toBe('Saved.');
    expect(see('strip-listener').dataset['tone']).toBe('warn');
    taken = false;
    backend.tell({ news: 'status' });
    await pass();
    expect(maybe('settings-listener-trouble')).toBeNull();
    expect(words('settings-saved')).toBe('Saved, and taken up.');
    expect(see('strip-listener').dataset['tone']).toBe('good');
  });
});

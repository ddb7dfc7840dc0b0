import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, everything, fill, open, press, see, sitDown, words } from '../../test/person';
import { baseTrouble } from './account';

sitDown();

const done = { guide: { step: 0, done: true } };

async function openTab() {
  const backend = await open(done);
  await press(',');
  await click('settings-tab-account');
  return backend;
}

async function fillIn(): Promise<void> {
  await fill('account-email', 'admin@example.org');
  await fill('account-password', 'correct horse');
  await click('account-save');
}

describe('the account', () => {
  it('is kept; its password is never shown again', async () => {
    const backend = await openTab();
    expect(see('account-base')).toHaveProperty('value', 'https://spaces.nexudus.com/api');
    expect(see('actions-refresh')).toHaveProperty('disabled', true);
    await fillIn();
    expect(backend.account.password).toBe('correct horse');
    expect(words('account-saved')).toBe('Saved.');
    expect(see('account-password')).toHaveProperty('value', '');
    expect(everything()).not.toContain('correct horse');
    // The e-mail alone is changed without typing the password: the program says what that means for it.
    await fill('account-email', 'other@example.org');
    await click('account-save');
    expect(backend.asked.findLast(({ ask }) => ask === 'set-account')).toMatchObject({
      email: 'other@example.org',
      password: null,
    });
  });

  it('forgets a password that was typed and not kept', async () => {
    await openTab();
    await fill('account-password', 'half a pass');
    await click('settings-tab-listener');
    await click('settings-tab-account');
    expect(see('account-password')).toHaveProperty('value', '');
  });

  it('is asked which actions it knows; new ones are marked, and found', async () => {
    await openTab();
    await fillIn();
    await click('actions-refresh');
    expect(words('actions-learnt')).toMatch(/^Last asked \d\d:\d\d:\d\d\. 2 actions not known/);
    await fill('actions-search', '112');
    const found = screen.getAllByTestId('action');
    expect(found).toHaveLength(1);
    expect(found[0]?.textContent?.replace(/\s+/g, ' ')).toMatch(
      /112 ?Locker assigned new ?LockerAssigned/,
    );
    await fill('actions-search', 'no such thing');
    expect(words('account-actions')).toContain('No action of that name or number');
  });

  it.each([
    ['refused', 'refuses this e-mail and password'],
    ['silent', 'did not answer within 15 s'],
    ['busy', 'try again in 40 s'],
  ] as const)('that is %s says so, and can be asked again', async (scene, sentence) => {
    const backend = await openTab();
    await fillIn();
    backend.account.scene = scene;
    await click('actions-refresh');
    expect(words('trouble')).toContain(sentence);
    backend.account.scene = 'well';
    screen.getByText('Try again').click();
    await press('Tab');
    expect(words('actions-learnt')).toContain('Last asked');
  });
});

describe('a base address', () => {
  it.each(['https://spaces.nexudus.com/api', 'http://127.0.0.1:8080', 'http://localhost/x'])(
    '%s is one',
    (base) => expect(baseTrouble(base)).toBeNull(),
  );

  it.each([
    'spaces.nexudus.com',
    'http://spaces.nexudus.com',
    'ftp://x',
    'http://127.0.0.1.evil.com',
  ])('%s is none', (base) => expect(baseTrouble(base)).not.toBeNull());
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from './clipboard';

afterEach(() => vi.unstubAllGlobals());

function clipboard(writeText: (text: string) => Promise<void>): void {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
}

describe('copying', () => {
  it('uses the clipboard', async () => {
    const write = vi.fn(async () => {});
    clipboard(write);
    expect(await copyText('a')).toBe(true);
    expect(write).toHaveBeenCalledWith('a');
  });

  it('has another way where that is forbidden, and leaves nothing behind', async () => {
    clipboard(async () => {
      throw new DOMException('no', 'NotAllowedError');
    });
    let copied = '';
    document.execCommand = () => {
      copied = document.querySelector('textarea')?.value ?? '';
      return true;
    };
    expect(await copyText('a "b"\nc')).toBe(true);
    expect(copied).toBe('a "b"\nc');
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('says when there is no way', async () => {
    vi.stubGlobal('navigator', {});
    document.execCommand = () => {
      throw new Error('no');
    };
    expect(await copyText('a')).toBe(false);
  });
});

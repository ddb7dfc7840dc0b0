// Where a person has been: back and forward through stories, filters and events, in step with the browser's own
// history. The window has no browser around it, and walks the same way.

import type { Spot } from '../feed/place';
import { parseAddress, printAddress, type Address } from './address';

/** What the history keeps of a step beside its address. Names may be in the text, so it need not be in the address. */
interface Step {
  nexwatch: number;
  text: string;
  spot: Spot | null;
}

const END = 'nexwatch.walk';

function isStep(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && 'nexwatch' in value;
}

/** The steps of this page. */
export class Walk {
  /** This step's number. */
  at = $state(0);
  /** The last one's. */
  end = $state(0);
  /** Somebody is on the way to a step: nothing is written down meanwhile. */
  #arriving = $state(false);
  #address = '';
  #text = '';
  #place = '';
  #spot: Spot | null = null;
  #typing = false;
  #next: 'push' | 'replace' | null = null;

  get canBack(): boolean {
    return this.at > 0;
  }

  get canForward(): boolean {
    return this.at < this.end;
  }

  /** Begins where the page's address says. `arrive` is called then and with each step back or forward. */
  start(arrive: (address: Address, spot: Spot | null) => void): () => void {
    const step: unknown = history.state;
    if (isStep(step)) {
      this.at = step.nexwatch;
      this.end = Math.max(this.at, this.#storedEnd());
    }
    const come = () => {
      const state: unknown = history.state;
      const known = isStep(state) ? state : null;
      // An address that was typed is a step of its own.
      this.at = known ? known.nexwatch : this.at + 1;
      if (!known) this.#setEnd(this.at);
      else if (this.at > this.end) this.#setEnd(this.at);
      const address = parseAddress(location.hash);
      this.#arriving = true;
      arrive({ ...address, text: known?.text ?? address.text }, known?.spot ?? null);
    };
    const first = parseAddress(location.hash);
    if (isStep(step) || printAddress(first) !== '#/') {
      this.#arriving = true;
      arrive({ ...first, text: isStep(step) ? step.text : first.text }, null);
    }
    window.addEventListener('popstate', come);
    return () => window.removeEventListener('popstate', come);
  }

  /** Where `arrive` led to is on the screen. */
  arrived(): void {
    this.#next = 'replace';
    this.#arriving = false;
  }

  /** The list is about to become another one: this is where the person was in it. */
  leaves(spot: Spot): void {
    this.#spot = spot;
  }

  /** What comes next is a step of its own, even if only another event is opened. */
  stepNext(): void {
    this.#next = 'push';
  }

  /**
   * Tells what is looked at now. `shown` is how the address shows it; `text` is the filter's text as it is. Another
   * list is another step, another event in the same list is not, and what is typed in one go is one.
   */
  tell(shown: Address, text: string, typing: boolean): void {
    if (this.#arriving) return;
    const address = printAddress(shown);
    const place = printAddress({ ...shown, text, event: null });
    const next = this.#next;
    this.#next = null;
    const sameList = place === this.#place;
    if (!typing) this.#typing &&= sameList;
    if (address === this.#address && text === this.#text) return;
    const first = this.#address === '';
    const push =
      !first && next !== 'replace' && (next === 'push' || (!sameList && !(typing && this.#typing)));
    if (typing && !sameList) this.#typing = true;
    if (push) {
      this.#write(this.at, this.#text, this.#spot, null);
      this.#setEnd(this.at + 1);
      this.at += 1;
      history.pushState(this.#step(this.at, text, null), '', address);
    } else this.#write(this.at, text, null, address);
    this.#spot = null;
    this.#address = address;
    this.#text = text;
    this.#place = place;
  }

  back(): void {
    if (this.canBack) history.back();
  }

  forward(): void {
    if (this.canForward) history.forward();
  }

  #step(nexwatch: number, text: string, spot: Spot | null): Step {
    return { nexwatch, text, spot };
  }

  #write(at: number, text: string, spot: Spot | null, address: string | null): void {
    // The page as it was first opened keeps its address.
    const plain = address === '#/' && location.hash === '';
    history.replaceState(
      this.#step(at, text, spot),
      '',
      plain ? undefined : (address ?? undefined),
    );
  }

  #setEnd(end: number): void {
    this.end = end;
    try {
      sessionStorage.setItem(END, String(end));
    } catch {
      // Then a reload forgets that there was a way forward.
    }
  }

  #storedEnd(): number {
    try {
      const end = Number(sessionStorage.getItem(END));
      return Number.isSafeInteger(end) ? end : 0;
    } catch {
      return 0;
    }
  }
}

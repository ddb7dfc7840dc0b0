// What the fake program is like: how many events, what is broken.

import type { TroubleCode } from '../door';
import type { GuideState } from '../types/GuideState';
import type { Status } from '../types/Status';
import { REACH_SCENES, type ReachScene } from './reach';

/** The scene. */
export interface Scene {
  events: number;
  /** Arrivals each second. */
  rate: number;
  trouble: TroubleCode | null;
  offline: boolean;
  place: Status['place'];
  quarantine: number;
  /** Ms until an answer. */
  slow: number;
  /** Counts are not ready. */
  uncounted: boolean;
  /** Counts are of what was found so far. */
  counting: boolean;
  /** How it is reachable. */
  reach: ReachScene;
  /** Gaps in the ledger. */
  gaps: number;
  /** The newest of them is open. */
  gap: boolean;
  guide: GuideState;
  /** Why the newest request was refused; null: none was. */
  refused: string | null;
  /** Shared secrets that are set. */
  secrets: number;
  /** Some acts come under several actions. */
  acts: boolean;
  /** Fields that differ in an update. */
  differences: number;
  /** Rows before those that are kept; no filter finds them. */
  history: number;
  /** The list is still being counted: it is said to be so much shorter. */
  uncountedYet: number;
  /** News of exports are lost on the way. */
  mute: boolean;
  /** The clock; the real one unless given. */
  now: () => number;
}

/** An unchanging program with many events, whatever is not given otherwise. */
export function sceneOf(scene: Partial<Scene>): Scene {
  return {
    events: 100_000,
    rate: 0,
    trouble: null,
    offline: false,
    place: 'browser',
    quarantine: 0,
    slow: 0,
    uncounted: false,
    counting: false,
    reach: 'off',
    gaps: 0,
    gap: false,
    guide: { step: 0, done: false },
    refused: null,
    secrets: 0,
    acts: false,
    differences: 4,
    history: 0,
    uncountedYet: 0,
    mute: false,
    now: () => Date.now(),
    ...scene,
  };
}

/** The scene that a page's address asks for. */
export function sceneFrom(search: string): Partial<Scene> {
  const query = new URLSearchParams(search);
  const number = (name: string, fallback: number) => Number(query.get(name) ?? fallback);
  return {
    events: number('events', 100_000),
    rate: number('rate', 1),
    trouble: query.get('trouble') as TroubleCode | null,
    offline: query.has('offline'),
    place: query.get('place') === 'window' ? 'window' : 'browser',
    quarantine: number('quarantine', 0),
    slow: number('slow', 0),
    uncounted: query.has('uncounted'),
    counting: query.has('counting'),
    reach: REACH_SCENES.find((one) => one === query.get('reach')) ?? 'online',
    gaps: number('gaps', 2),
    gap: query.has('gap'),
    guide: { step: number('guide', 1) - 1, done: !query.has('guide') && query.has('done') },
    refused: query.get('refused'),
    secrets: number('secrets', 0),
    acts: !query.has('single'),
    differences: number('differences', 4),
    history: number('history', 0),
  };
}

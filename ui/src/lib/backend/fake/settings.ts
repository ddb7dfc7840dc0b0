// Settings of the fake program.

import { AskError } from '../door';
import type { ChangeableSettings } from '../types/ChangeableSettings';
import type { GuideState } from '../types/GuideState';
import type { SettingsView } from '../types/SettingsView';
import { LOCATIONS } from './rows';

const HOUR = 3_600_000;
const KEYS = ['9f2c4be1a07d4f6e8b3d5a6c7e8f9012', '0b77d1c3a9e84f5d92c6e1f0a8b4d3e7'];

/** What may be set, and the hook key. */
export class FakeSettings {
  settings: ChangeableSettings = {
    listenPort: 7397,
    bodyKib: 4096,
    slowSeconds: 10,
    connections: 512,
    quarantineCount: 10_000,
    retryWindowHours: 24,
    keepInTray: true,
    language: 'en',
    timeZone: null,
    locationZones: [],
  };
  oldKeyUntil: number | null = null;
  #key = 0;

  constructor(public guide: GuideState) {}

  /** `/hooks/KEY` */
  get path(): string {
    return `/hooks/${KEYS[this.#key % KEYS.length]}`;
  }

  get view(): Omit<SettingsView, 'account'> {
    return {
      settings: { ...this.settings },
      oldKeyUntil: this.oldKeyUntil,
      guide: this.guide,
      file: '/Users/desk/.local/share/nexwatch/settings.json',
      languages: [
        { code: 'en', name: 'English' },
        { code: 'es', name: 'Español' },
      ],
      computerZone: 'Europe/Madrid',
      zoneNames: Intl.supportedValuesOf('timeZone'),
      locations: LOCATIONS.map(([id, name]) => ({ id, name })),
    };
  }

  set(settings: ChangeableSettings): void {
    if (settings.listenPort === 5000) {
      throw new AskError('bad-question', 'Port 5000 is taken by another program.');
    }
    const zones = [settings.timeZone, ...settings.locationZones.map(({ zone }) => zone)];
    const unknown = zones.find((zone) => zone !== null && !this.view.zoneNames.includes(zone));
    if (unknown) throw new AskError('bad-question', `There is no time zone “${unknown}”.`);
    this.settings = settings;
  }

  replaceKey(keepHours: number, now: number): void {
    this.#key += 1;
    this.oldKeyUntil = keepHours > 0 ? now + keepHours * HOUR : null;
  }
}

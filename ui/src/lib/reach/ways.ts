// The ways to be reachable as they are offered: honest in few words.

import type { WayName } from '../backend';

/** A way on its card. */
export interface WayCard {
  way: WayName;
  title: string;
  badge?: string;
  /** What it is, in one sentence. */
  says: string;
  /** Name, words, and whether they are a warning. */
  facts: readonly (readonly [name: string, words: string, caution: boolean])[];
}

/** In the order in which they are offered. */
export const WAYS: readonly WayCard[] = [
  {
    way: 'ngrok',
    title: 'ngrok',
    badge: 'Recommended, two minutes',
    says: 'Nexwatch itself opens a line to ngrok, and deliveries come down it. Nothing to install.',
    facts: [
      ['Needs', 'a free ngrok account and its authtoken.', false],
      ['Costs', 'nothing up to 20,000 requests a month.', false],
      ['Address', 'stays: each account has a fixed domain.', false],
    ],
  },
  {
    way: 'ssh',
    title: 'SSH: a server of yours, or a public service',
    says: 'The server takes HTTPS and hands it down a connection that Nexwatch keeps up.',
    facts: [
      ['Needs', 'a server with a name, HTTPS (such as Caddy) and an SSH login.', false],
      ['Costs', 'what the server costs.', false],
      ['Address', 'yours stays; that of a free public service changes after hours.', true],
    ],
  },
  {
    way: 'cloudflared',
    title: 'Cloudflare Tunnel',
    says: 'Cloudflare’s program cloudflared runs beside Nexwatch, which starts and watches it.',
    facts: [
      ['Needs', 'cloudflared here; for a fixed address a domain at Cloudflare.', false],
      ['Costs', 'nothing but the domain.', false],
      ['Address', 'a named tunnel’s stays; a quick tunnel’s changes with each start.', true],
    ],
  },
  {
    way: 'own',
    title: 'An address I already have',
    says: 'A reverse proxy, Tailscale Funnel or port forward leads here; Nexwatch tests that it does.',
    facts: [
      ['Needs', 'an HTTPS address, and somebody who looks after it.', false],
      ['Costs', 'what you pay for it.', false],
      ['Address', 'stays as long as you keep it.', false],
    ],
  },
  {
    way: 'off',
    title: 'Not yet: this computer only',
    says: 'Look round with sample deliveries, and choose later.',
    facts: [
      ['Needs', 'and', false],
      ['costs', 'nothing.', false],
      ['Address', 'none that Nexudus could call.', true],
    ],
  },
];

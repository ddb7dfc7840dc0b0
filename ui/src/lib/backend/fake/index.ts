// A program that is not there: for tests, and for `npm run dev -- --mode fake`. The address chooses the scene:
// `?events=100000&rate=2&trouble=store-unreadable&offline&place=window&quarantine=3&slow=400&uncounted&counting`, and
// `?reach=ngrok-failed&gaps=12&gap&guide=2&refused=signature-wrong&secrets=3`, and `?single&differences=200`, and
// `?history=10000000`: so many rows before them, which filters do not see.

import { AskError, type AnswerTo, type Backend, type Ears, type QuestionOf } from '../door';
import type { Answer } from '../types/Answer';
import type { EvidenceRequest } from '../types/EvidenceRequest';
import type { ExportRequest } from '../types/ExportRequest';
import type { Filter } from '../types/Filter';
import type { Gap } from '../types/Gap';
import type { Hooks } from '../types/Hooks';
import type { News } from '../types/News';
import type { Question } from '../types/Question';
import type { Row } from '../types/Row';
import type { Status } from '../types/Status';
import type { StoryOf } from '../types/StoryOf';
import { isEverything } from '../../filter/model';
import { FakeAccount } from './account';
import { actRow, folded } from './acts';
import { changedOf, detailOf } from './detail';
import { sendAgain } from './sending';
import { inSpanish } from './spanish';
import { fixedStatus, listenerStatus } from './status';
import { storyFilter, storyOf } from './stories';
import { amountsOf } from './amounts';
import { facetsOf } from './counts';
import { makeHooks } from './hooks';
import { bound, matcher } from './match';
import { parse } from './language';
import { complete } from './complete';
import { histogramOf } from './histogram';
import { gapPage, makeGaps } from './gaps';
import { History, Long, pageOf } from './history';
import { FakeQuarantine } from './quarantine';
import { FakeReach } from './reach';
import { refusalFor } from './refusals';
import { makeRow, shaken } from './rows';
import { makeSecrets } from './secrets';
import { sceneFrom, sceneOf, type Scene } from './scene';
import { FakeSettings } from './settings';
import { copied, inSpans } from './table';
import { FakeViews } from './views';

export type { Scene } from './scene';

const COLUMNS = [
  'id',
  'happened_at',
  'received_at',
  'action',
  'action_number',
  'category',
  'entity',
  'entity_id',
  'location_id',
  'location',
  'person_id',
  'person',
  'resource',
  'amount',
  'currency',
  'sentence',
  'source',
  'signature',
  'repeats',
  'flags',
];
const STEP = 37_000;

/** The fake program. */
export class FakeBackend implements Backend {
  /** Oldest first. */
  readonly rows: Row[] = [];
  /** Every question asked, for tests. */
  readonly asked: Question[] = [];
  readonly scene: Scene;
  readonly downloads: string[] = [];
  readonly #ears = new Set<Ears>();
  readonly reach: FakeReach;
  readonly quarantine: FakeQuarantine;
  readonly settings: FakeSettings;
  readonly account = new FakeAccount();
  readonly views = new FakeViews();
  readonly #history: History;
  /** Names of locations that were learnt later. */
  readonly learnt = new Map<number, string>();
  gaps: Gap[];
  /** Shared secrets, without the secrets. */
  secrets: Status['secrets'];
  #acknowledged = 0;

  constructor(scene: Partial<Scene> = {}) {
    this.scene = sceneOf(scene);
    const { events, now } = this.scene;
    this.reach = new FakeReach(this.scene.reach, now, () => this.tell({ news: 'status' }));
    this.settings = new FakeSettings(this.scene.guide);
    this.quarantine = new FakeQuarantine(this.scene.quarantine, now());
    this.gaps = makeGaps(this.scene.gaps, this.scene.gap, now());
    this.secrets = makeSecrets(this.scene.secrets, now());
    let at = this.scene.now() - 20_000;
    const times: number[] = [];
    for (let i = 0; i < events; i++) {
      times.push(at);
      at -= (shaken(i) % STEP) + 500;
    }
    this.#history = new History(this.scene.history, at);
    times.reverse().forEach((time, i) => this.rows.push(this.#make(i + 1, time)));
    this.views.begun = events;
  }

  #make(n: number, at: number): Row {
    return this.scene.acts ? actRow(makeRow(n, at), n) : makeRow(n, at);
  }

  /** The scene of a page's address. */
  static fromAddress(search: string): FakeBackend {
    const fake = new FakeBackend(sceneFrom(search));
    const each = 50;
    let due = 0;
    setInterval(() => {
      due += (fake.scene.rate * each) / 1000;
      const whole = Math.floor(due);
      due -= whole;
      if (whole > 0) fake.arrive(whole);
    }, each);
    return fake;
  }

  /** Events arrive. */
  arrive(count = 1): void {
    this.reach.heard();
    for (let i = 0; i < count; i++) {
      this.rows.push(this.#make(this.rows.length + 1, this.scene.now()));
    }
    this.#acknowledged += count;
    this.tell({
      news: 'changed',
      newestDelivery: this.rows.length,
      events: this.rows.length,
      lastArrival: this.scene.now(),
    });
  }

  /** Tells everybody who listens. */
  tell(news: News): void {
    for (const ears of this.#ears) ears.news(news);
  }

  /** The line breaks, or is mended. */
  link(up: boolean): void {
    this.scene.offline = !up;
    for (const ears of this.#ears) ears.link(up);
  }

  hear(ears: Ears): () => void {
    this.#ears.add(ears);
    ears.link(true);
    if (this.scene.offline) queueMicrotask(() => ears.link(false));
    return () => this.#ears.delete(ears);
  }

  download(address: string): void {
    this.downloads.push(address);
  }

  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['ask']>> {
    this.asked.push(question);
    const { slow, trouble, offline } = this.scene;
    await (slow > 0 ? new Promise((done) => setTimeout(done, slow)) : Promise.resolve());
    if (offline) throw new AskError('offline', 'Nexwatch cannot be reached.');
    if (trouble && question.ask !== 'status') throw new AskError(trouble, 'Said by the fake.');
    return this.#answer(question) as AnswerTo<Q['ask']>;
  }

  #list(filter: Filter, asOf: number | null): Row[] {
    const matches = matcher(filter, this.scene.now(), changedOf);
    const until = asOf ?? this.rows.length;
    return this.rows.filter((row) => row.delivery <= until && matches(row)).reverse();
  }

  #histogram({ filter, asOf, from, to, bars }: QuestionOf<'histogram'>): Answer {
    const now = this.scene.now();
    const rows = this.#list(filter, asOf);
    const range = {
      from: from ?? bound(filter.from, now) ?? rows.at(-1)?.happenedAt ?? now,
      to: to ?? bound(filter.to, now, true) ?? now + 1,
      bars,
      zone: this.settings.settings.timeZone ?? 'Europe/Madrid',
    };
    return { answer: 'histogram', ...histogramOf(rows, range), counting: this.scene.counting };
  }

  /** What was counted in the background is all there. */
  counted(): void {
    this.scene.counting = false;
    this.tell({ news: 'counted' });
  }

  #answer(question: Question): Answer {
    switch (question.ask) {
      case 'status':
        return { answer: 'status', ...this.#status() };
      case 'feed':
        return this.#feed(question);
      case 'count-new': {
        const matches = matcher(question.filter, this.scene.now(), changedOf);
        const rows = this.rows.filter((row) => row.delivery > question.since && matches(row));
        const list = question.fold && this.scene.acts ? folded(rows.reverse()) : rows;
        return { answer: 'count-new', count: list.length, asOf: this.rows.length };
      }
      case 'facets': {
        const until = question.asOf ?? this.rows.length;
        const rows = this.rows.slice(0, until);
        const { counting } = this.scene;
        return { answer: 'facets', ...facetsOf(rows, question.filter, this.scene.now()), counting };
      }
      case 'amounts': {
        const { filter, asOf, only } = question.of;
        return { answer: 'amounts', sums: amountsOf(inSpans(this.#list(filter, asOf), only)) };
      }
      case 'event':
        return this.#event(question.id);
      case 'story':
        return this.#story(question.of);
      case 'parse-filter':
        return { answer: 'parse-filter', text: question.text.trim(), ...parse(question.text) };
      case 'histogram':
        return this.#histogram(question);
      case 'complete':
        return { answer: 'complete', ...complete(question.text, question.cursor, this.rows) };
      case 'hooks':
        return { answer: 'hooks', ...this.#hooks };
      case 'send-sample':
        this.arrive();
        this.rows.at(-1)?.flags.push('sample');
        return { answer: 'send-sample', action: 'BookingCreate', status: 200 };
      case 'set-secret':
        this.secrets = makeSecrets(1, this.scene.now(), this.secrets, question.location);
        return { answer: 'set-secret', keptIn: 'keychain', released: this.quarantine.items.length };
      case 'remove-secret':
        this.secrets = this.secrets.filter(({ id }) => id !== question.id);
        return { answer: 'done' };
      case 'reach':
        return { answer: 'reach', ...this.reach.reach };
      case 'set-reach':
        this.reach.set(question.reach, question.secret);
        return { answer: 'reach', ...this.reach.reach };
      case 'retry-reach':
        this.reach.retry();
        return { answer: 'done' };
      case 'test-reach':
        return { answer: 'test-reach', ...this.reach.test() };
      case 'gaps':
        return {
          answer: 'gaps',
          ...gapPage(this.gaps, question.before, question.limit, this.scene.now()),
        };
      case 'settings':
        return this.#settings();
      case 'set-settings':
        this.settings.set(question.settings);
        return this.#settings();
      case 'replace-hook-key':
        this.settings.replaceKey(question.keepHours, this.scene.now());
        return this.#settings();
      case 'end-old-hook-key':
        this.settings.oldKeyUntil = null;
        return this.#settings();
      case 'set-guide':
        this.settings.guide = question.guide;
        return this.#settings();
      case 'quarantine':
        return this.quarantine.page(question.before, question.limit);
      case 'quarantine-item':
        return this.quarantine.one(question.id);
      case 'discard-quarantine': {
        const count = this.quarantine.discard(question.what);
        this.tell({ news: 'status' });
        return { answer: 'discard-quarantine', count };
      }
      case 'copy-rows':
        return { answer: 'copy-rows', ...copied(this.#wanted(question.export), question.export) };
      case 'views':
        return { answer: 'views', ...this.views.answer };
      case 'set-views':
        return { answer: 'views', ...this.views.set(question.views, question.revision) };
      case 'view-news':
        return { answer: 'view-news', ...this.views.news(this.rows, this.scene.now()) };
      case 'view-seen':
        this.views.seen.set(question.id, question.until);
        return { answer: 'done' };
      case 'export-views':
        return {
          answer: 'export-views',
          ...this.views.file(question.ids, this.scene.place === 'window'),
        };
      case 'import-views':
        return { answer: 'import-views', ...this.views.take(question.text) };
      case 'export-plan':
        return this.#plan(question.export, 'nexwatch-2026-11-24');
      case 'export-choose':
        return this.#plan(question.export, '/Users/desk/Documents/nexwatch-2026-11-24');
      case 'export-start': {
        const total = this.#wanted(question.export).length;
        const browser = this.scene.place === 'browser';
        this.#export(total);
        return {
          answer: 'export-start',
          job: 1,
          download: browser ? '/download/ticket' : null,
          format: question.export.format,
        };
      }
      case 'export-cancel':
        this.tell({ news: 'export', job: 1, rows: 0, total: 0, state: 'cancelled', message: null });
        return { answer: 'done' };
      case 'export-reveal':
        return { answer: 'done' };
      case 'export-state':
        this.tell({
          news: 'export',
          job: question.job,
          rows: 0,
          total: 0,
          state: 'failed',
          message: 'nothing is known of it: Nexwatch was closed meanwhile',
        });
        return { answer: 'done' };
      case 'actions':
        return { answer: 'actions', ...this.account.actions };
      case 'refresh-actions':
        this.account.refresh(this.scene.now());
        return { answer: 'actions', ...this.account.actions };
      case 'set-account':
        this.account.set(question.base, question.email, question.password);
        return this.#settings();
      case 'evidence-plan':
        return this.#evidence(question.evidence, 'nexwatch-evidence');
      case 'evidence-choose':
        return this.#evidence(question.evidence, '/Users/desk/evidence');
      case 'evidence-start': {
        this.#export(question.evidence.events.length);
        const download = this.scene.place === 'browser' ? '/download/evidence' : null;
        return { answer: 'evidence-start', job: 1, download };
      }
      case 'send-again':
        return { answer: 'send-again', ...sendAgain(question.url, question.confirmed) };
    }
  }

  #export(total: number): void {
    if (this.scene.mute) return;
    let rows = 0;
    const timer = setInterval(() => {
      rows = Math.min(total, rows + Math.ceil(total / 20));
      const done = rows >= total;
      if (done) clearInterval(timer);
      this.tell({
        news: 'export',
        job: 1,
        rows,
        total,
        state: done ? 'done' : 'running',
        message: done ? '/Users/desk/Documents/nexwatch-2026-11-24.csv' : null,
      });
    }, 100);
  }

  #plan(request: ExportRequest, stem: string): Answer {
    return {
      answer: 'export-plan',
      rows: this.#wanted(request).length,
      counting: this.scene.counting,
      target: `${stem}.${request.format}`,
      exists: stem.startsWith('/'),
      columns: COLUMNS,
    };
  }

  /** What an export writes. */
  #wanted(request: ExportRequest): Row[] {
    const rows = inSpans(this.#list(request.filter, request.asOf), request.only);
    return request.oldestFirst ? rows.reverse() : rows;
  }

  #evidence({ events: named, selected }: EvidenceRequest, stem: string): Answer {
    const events = selected
      ? inSpans(this.#list(selected.filter, selected.asOf), selected.only).map(({ id }) => id)
      : named;
    if (events.length > 500) throw new AskError('bad-question', 'At most 500 events.');
    const known = this.rows.filter(({ id }) => events.includes(id)).length;
    if (known === 0) throw new AskError('not-found', 'There is no such event.');
    return {
      answer: 'evidence-plan',
      events: known,
      bytes: known * 3120,
      target: `${stem}-2026-11-24.zip`,
      exists: false,
    };
  }

  #settings(): Answer {
    return { answer: 'settings', ...this.settings.view, account: this.account.view };
  }

  get #hooks(): Hooks {
    const local = `http://127.0.0.1:${this.settings.settings.listenPort}`;
    return makeHooks(this.rows, local, this.reach.status.url, this.settings.path);
  }

  #feed(question: Extract<Question, { ask: 'feed' }>): Answer {
    const { acts, uncounted, uncountedYet } = this.scene;
    const asOf = question.asOf ?? this.rows.length;
    const events = this.#list(question.filter, asOf);
    const near = question.fold && acts ? folded(events) : events;
    const plain = isEverything(question.filter);
    const list = new Long(near, plain ? this.#history : new History(0, 0));
    const page = pageOf(list, question, uncounted, uncountedYet);
    const counting = this.scene.counting || page.counting;
    return {
      answer: 'feed',
      ...page,
      counting,
      rows: page.rows.map((row) => this.#told(row)),
      asOf,
    };
  }

  /** A row as it is told now: in the chosen language, with what was learnt since. */
  #told(row: Row): Row {
    const { language } = this.settings.settings;
    return {
      ...row,
      location: this.learnt.get(row.locationId ?? 0) ?? row.location,
      sentence: language === 'es' ? inSpanish(row) : row.sentence,
      others: row.others.map((other) => this.#told(other)),
    };
  }

  #story(of: StoryOf): Answer {
    const events = this.rows.filter(matcher(storyFilter(of, ''), this.scene.now()));
    return { answer: 'story', ...storyOf(of, events) };
  }

  /** A location's name becomes known; older rows show it. */
  learn(location: number, name: string): void {
    this.learnt.set(location, name);
    this.tell({ news: 'revised' });
  }

  #event(id: number): Answer {
    const row = this.rows.find((one) => one.id === id);
    if (!row) throw new AskError('not-found', 'There is no such event.');
    const { differences } = this.scene;
    return { answer: 'event', ...detailOf(this.#told(row), this.rows, differences) };
  }

  #status(): Status {
    const { place, uncounted, refused } = this.scene;
    const quarantine = this.quarantine.items.length;
    const now = this.scene.now();
    const { settings } = this.settings;
    return {
      ...fixedStatus(quarantine, now),
      place,
      reach: this.reach.status,
      gap: this.gaps[0]?.to === null ? this.gaps[0] : null,
      gapsThisWeek: this.gaps.filter(({ to }) => (to ?? now) > now - 7 * 86_400_000).length,
      lastRefusal: refusalFor(refused, now - 20_000),
      secrets: this.secrets,
      lastArrival: this.rows.at(-1)?.receivedAt ?? null,
      newestDelivery: this.rows.length,
      events: this.rows.length,
      countsReady: !uncounted,
      timeZone: settings.timeZone ?? 'Europe/Madrid',
      language: settings.language,
      now,
      listener: listenerStatus(settings.listenPort, this.#acknowledged, quarantine),
    };
  }
}

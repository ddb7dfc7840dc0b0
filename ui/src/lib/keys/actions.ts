// The one list of actions.

import type { Row, StoryOf } from '../backend';
import type { Desk } from '../desk/desk.svelte';
import { storyOfEntity, storyOfLocation, storyOfPerson, storyOfResource } from '../story/links';
import type { Action } from './keys';

/** The stories that the open event, or the chosen one, is part of. */
function storiesOf(desk: Desk): Action[] {
  const story = (
    id: string,
    title: string,
    keys: string[],
    of: (row: Row) => StoryOf | null,
  ): Action => ({
    id: `story-${id}`,
    title,
    group: 'Event',
    keys,
    can: () => desk.current !== null && of(desk.current) !== null,
    run: () => {
      const whose = desk.current && of(desk.current);
      if (whose) void desk.paths.openStory(whose);
    },
  });
  return [
    story('person', 'Story of the person', ['s'], storyOfPerson),
    story('entity', 'Story of the booking, invoice or other thing itself', ['b'], storyOfEntity),
    story('resource', 'Story of the room or thing', [], storyOfResource),
    story('location', 'Story of the location', [], storyOfLocation),
  ];
}

/** Rows are selected together, and copied. */
function selecting(desk: Desk): Action[] {
  const { feed, picked } = desk;
  const page = () => Math.max(1, (feed.list?.seen().rows ?? 2) - 1);
  const shown = () => feed.length > 0;
  const list = (
    id: string,
    title: string,
    keys: string[],
    run: () => void,
    can: () => boolean = shown,
  ): Action => ({ id: `select-${id}`, title, group: 'List', keys, run, can });
  /** In the pane beside, keys mark text. */
  const here = () => shown() && document.activeElement?.closest('[data-pane]') === null;
  return [
    list(
      'one',
      'Select the row with others, or no more',
      ['x'],
      () => feed.selection.toggleRow(feed.cursor ?? 0),
      () => feed.cursor !== null,
    ),
    list('down', 'Select further down', ['Shift+ArrowDown', 'J'], () => feed.selection.extendBy(1)),
    list('up', 'Select further up', ['Shift+ArrowUp', 'K'], () => feed.selection.extendBy(-1)),
    list('page-down', 'Select a page down', ['Shift+PageDown'], () =>
      feed.selection.extendBy(page()),
    ),
    list('page-up', 'Select a page up', ['Shift+PageUp'], () => feed.selection.extendBy(-page())),
    list('first', 'Select to the first row', ['Shift+Home'], () => feed.selection.extendTo(0)),
    list('last', 'Select to the last row', ['Shift+End'], () => feed.selection.extendToEnd()),
    list('all', 'Select all that match', ['Ctrl+a'], () => feed.selection.selectAll(), here),
    {
      id: 'copy-rows',
      title: 'Copy the selected rows as a table',
      group: 'List',
      keys: ['Ctrl+c'],
      can: () => picked.copies,
      run: () => void picked.copy(),
    },
  ];
}

/** The views, by their place, and what can be done with the present one. */
function viewsOf(desk: Desk): Action[] {
  const { views } = desk;
  const action = (
    id: string,
    title: string,
    keys: string[],
    run: () => void,
    can?: () => boolean,
  ): Action => ({ id, title, group: 'Filter', keys, run, ...(can ? { can } : {}) });
  return [
    ...(views.loaded
      ? []
      : Array.from({ length: 9 }, (_, i) =>
          action(`view-${i + 1}`, `View ${i + 1}`, [String(i + 1)], () => views.chooseAt(i)),
        )),
    ...views.listed.map((view, i) =>
      action(`view-${view.id}`, `View: ${view.name}`, i < 9 ? [String(i + 1)] : [], () =>
        views.choose(view.id),
      ),
    ),
    action(
      'view-save',
      'Save what is shown in this view',
      ['Ctrl+s'],
      () => void views.save(),
      () => views.canSave,
    ),
    action(
      'view-save-as',
      'Save what is shown as a new view…',
      ['V'],
      () => views.saveAs(),
      () => views.loaded && views.unread === null,
    ),
    action(
      'view-back',
      'Back to the view as it was saved',
      ['B'],
      () => views.back(),
      () => views.changed,
    ),
    action('views', 'All views…', [], () => desk.show('views')),
  ];
}

/** Everything that can be done by key, menu or palette. */
export function actionsOf(desk: Desk): Action[] {
  const { feed } = desk;
  const page = () => Math.max(1, (feed.list?.seen().rows ?? 2) - 1);
  const shown = () => feed.length > 0;
  const list = (
    id: string,
    title: string,
    keys: string[],
    run: () => void,
    can?: () => boolean,
  ): Action => ({ id, title, group: 'List', keys, run, ...(can ? { can } : {}) });
  return [
    list('next', 'Next event', ['j', 'ArrowDown'], () => void desk.move(1), shown),
    list('previous', 'Previous event', ['k', 'ArrowUp'], () => void desk.move(-1), shown),
    list('page-down', 'A page down', ['PageDown'], () => void desk.move(page()), shown),
    list('page-up', 'A page up', ['PageUp'], () => void desk.move(-page()), shown),
    list('newest', 'To the newest', ['g', 'g g', 'Home'], () => feed.home()),
    list(
      'oldest',
      'To the oldest',
      ['G', 'End'],
      () => void desk.moveTo(feed.oldestFirst ? 0 : feed.length - 1),
      shown,
    ),
    list('go-to', 'To a date, or a share of the list…', ['g d'], () => desk.show('go-to'), shown),
    list('follow', 'Follow: jump to the newest and stay there', ['f'], () => desk.follow()),
    list('pause', 'Pause, or go on', ['p'], () => feed.togglePause()),
    list(
      'others',
      'Show or hide the other events of an act',
      ['o'],
      () => void desk.toggleOthers(),
      () => {
        const { selectedIndex } = feed;
        const row = selectedIndex === null ? undefined : feed.row(selectedIndex);
        return (row?.others.length ?? 0) > 0;
      },
    ),
    ...selecting(desk),
    list('amounts', 'What the amounts come to', ['$'], () => desk.show('amounts')),
    list('columns', 'Columns and order…', ['l'], () => desk.show('columns')),
    list('order', 'Oldest first, or newest first', ['v'], () => desk.turnOrder()),
    list('fold', 'One row for each act, or for each event', ['u'], () => feed.setFold(!feed.fold)),
    {
      id: 'open',
      title: 'Open the event',
      group: 'Event',
      keys: ['Enter'],
      can: () => feed.selected !== null && desk.noDialog,
      run: () => desk.openSelected(),
    },
    {
      id: 'close',
      title: 'Close the pane',
      group: 'Event',
      keys: ['Escape'],
      can: () => desk.noDialog,
      run: () => desk.escape(),
    },
    {
      id: 'copy-sentence',
      title: 'Copy the sentence',
      group: 'Event',
      keys: ['y'],
      can: () => desk.event.detail !== null && !desk.namesHidden,
      run: () => void desk.copy(desk.event.detail?.row.sentence ?? '', 'The sentence'),
    },
    ...storiesOf(desk),
    {
      id: 'evidence',
      title: 'Save the event, or the selected ones, as evidence…',
      group: 'Event',
      keys: ['E'],
      can: () => desk.current !== null || feed.selection.any,
      run: () => desk.show('evidence'),
    },
    {
      id: 'send-again',
      title: 'Send the event again…',
      group: 'Event',
      keys: ['S'],
      can: () => desk.current !== null,
      run: () => desk.show('send-again'),
    },
    {
      id: 'search',
      title: 'Search and filter',
      group: 'Filter',
      keys: ['/'],
      run: () => desk.focusQuery(),
    },
    {
      id: 'clear',
      title: 'Clear the filter',
      group: 'Filter',
      keys: ['c'],
      can: () => desk.filtered,
      run: () => desk.query.clear(),
    },
    ...viewsOf(desk),
    {
      id: 'time',
      title: 'Choose the time range',
      group: 'Filter',
      keys: ['t'],
      run: () => desk.show('time'),
    },
    {
      id: 'histogram',
      title: 'Go to the events over time',
      group: 'Filter',
      keys: ['T'],
      run: () => void desk.histogram.enter(),
    },
    {
      id: 'histogram-fold',
      title: 'Show or hide events over time',
      group: 'Window',
      keys: [],
      run: () => desk.histogram.setFolded(!desk.histogram.folded),
    },
    {
      id: 'zoom-out',
      title: 'Zoom out of a stretch of time',
      group: 'Filter',
      keys: ['-'],
      can: () => desk.histogram.zoom.backTo !== null,
      run: () => desk.histogram.zoom.out(),
    },
    {
      id: 'query-language',
      title: 'What can be typed into the query box',
      group: 'Filter',
      keys: [],
      run: () => desk.show('language'),
    },
    {
      id: 'back',
      title: 'Back to what was shown before',
      group: 'Window',
      keys: ['Alt+ArrowLeft'],
      can: () => desk.paths.walk.canBack,
      run: () => desk.paths.walk.back(),
    },
    {
      id: 'forward',
      title: 'Forward again',
      group: 'Window',
      keys: ['Alt+ArrowRight'],
      can: () => desk.paths.walk.canForward,
      run: () => desk.paths.walk.forward(),
    },
    {
      id: 'facets',
      title: 'Show or hide views and counts',
      group: 'Window',
      keys: ['['],
      run: () => desk.toggleFacets(),
    },
    {
      id: 'export',
      title: 'Export what is seen…',
      group: 'Window',
      keys: ['e'],
      run: () => desk.show('export'),
    },
    {
      id: 'names',
      title: 'Hide or show names',
      group: 'Window',
      keys: ['h'],
      run: () => desk.toggleNames(),
    },
    {
      id: 'hooks',
      title: 'Set-up, step by step…',
      group: 'Window',
      keys: ['w'],
      run: () => desk.openGuide(),
    },
    {
      id: 'settings',
      title: 'Settings…',
      group: 'Window',
      keys: [','],
      run: () => desk.openSettings(),
    },
    {
      id: 'reach',
      title: 'Reachability…',
      group: 'Window',
      keys: ['r'],
      run: () => desk.openSettings('reach'),
    },
    {
      id: 'reach-test',
      title: 'Test now whether this computer is reachable',
      group: 'Window',
      keys: [],
      can: () => desk.status.value?.reach.state === 'online',
      run: () => {
        desk.openSettings('reach');
        void desk.reach.test();
      },
    },
    {
      id: 'reach-retry',
      title: 'Retry now to become reachable',
      group: 'Window',
      keys: [],
      can: () => !['off', 'online'].includes(desk.status.value?.reach.state ?? 'off'),
      run: () => {
        desk.openSettings('reach');
        void desk.reach.retry();
      },
    },
    {
      id: 'addresses',
      title: 'Hook addresses…',
      group: 'Window',
      keys: ['a'],
      run: () => desk.openSettings('addresses'),
    },
    {
      id: 'secrets',
      title: 'Shared secrets…',
      group: 'Window',
      keys: [],
      run: () => desk.openSettings('secrets'),
    },
    {
      id: 'language',
      title: 'Language and clocks…',
      group: 'Window',
      keys: [],
      run: () => desk.openSettings('language'),
    },
    {
      id: 'account',
      title: 'Account, and the actions it knows…',
      group: 'Window',
      keys: [],
      run: () => desk.openSettings('account'),
    },
    {
      id: 'gaps',
      title: 'Gaps: when deliveries may be missing…',
      group: 'Window',
      keys: ['m'],
      run: () => desk.openGaps(),
    },
    {
      id: 'sample',
      title: 'Send a sample delivery',
      group: 'Window',
      keys: [],
      run: () => void desk.sendSample(),
    },
    {
      id: 'quarantine',
      title: 'Quarantine…',
      group: 'Window',
      keys: ['q'],
      run: () => desk.show('quarantine'),
    },
    {
      id: 'help',
      title: 'All keys',
      group: 'Window',
      keys: ['?'],
      run: () => desk.show('help'),
    },
    {
      id: 'palette',
      title: 'Find an action',
      group: 'Window',
      keys: ['Ctrl+k'],
      whileTyping: true,
      run: () => desk.show('palette'),
    },
  ];
}

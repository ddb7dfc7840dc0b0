// What can lie over the window, and beside the list.

/** What lies over the window, if anything. */
export type Overlay =
  | 'none'
  | 'help'
  | 'palette'
  | 'export'
  | 'quarantine'
  | 'time'
  | 'language'
  | 'menu'
  | 'evidence'
  | 'send-again'
  | 'columns'
  | 'amounts'
  | 'go-to'
  | 'view'
  | 'views';

/** What the right pane holds. */
export type Side = 'nothing' | 'event' | 'guide' | 'settings' | 'gaps';

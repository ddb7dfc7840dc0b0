// What a person calls the platform's entities.

const TITLES: Record<string, string> = {
  Checkin: 'check-in',
  FailedCheckin: 'refused check-in',
  Coworker: 'customer',
  BlogPost: 'article',
  Tariff: 'plan',
  FloorPlanDesk: 'desk',
  FloorPlanLayout: 'floor plan',
  Business: 'location',
  ChatUserMessage: 'chat message',
  CalendarEvent: 'event',
  HelpDeskMessage: 'help-desk message',
  HelpDeskComment: 'help-desk reply',
  NewsLetterSubscriber: 'newsletter subscriber',
};

/** `CoworkerInvoice` → `invoice`. */
export function entityTitle(name: string): string {
  return (
    TITLES[name] ??
    name
      .replace(/^Coworker(?=[A-Z])/, '')
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
  );
}

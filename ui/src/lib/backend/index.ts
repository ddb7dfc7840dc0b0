// Picks the way to the program that this page has.

import type { Backend } from './door';

export { AskError, asAskError } from './door';
export type { AnswerTo, Ask, Backend, Ears, QuestionOf, TroubleCode } from './door';
export { refusalOf, troubleOf, type Trouble, type Remedy } from './trouble';
export type { AccountView } from './types/AccountView';
export type { ActionCount } from './types/ActionCount';
export type { ActionInfo } from './types/ActionInfo';
export type { Actions } from './types/Actions';
export type { AmountSum } from './types/AmountSum';
export type { Anchor } from './types/Anchor';
export type { CategoryCount } from './types/CategoryCount';
export type { Changes } from './types/Changes';
export type { ChangeableSettings } from './types/ChangeableSettings';
export type { Clause } from './types/Clause';
export type { Completion } from './types/Completion';
export type { Completions } from './types/Completions';
export type { CopiedRows } from './types/CopiedRows';
export type { DeliveryDetail } from './types/DeliveryDetail';
export type { Difference } from './types/Difference';
export type { EntityFilter } from './types/EntityFilter';
export type { EventDetail } from './types/EventDetail';
export type { EvidencePlan } from './types/EvidencePlan';
export type { EvidenceRequest } from './types/EvidenceRequest';
export type { ExportFormat } from './types/ExportFormat';
export type { ExportPlan } from './types/ExportPlan';
export type { ExportRequest } from './types/ExportRequest';
export type { Facets } from './types/Facets';
export type { Fact } from './types/Fact';
export type { FeedPage } from './types/FeedPage';
export type { Filter } from './types/Filter';
export type { FlagCount } from './types/FlagCount';
export type { Gap } from './types/Gap';
export type { GapCause } from './types/GapCause';
export type { GapPage } from './types/GapPage';
export type { GuideState } from './types/GuideState';
export type { Histogram } from './types/Histogram';
export type { Hook } from './types/Hook';
export type { HookGroup } from './types/HookGroup';
export type { Hooks } from './types/Hooks';
export type { ImportedViews } from './types/ImportedViews';
export type { KnownLocation } from './types/KnownLocation';
export type { Language } from './types/Language';
export type { LastRefusal } from './types/LastRefusal';
export type { LocationCount } from './types/LocationCount';
export type { LocationZone } from './types/LocationZone';
export type { Needle } from './types/Needle';
export type { News } from './types/News';
export type { ParsedFilter } from './types/ParsedFilter';
export type { ParseTrouble } from './types/ParseTrouble';
export type { PersonFilter } from './types/PersonFilter';
export type { Discard } from './types/Discard';
export type { QuarantineDetail } from './types/QuarantineDetail';
export type { QuarantineItem } from './types/QuarantineItem';
export type { Question } from './types/Question';
export type { Reach } from './types/Reach';
export type { ReachChange } from './types/ReachChange';
export type { ReachSettings } from './types/ReachSettings';
export type { ReachState } from './types/ReachState';
export type { ReachStatus } from './types/ReachStatus';
export type { ReachTrouble } from './types/ReachTrouble';
export type { ResourceFilter } from './types/ResourceFilter';
export type { Row } from './types/Row';
export type { SecretStatus } from './types/SecretStatus';
export type { Selected } from './types/Selected';
export type { SelfTest } from './types/SelfTest';
export type { SentAgain } from './types/SentAgain';
export type { SettingsView } from './types/SettingsView';
export type { Span } from './types/Span';
export type { SshLogin } from './types/SshLogin';
export type { SshSettings } from './types/SshSettings';
export type { Status } from './types/Status';
export type { Story } from './types/Story';
export type { StoryOf } from './types/StoryOf';
export type { View } from './types/View';
export type { ViewColumn } from './types/ViewColumn';
export type { ViewNews } from './types/ViewNews';
export type { Views } from './types/Views';
export type { ViewsFile } from './types/ViewsFile';
export type { WayName } from './types/WayName';

/** The door: the window's bridge where there is one, else HTTP. */
export async function openDoor(): Promise<Backend> {
  if (import.meta.env.MODE === 'fake') {
    const { FakeBackend } = await import('./fake/index');
    return FakeBackend.fromAddress(location.search);
  }
  if ('__TAURI_INTERNALS__' in window) {
    const { TauriBackend } = await import('./tauri');
    return new TauriBackend();
  }
  const { HttpBackend } = await import('./http');
  return new HttpBackend();
}

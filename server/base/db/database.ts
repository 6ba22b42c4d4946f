import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { Fact } from '../../../shared/city/facts.ts'
import type {
  AlertEvidence,
  AlertRule,
  AlertStatus,
  EscalationLevel,
  FalseAlarm,
  IncidentKind,
  Severity,
} from '../../../shared/desk/alerts/alerts.ts'
import type { AsideKind } from '../../../shared/desk/aside/aside.ts'
import type { HandoverSummary } from '../../../shared/desk/duty/duty.ts'
import type {
  ChannelKind,
  DeliveryAnswer,
  DeliveryState,
  Language,
  MailSettings,
  Notice,
  NoticeEvent,
  QuietHours,
  Timings,
} from '../../../shared/desk/notifications/notifications.ts'
import type { PauseKind, PauseRepeat, PauseState } from '../../../shared/desk/pauses/pauses.ts'
import type {
  FixPause,
  FixSource,
  Stage,
  Verification,
} from '../../../shared/desk/rectifications/rectifications.ts'
import type { ColumnClass, ColumnCounts } from '../../../shared/monitor/columns/columns.ts'
import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { RewrittenItem } from '../../../shared/monitor/freshness/findings.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { BrokenLinks, LinkKind, LinkState, ScanState } from '../../../shared/monitor/links/links.ts'
import type { Role, Scope } from '../../../shared/people/rights/users.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Availability, SiteState, Verdict } from '../../../shared/register/sites/states.ts'
import type { ContactKind } from '../../../shared/register/units/units.ts'
import type { GroupState } from '../../desk/notifications/delivery/group.ts'
import type { StoredChannelSecrets } from '../secrets/stored.ts'

/** Written once, never changed. */
type Once<T> = ColumnType<T, T, never>
/** Stored as jsonb: a string goes in, the value comes out. */
type Json<T> = ColumnType<T, string, string>

export interface DistrictTable {
  code: string
  name: string
  name_en: string
  position: number
}

/** The tree of divisions, as the product brings it and an administrator has corrected it. */
export interface DivisionTable {
  code: string
  name: string
  name_en: string
  level: Division['level']
  /** Null of the nation. */
  parent: string | null
  /** It is no more; its sites belong to this one since. */
  successor: string | null
  edited: Generated<boolean>
  version: Generated<number>
}

export interface UnitTable {
  id: Generated<number>
  name: string
  district: string
  /** Counts how often its contacts were changed. */
  contacts_version: Generated<number>
}

/** Whom to ring at a unit. */
export interface UnitContactTable {
  id: Generated<number>
  unit_id: number
  kind: ContactKind
  position: number
  name: string
  post: string
  phone: string
  mobile: string
  mail: string
}

/** The pinyin of names, initials and whole, as far as they were looked for. */
export interface NameLettersTable {
  name: string
  letters: string
}

export interface SiteTable {
  id: Generated<number>
  code: string
  name: string
  url: string
  level: Level
  /** The group that it is shown in. */
  district: string
  /** Where it belongs by its code or the register: the group's own division, or one below. */
  division: string | null
  unit_id: number
  /** What it is hosted on; sites of one platform fail together. */
  platform: string | null
  /** Overrides the configured interval. */
  interval_s: number | null
  /** True for the demo fleet's, which alone may be visited on loopback. */
  demo: Generated<boolean>
  /** Filed downtime or closure: nothing counts until then. Null `paused_until` with a reason: for good. */
  paused_until: Date | null
  pause_reason: string | null
  /** The plan that pauses it now; null when it is paused by hand, or not. */
  pause_plan_id: number | null
  /** When it was last resumed by hand: windows that had begun by then are over for it. */
  resumed_at: Date | null
  created_at: Once<Date>
}

/** Downtime that was filed ahead; it covers the sites that have all of what is not null. */
export interface PausePlanTable {
  id: Generated<number>
  kind: Once<PauseKind>
  site_id: Once<number | null>
  unit_id: Once<number | null>
  district: Once<string | null>
  platform: Once<string | null>
  from_at: Once<Date>
  to_at: Once<Date>
  repeat: ColumnType<PauseRepeat | null, string | null, never>
  /** End of its last window. */
  ends_at: Once<Date>
  reason: Once<string>
  state: PauseState
  filed_by: Once<number>
  filed_at: Once<Date>
  decided_by: number | null
  decided_at: Date | null
  answer: Generated<string>
  /** Beginning of the window that is being carried out. */
  window_from: Date | null
  version: Generated<number>
}

/** What the monitor knows of a site now; one row a site, changed by the record step only (and `next_visit_at`). */
export interface SiteStateTable {
  site_id: number
  state: SiteState
  state_since: Date
  availability: Availability
  cause: string | null
  since: Date
  v1: Verdict
  share: number | null
  /** When V1 was last counted. */
  v1_at: Date | null
  v2: Verdict
  v3: Generated<Verdict>
  v3_counts: Json<ColumnCounts> | null
  /** When V3 was judged last; null: something of its columns was seen since. */
  v3_at: Date | null
  newest: string | null
  fail_streak: number
  ok_streak: number
  next_visit_at: Date
  last_visit_at: Date | null
  last_ok_at: Date | null
  latency_ms: number | null
  status: number | null
  body_hash: string | null
  etag: string | null
  last_modified: string | null
  cert_days_left: number | null
  /** Where the site answered last. */
  address: string | null
  /** Fingerprint of the certificate that it showed last. */
  certificate: string | null
  /** The last 21 spaced visits as bits, the newest lowest, 1 for a failure (`shared/monitor/verdicts/flapping.ts`). */
  flap_history: Generated<number>
  flapping: Generated<boolean>
  /** The page is read again even if its bytes are the same. */
  read_again: boolean
  /** The last reading of the home page, and when it was made. */
  finding: Json<Finding> | null
  finding_at: Date | null
  /** What the last page kept of the site shows; null when none was kept yet. */
  kept: Shown | null
  /** The first turn taken of which nothing is recorded yet; null: nothing is waited for. */
  waiting_since: Generated<Date | null>
}

/** A page that proves something, by the SHA-256 of its content; brotli. */
export interface PageCopyTable {
  hash: Once<string>
  bytes: Once<Buffer>
  /** Of the page as it came, in bytes. */
  size: Once<number>
  is_cut: Once<boolean>
  kept_at: Once<Date>
}

/** Which page was seen when the verdict of a site changed. */
export interface SiteEvidenceTable {
  id: Generated<number>
  site_id: Once<number>
  at: Once<Date>
  shown: Once<Shown>
  state: Once<SiteState>
  url: Once<string>
  finding: ColumnType<Finding | null, string | null, never>
  encoding: Once<string>
  hash: Once<string>
}

/** A deep scan of a site's links; at most one of a site is not done. */
export interface LinkScanTable {
  id: Generated<number>
  site_id: Once<number>
  state: ScanState
  /** Null: it came by the week. */
  requested_by: number | null
  max_depth: number
  max_pages: number
  max_links: number
  delay_ms: number
  /** Pages read for links, and links visited. */
  pages: Generated<number>
  checked: Generated<number>
  /** A limit was reached: not everything was looked at. */
  is_cut: Generated<boolean>
  created_at: Once<Date>
  started_at: Date | null
  finished_at: Date | null
  /** When the next link may be visited; in the future while a worker is at it. */
  next_at: Date
  /** What it found in all; null while it is not done. */
  found: Json<BrokenLinks> | null
  /** When its broken links are to be visited once more, and when they were last. */
  recheck_at: Date | null
  rechecked_at: Date | null
  version: Generated<number>
}

/** A link of a scan: first the frontier, in the end the finding. */
export interface LinkTargetTable {
  id: Generated<number>
  scan_id: Once<number>
  url_hash: Once<string>
  url: Once<string>
  /** What it has in common with addresses made by the same template. */
  shape: Once<string>
  kind: LinkKind
  /** On the site's own host. */
  is_inside: boolean
  depth: number
  on_home: boolean
  found_on: string
  found_text: string
  visits: Generated<number>
  /** Visits answered by 404 or 410. */
  gone: Generated<number>
  next_at: Date
  status: number | null
  cause: string | null
  state: Generated<LinkState>
}

/** A column of a site, as its home page (`home_`) and its own page (`list_`) showed it last. */
export interface SiteColumnTable {
  id: Generated<number>
  site_id: number
  name: string
  url: string | null
  class: ColumnClass
  confirmed_by: number | null
  confirmed_at: Date | null
  seen_at: Date
  home_items: number | null
  /** Dates of its items, newest first. */
  home_dates: Json<string[]> | null
  list_items: number | null
  list_dates: Json<string[]> | null
  list_read_at: Date | null
  /** When its own page was visited last, whether or not that could be read. */
  list_tried_at: Date | null
  /** Readings of its own page without any item, running. */
  blank_runs: Generated<number>
  /** When its own page is to be read; null: it has none that may be. */
  next_visit_at: Date | null
}

/** An item that was seen on a site's home page, by link and title, whenever that was. */
export interface SiteItemTable {
  site_id: number
  key: string
  /** Shanghai day on which it was first seen, and the date that it bore then. */
  first_day: string
  first_date: string | null
}

/** The second signal of a site: items that were never seen before. */
export interface SiteNewsTable {
  site_id: number
  /** Shanghai day since which items are remembered. */
  since: string
  new_day: string | null
  new_count: number
  new_titles: Json<string[]>
  rewritten: Json<RewrittenItem[]>
  /** Items remembered. */
  items: number
}

/** What a person found out about how fresh a site is. */
export interface SiteSaidTable {
  site_id: number
  said_by: number
  said_at: Date
  /** Shanghai day of the newest item; null: it shows none. */
  updated_on: string | null
  note: string
  /** What the monitor had found by then. */
  machine_newest: string | null
  expires_at: Date
}

/** A visit, kept raw; partitioned by UTC day until the day is packed. */
export interface VisitTable {
  site_id: number
  at: Date
  /** 0 ok, 1 failed, 2 blocked. */
  outcome: number
  cause: string | null
  status: number | null
  /** A confirmation or a visit by request: not one of the spaced visits that V1 counts. */
  extra: boolean
  /** Counts for nothing: blocked, or the monitor's line was in doubt. */
  excluded: boolean
  dns_ms: number | null
  connect_ms: number | null
  tls_ms: number | null
  ttfb_ms: number | null
  total_ms: number | null
  bytes: number
}

/** Spaced visits of an hour (`visit_hour`) or a Shanghai day (`visit_day`). */
interface RollUp {
  site_id: number
  total: number
  failed: number
  excluded: number
  ok_ms_sum: number
  max_ms: number
}
export interface VisitHourTable extends RollUp {
  hour: Date
}
export interface VisitDayTable extends RollUp {
  day: string
}

/** All visits (`packed_visit`) or hours (`packed_hour`) of a site and UTC day, as `server/monitor/visits/pack.ts` has them. */
export interface PackedTable {
  site_id: number
  /** Days since 1970-01-01. */
  day: number
  /** How many visits it stands for. */
  visits: number
  data: Buffer
}

/** What has been packed of the day that is being packed. */
export interface PackDraftTable extends PackedTable {
  /** The table that it is packed from. */
  source: 'visit' | 'visit_hour'
}

/** One row: the number of the last fact. Updating it puts transactions that write facts in commit order. */
export interface FactCounterTable {
  id: number
  seq: number
}

export interface FactTable {
  seq: Once<number>
  at: Once<Date>
  kind: Once<Fact['kind']>
  site_id: Once<number | null>
  district: Once<string | null>
  alert_id: Once<number | null>
  rectification_id: Once<number | null>
  actor_id: Once<number | null>
  actor_name: Once<string | null>
  data: ColumnType<Fact['data'], string, never>
}

/** What the register said of a site until a fact; written by a trigger whenever a site is changed or deleted. */
export interface SitePastTable {
  id: Generated<number>
  site_id: Once<number>
  /** The first fact that it no longer holds for. */
  until_seq: Once<number>
  code: Once<string>
  name: Once<string>
  district: Once<string>
  unit_id: Once<number>
  level: Once<Level>
  platform: Once<string | null>
  created_at: Once<Date>
}

/** What all facts up to `seq` come to; brotli. Only saves time: it can be deleted at any moment. */
export interface BoardCheckpointTable {
  seq: Once<number>
  bytes: Once<Buffer>
}

/** Sites that fail together for one cause. */
export interface IncidentTable {
  id: Generated<number>
  kind: Once<IncidentKind>
  /** Name of the platform, address, or fingerprint of the certificate. */
  key: Once<string>
  opened_at: Once<Date>
  /** When a site joined or left last. */
  changed_at: Date
  resolved_at: Date | null
}

export interface AlertTable {
  id: Generated<number>
  site_id: number | null
  /** The incident that a PLATFORM alert is of, or that a DOWN alert is part of. */
  incident_id: Generated<number | null>
  rule: AlertRule
  severity: Severity
  status: AlertStatus
  opened_at: Date
  acknowledged_by: number | null
  acknowledged_at: Date | null
  acknowledged_until: Date | null
  note: string | null
  assignee_id: number | null
  silenced_until: Date | null
  silence_reason: string | null
  resolved_at: Date | null
  resolved_by: number | null
  recurrences: number
  evidence: Json<AlertEvidence>
  /** The monitor's, where a person has set `severity`. */
  monitor_severity: Generated<Severity | null>
  assigned_unit_id: Generated<number | null>
  /** Whose acknowledgement ran out, and when, until somebody acknowledges again. */
  forgotten_by: Generated<number | null>
  forgotten_at: Generated<Date | null>
  /** Its own unit has said that it knows, and until when it has it in hand. */
  informed_by: Generated<number | null>
  informed_at: Generated<Date | null>
  informed_until: Generated<Date | null>
  informed_note: Generated<string | null>
  false_alarm: ColumnType<FalseAlarm | null, string | null | undefined, string | null>
  /** The incident that a person split it from: it is not joined to that one again. */
  apart_from: Generated<number | null>
  /** Since when nobody has it; null: somebody has. Which severity its next step is for, and when that is due. */
  escalation_since: Generated<Date | null>
  escalation_for: Generated<Severity | null>
  escalation_next_at: Generated<Date | null>
  /** Who was called last, and when. */
  escalation_level: Generated<EscalationLevel | null>
  escalated_at: Generated<Date | null>
  version: number
}

/** Whom a comment mentions. */
export interface AlertMentionTable {
  alert_id: Once<number>
  user_id: Once<number>
  by_id: Once<number>
  at: Once<Date>
}

/** Filters of a list under a name, of one person or shared with all. */
export interface SavedViewTable {
  id: Generated<number>
  owner_id: Once<number>
  name: string
  query: Json<Record<string, string>>
  shared: boolean
  created_at: Once<Date>
}

/** One person's turn of duty at a district's desk, or with null the city's. */
export interface DutyShiftTable {
  id: Generated<number>
  district: string | null
  user_id: number
  starts_at: Date
  ends_at: Date
  version: Generated<number>
}

export interface DutyHandoverTable {
  id: Generated<number>
  district: Once<string | null>
  author_id: Once<number>
  at: Once<Date>
  text: Once<string>
  summary: ColumnType<HandoverSummary | null, string | null, never>
  signed_by: number | null
  signed_at: Date | null
}

export interface RectificationTable {
  id: Generated<number>
  site_id: number
  unit_id: number
  stage: Stage
  assignee_id: number | null
  raised_by: number | null
  raised_at: Once<Date>
  due_on: string
  due_workdays: number
  submitted_at: Date | null
  submitted_note: string | null
  closed_at: Date | null
  returned_count: number
  relapses: number
  overridden: boolean
  verification: Json<Verification> | null
  source: Generated<FixSource>
  /** What it is about, beside the rules of its alerts. */
  rule: string | null
  problem: string | null
  reference: string | null
  incident_id: number | null
  batch_id: number | null
  at_risk_on: string | null
  pause: Json<FixPause> | null
  paused_workdays: Generated<number>
  /** The due day of which it was told that it comes near, and that it is over. */
  told_at_risk: string | null
  told_overdue: string | null
  /** Of a term in hours: when it ends, and how many they are; null of one in working days. */
  due_at: Date | null
  due_hours: number | null
  /** Of a term in working days: so many of them after this day; null of before that was kept. */
  due_from: string | null
  due_in: number | null
  /** Some year of it was not announced when it was reckoned. */
  due_provisional: Generated<boolean>
  /** When it was first given to somebody, and first taken on; null: that never happened. */
  assigned_at: Generated<Date | null>
  accepted_at: Generated<Date | null>
  /** By which change of the calendar it was reckoned. */
  calendar_revision: Generated<number>
  version: number
}

/** More time or a pause that somebody asks for; at most one of a fix is open. */
export interface RectificationRequestTable {
  id: Generated<number>
  rectification_id: Once<number>
  kind: Once<'extend' | 'pause'>
  until: Once<string>
  reason: Once<string>
  asked_by: Once<number>
  asked_at: Once<Date>
  state: 'open' | 'granted' | 'refused' | 'withdrawn' | 'lapsed'
  answered_by: Generated<number | null>
  answered_at: Generated<Date | null>
  answer: Generated<string | null>
}

/** A version of a year of the working-day calendar; without days it is withdrawn. */
export interface CalendarYearTable {
  id: Generated<number>
  year: Once<number>
  version: Once<number>
  off: Json<string[]> | null
  worked: Json<string[]> | null
  source: Once<string>
  note: Once<string>
  loaded_by: Once<number>
  loaded_at: Once<Date>
}

/** What a file holds, by its SHA-256: once, however often it is added. */
export interface FileContentTable {
  hash: Once<string>
  size: Once<number>
  bytes: Once<Buffer>
}

export interface RectificationFileTable {
  id: Generated<number>
  rectification_id: number
  name: string
  type: string
  hash: string
  uploaded_by: number
  uploaded_at: Once<Date>
  hidden_by: number | null
  hidden_at: Date | null
}

export interface RectificationAlertTable {
  rectification_id: number
  alert_id: number
}

export interface UserTable {
  id: Generated<number>
  username: string
  name: string
  role: Role
  /**
   * Scope: districts, units, or with neither the city. Written as the first and those besides; read as `districts`
   * and `unit_ids`, which the database makes of them.
   */
  district: ColumnType<never, string | null, string | null>
  unit_id: ColumnType<never, number | null, number | null>
  more_districts: ColumnType<never, string[] | undefined, string[]>
  more_unit_ids: ColumnType<never, number[] | undefined, number[]>
  districts: ColumnType<string[], never, never>
  unit_ids: ColumnType<number[], never, never>
  password_hash: string
  must_change_password: boolean
  /** Exists only with the demo fleet. */
  demo: boolean
  disabled_at: Date | null
  /** Base32; without `totp_enabled_at` it waits to be confirmed by a first code. */
  totp_secret: string | null
  totp_enabled_at: Date | null
  /** The time step (30 s) of the last code that was taken: none is taken twice. */
  totp_last_step: number | null
  /** Who this is at the sign-in provider. */
  oidc_issuer: string | null
  oidc_subject: string | null
  /** The ways to this person; '' where there is none. */
  phone: Generated<string>
  mobile: Generated<string>
  mail: Generated<string>
  /** What notices to this person are written in. */
  language: Generated<Language>
  /** When it was given the subscriptions of its role, once. */
  subscribed_at: Date | null
  last_sign_in_at: Date | null
  created_at: Once<Date>
}

/** What lets somebody in whose telephone is lost; each once. */
export interface RecoveryCodeTable {
  user_id: Once<number>
  code_hash: Once<string>
  used_at: Date | null
}

/** Failed sign-ins of one name from one network, or (empty name) of all names from it. */
export interface SignInFailureTable {
  id: Generated<number>
  username: Once<string>
  network: Once<string>
  failures: number
  /** How often it was shut out lately; each time lasts longer. */
  lockouts: number
  /** End of the window in which failures count together or, at their maximum, of the lockout. */
  until: Date
  last_at: Date
}

export interface SessionTable {
  sid: string
  sess: Json<unknown>
  expire: Date
}

export interface ApiTokenTable {
  id: Generated<number>
  user_id: number
  label: string
  token_hash: string
  /** It may look, and change nothing. */
  read_only: Generated<boolean>
  /** Narrower than its person's scope; with neither it is that scope. Columns as an account's. */
  district: ColumnType<never, string | null, string | null>
  unit_id: ColumnType<never, number | null, number | null>
  more_districts: ColumnType<never, string[] | undefined, string[]>
  more_unit_ids: ColumnType<never, number[] | undefined, number[]>
  districts: ColumnType<string[], never, never>
  unit_ids: ColumnType<number[], never, never>
  created_at: Once<Date>
  expires_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
}

export interface WallLinkTable {
  id: Generated<number>
  label: string
  token_hash: string
  created_by: number
  created_at: Once<Date>
  revoked_at: Date | null
  last_used_at: Date | null
}

export interface AuditTable {
  id: Generated<number>
  at: Once<Date>
  actor_id: Once<number | null>
  actor_name: Once<string | null>
  action: Once<string>
  entity: Once<string>
  entity_id: Once<number | null>
  detail: ColumnType<Record<string, unknown>, string, never>
}

/** Small values of the installation, such as whether it holds the demo. */
export interface SettingTable {
  key: string
  value: Json<unknown>
}

export interface NotificationChannelTable {
  id: Generated<number>
  kind: Once<ChannelKind>
  name: string
  hourly_cap: number
  mail: Json<MailSettings> | null
  /** For the sender alone. */
  secrets: Json<StoredChannelSecrets>
  disabled_at: Date | null
  created_at: Once<Date>
  version: Generated<number>
}

export interface NotificationSubscriptionTable {
  id: Generated<number>
  /** A person's own, else a district's, else the working group's. */
  user_id: Once<number | null>
  district: Once<string | null>
  channel_id: number
  address: string
  scope: Json<Scope>
  severities: Json<Severity[]>
  rules: Json<AlertRule[]>
  events: Json<NoticeEvent[]>
  quiet: Json<QuietHours> | null
  break_through: boolean
  language: Language
  timings: Json<Timings>
  /** Facts up to this one were there before it. */
  since_seq: number
  version: Generated<number>
}

/** Alerts of one place, as one subscription was told of them. */
export interface NotificationGroupTable {
  subscription_id: number
  /** A district, or '' for what is the whole city's. */
  place: string
  state: Json<GroupState>
  next_at: Date | null
}

/** One row: up to which fact subscribers were told. */
export interface NotificationCursorTable {
  id: number
  seq: number
}

/** A message on its way, and what became of it. */
export interface NotificationDeliveryTable {
  id: Generated<number>
  channel_id: Once<number>
  subscription_id: number | null
  user_id: Once<number | null>
  district: Once<string | null>
  address: Once<string>
  notice: Json<Notice>
  state: DeliveryState
  created_at: Once<Date>
  attempts: Generated<number>
  next_at: Date | null
  queued_at: Date | null
  tried_at: Date | null
  sent_at: Date | null
  read_at: Date | null
  answer: Json<DeliveryAnswer> | null
}

/** What cannot be done however often it is tried (`shared/desk/aside/aside.ts`). */
export interface SetAsideTable {
  id: Generated<number>
  kind: Once<AsideKind>
  ref: Once<string>
  site_id: Once<number | null>
  first_at: Once<Date>
  at: Date
  times: Generated<number>
  error: string
  code: string | null
  data: string | null
  ended_at: Generated<Date | null>
  /** Null when it ended by itself. */
  ended_by: Generated<number | null>
}

export interface Database {
  district: DistrictTable
  division: DivisionTable
  unit: UnitTable
  unit_contact: UnitContactTable
  name_letters: NameLettersTable
  site: SiteTable
  pause_plan: PausePlanTable
  site_state: SiteStateTable
  site_column: SiteColumnTable
  site_item: SiteItemTable
  site_news: SiteNewsTable
  site_said: SiteSaidTable
  visit: VisitTable
  visit_hour: VisitHourTable
  visit_day: VisitDayTable
  packed_visit: PackedTable
  packed_hour: PackedTable
  pack_draft: PackDraftTable
  fact_counter: FactCounterTable
  fact: FactTable
  site_past: SitePastTable
  board_checkpoint: BoardCheckpointTable
  incident: IncidentTable
  alert: AlertTable
  alert_mention: AlertMentionTable
  saved_view: SavedViewTable
  duty_shift: DutyShiftTable
  duty_handover: DutyHandoverTable
  calendar_year: CalendarYearTable
  rectification_request: RectificationRequestTable
  rectification: RectificationTable
  rectification_alert: RectificationAlertTable
  rectification_file: RectificationFileTable
  file_content: FileContentTable
  user_account: UserTable
  session: SessionTable
  recovery_code: RecoveryCodeTable
  sign_in_failure: SignInFailureTable
  api_token: ApiTokenTable
  wall_link: WallLinkTable
  audit: AuditTable
  setting: SettingTable
  page_copy: PageCopyTable
  site_evidence: SiteEvidenceTable
  link_scan: LinkScanTable
  link_target: LinkTargetTable
  notification_channel: NotificationChannelTable
  notification_subscription: NotificationSubscriptionTable
  notification_group: NotificationGroupTable
  notification_cursor: NotificationCursorTable
  notification_delivery: NotificationDeliveryTable
  set_aside: SetAsideTable
}

/** First parameter of every query: the pool, or the transaction that it must be part of. */
export type Db = Kysely<Database>
export type Tx = Transaction<Database>

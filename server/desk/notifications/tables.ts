import type { Generated } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import type { AlertRule, Severity } from '../../../shared/desk/alerts/alerts.ts'
import type {
  ChannelKind,
  DeliveryAnswer,
  DeliveryState,
  MailSettings,
  Notice,
  NoticeEvent,
  QuietHours,
  Timings,
} from '../../../shared/desk/notifications/notifications.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Json, Once } from '../../base/db/database.ts'
import type { StoredChannelSecrets } from '../../base/secrets/stored.ts'
import type { GroupState } from './delivery/group.ts'

export interface NotificationChannelTable {
  id: Generated<number>
  kind: Once<ChannelKind>
  name: string
  hourly_cap: number
  mail: Json<MailSettings> | null
  /** For the sender alone. */
  secrets: Json<StoredChannelSecrets>
  disabled_at: Date | null
  /** How often in a row its endpoint was not there, and until when it rests. */
  failures: Generated<number>
  rest_until: Date | null
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

declare module '../../base/db/database.ts' {
  interface Database {
    notification_channel: NotificationChannelTable
    notification_subscription: NotificationSubscriptionTable
    notification_group: NotificationGroupTable
    notification_cursor: NotificationCursorTable
    notification_delivery: NotificationDeliveryTable
  }
}

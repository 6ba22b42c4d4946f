import { sql } from 'kysely'
import type { Fact } from '../../../../shared/base/facts.ts'
import { HOUR } from '../../../../shared/base/time.ts'
import type { AlertChanged } from '../../../../shared/desk/alerts/facts.ts'
import { PAUSE_FACTS, type PauseChanged } from '../../../../shared/desk/pauses/facts.ts'
import type { RectificationChanged } from '../../../../shared/desk/rectifications/facts.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { toFact } from '../../facts/told.ts'

/** The cursor need not move for every fact that is no news; but it may not fall far behind either. */
const FAR = 5_000
/** A digest that cannot be told for a reason that will stay is tried again so much later. */
const POSTPONED_MS = HOUR

/** A fact that may be told. */
export type NoticeFact = AlertChanged | RectificationChanged | PauseChanged

const isNotified = sql<boolean>`(alert_id is not null or rectification_id is not null
  or kind in (${sql.join(PAUSE_FACTS.map((kind) => sql.lit(kind)))}))`

/** Whether there is anything to take in or to tell, in one look. */
export async function hasWork(db: Db, now: number): Promise<boolean> {
  const { rows } = await sql<{ work: boolean }>`
    select c.seq + ${FAR} < (select seq from fact_counter where id = 1)
      or exists (select from fact where seq > c.seq and ${isNotified})
      or exists (select ${due(now)}) as work
    from notification_cursor c where c.id = 1
  `.execute(db)
  return rows[0]?.work ?? false
}

/** Up to which fact everybody was told, locked; null when another process has it. */
export async function lockCursor(tx: Tx): Promise<number | null> {
  const row = await tx
    .selectFrom('notification_cursor')
    .select('seq')
    .where('id', '=', 1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.seq ?? null
}

/**
 * Waits for whoever tells, and keeps the next from beginning until the transaction ends: a subscription that changes
 * in the middle would miss facts, or have its groups overwritten.
 */
export async function holdCursor(tx: Tx): Promise<void> {
  await tx.selectFrom('notification_cursor').select('seq').where('id', '=', 1).forUpdate().execute()
}

export async function moveCursor(tx: Tx, seq: number): Promise<void> {
  await tx
    .updateTable('notification_cursor')
    .set({ seq })
    .where('id', '=', 1)
    .where('seq', '<', seq)
    .execute()
}

/** Facts of alerts, rectifications and planned pauses after number `from`, up to `to`, oldest first. */
export async function noticeFacts(tx: Tx, from: number, to: number, limit: number): Promise<NoticeFact[]> {
  const rows = await tx
    .selectFrom('fact')
    .selectAll()
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .where(isNotified)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toFact).filter((fact): fact is NoticeFact => isNews(fact))
}

const isNews = ({ data }: Fact): boolean => 'alert' in data || 'rectification' in data || 'pause' in data

/** A group whose time has come, of a subscription that is served. */
export interface DueGroup {
  readonly subscriptionId: number
  readonly place: string
}

/** Those that have waited longest. */
export async function dueGroups(tx: Tx, now: number, limit: number): Promise<DueGroup[]> {
  const { rows } = await sql<DueGroup>`
    select g.subscription_id as "subscriptionId", g.place ${due(now)}
    order by g.next_at, g.subscription_id, g.place limit ${limit}
  `.execute(tx)
  return rows
}

/** Those of a channel or a person that is disabled wait until it is enabled again. */
const due = (now: number) => sql`
  from notification_group g
    join notification_subscription s on s.id = g.subscription_id
    join notification_channel c on c.id = s.channel_id
    left join user_account u on u.id = s.user_id
  where g.next_at <= ${new Date(now)} and c.disabled_at is null and u.disabled_at is null`

/** Has the digests of a subscription that are due wait. */
export async function postponeGroups(tx: Tx, subscriptionId: number, now: number): Promise<void> {
  await tx
    .updateTable('notification_group')
    .set({ next_at: new Date(now + POSTPONED_MS) })
    .where('subscription_id', '=', subscriptionId)
    .where('next_at', '<=', new Date(now))
    .execute()
}

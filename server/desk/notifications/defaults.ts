import { sql } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import { ALERT_RULES, SEVERITIES, type Severity } from '../../../shared/desk/alerts/alerts.ts'
import { DEFAULT_TIMINGS, NOTICE_EVENTS } from '../../../shared/desk/notifications/notifications.ts'
import type { Role, Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { lastSeq } from '../../base/facts/log.ts'
import { scopeOf } from '../../people/accounts/queries.ts'
import { holdCursor } from './delivery/cursor.ts'
import { seedAllOf, seedGroups } from './seed.ts'

/** What each role is told of without having asked for it; whoever looks on is told nothing. */
const SEVERITIES_OF: Readonly<Record<Role, readonly Severity[]>> = {
  admin: ['critical'],
  workgroup: ['critical', 'major'],
  district: ['critical', 'major'],
  unit: SEVERITIES,
  vendor: ['critical', 'major'],
  viewer: [],
}

/**
 * Subscribes people to the inbox by their roles, each once for ever: who removes it has removed it, and who has
 * already subscribed to the inbox keeps that alone. Part of the caller's transaction.
 */
export async function subscribeByDefault(tx: Tx, userIds: readonly number[], now: number): Promise<void> {
  const { rows } = await sql<{
    id: number
    role: Role
    districts: string[]
    unit_ids: number[]
    language: Language
    inbox: number
    has: boolean
  }>`
    update user_account u set subscribed_at = ${new Date(now)} from notification_channel c
    where u.id = any(${userIds}::int[]) and u.subscribed_at is null and c.kind = 'inbox'
    returning u.id, u.role, u.districts, u.unit_ids, u.language, c.id as inbox, exists (
      select from notification_subscription s where s.user_id = u.id and s.channel_id = c.id) as has
  `.execute(tx)
  const wanted = rows.filter((row) => !row.has && SEVERITIES_OF[row.role].length > 0)
  if (wanted.length === 0) return
  await holdCursor(tx)
  const seq = await lastSeq(tx)
  const made = await tx
    .insertInto('notification_subscription')
    .values(
      wanted.map((row) => ({
        user_id: row.id,
        district: null,
        channel_id: row.inbox,
        address: '',
        scope: JSON.stringify(scopeOf(row)),
        severities: JSON.stringify(SEVERITIES_OF[row.role]),
        rules: JSON.stringify(ALERT_RULES),
        events: JSON.stringify(NOTICE_EVENTS),
        quiet: null,
        break_through: false,
        language: row.language,
        timings: JSON.stringify(DEFAULT_TIMINGS),
        since_seq: seq,
      })),
    )
    .returning('id')
    .execute()
  await seedGroups(
    tx,
    made.map(({ id }) => id),
    now,
  )
}

/** Subscribes those who were there before roles had subscriptions of their own. Changes nothing the second time. */
export async function ensureDefaultSubscriptions(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('user_account')
      .select('id')
      .where('subscribed_at', 'is', null)
      .where('disabled_at', 'is', null)
      .orderBy('id')
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await subscribeByDefault(tx, ids, ctx.clock.now())
  })
}

/**
 * What somebody had for the whole of the old scope is for the whole of the new one from now on: they are told of what is
 * open there, and of the rest no more.
 */
export async function moveSubscriptions(
  tx: Tx,
  userId: number,
  from: Scope,
  to: Scope,
  now: number,
): Promise<void> {
  if (JSON.stringify(from) === JSON.stringify(to)) return
  await holdCursor(tx)
  await tx
    .updateTable('notification_subscription')
    .set({ scope: JSON.stringify(to), version: sql`version + 1` })
    .where('user_id', '=', userId)
    .where(sql<boolean>`scope = ${JSON.stringify(from)}::jsonb`)
    .execute()
  await seedAllOf(tx, 'user_id', userId, now)
}

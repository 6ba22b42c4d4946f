import { sql } from 'kysely'
import { ALERT_RULES } from '../../shared/alerts.ts'
import { DEFAULT_TIMINGS, NOTICE_EVENTS } from '../../shared/notifications.ts'
import type { Context } from '../context.ts'
import { lastSeq } from '../facts/queries.ts'
import { scopeOf } from '../users/queries.ts'
import { moveCursor } from './cursor.ts'
import { seedGroups } from './seed.ts'

const DONE = 'demo.subscriptions'
/** Those who can sign in and act. */
const READERS = ['duty', 'tianhe', 'unit', 'vendor']

/**
 * Subscribes the people of the demo to the inbox, so that a newcomer sees digests come in without setting anything
 * up. The past of the demo is told to nobody. Changes nothing once it was done.
 */
export async function ensureDemoSubscriptions(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const readers = await tx
      .selectFrom('user_account as u')
      .select(['u.id', 'u.districts', 'u.unit_ids'])
      .where('u.demo', '=', true)
      .where('u.username', 'in', READERS)
      .where(sql<boolean>`not exists (select from setting where key = ${DONE})`)
      .orderBy('u.id')
      .execute()
    if (readers.length === 0) return
    const seq = await lastSeq(tx)
    const inbox = await tx
      .selectFrom('notification_channel')
      .select('id')
      .where('kind', '=', 'inbox')
      .executeTakeFirstOrThrow()
    const rows = await tx
      .insertInto('notification_subscription')
      .values(
        readers.map((reader) => ({
          user_id: reader.id,
          district: null,
          channel_id: inbox.id,
          address: '',
          scope: JSON.stringify(scopeOf(reader)),
          severities: JSON.stringify(['critical', 'major']),
          rules: JSON.stringify(ALERT_RULES),
          events: JSON.stringify(NOTICE_EVENTS),
          quiet: null,
          break_through: false,
          language: 'zh' as const,
          timings: JSON.stringify(DEFAULT_TIMINGS),
          since_seq: seq,
        })),
      )
      .returning('id')
      .execute()
    for (const { id } of rows) await seedGroups(tx, id, ctx.clock.now())
    await moveCursor(tx, seq)
    await tx.insertInto('setting').values({ key: DONE, value: 'true' }).execute()
  })
}

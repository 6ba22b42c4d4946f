import { sql } from 'kysely'
import type { DeliveryAnswer } from '../../../../shared/desk/notifications/notifications.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { GIVE_UP_MS, restUntil } from './retry.ts'

/** Messages that are on their way yet, as the indexes have it. */
export const isOpen = sql<boolean>`state in ('held', 'waiting', 'retrying')`

/**
 * Has a channel rest whose endpoint was not there, so that its messages do not wait for it one after the other and keep
 * those of all other channels waiting. What nobody could be told for too long is given up with the one that was tried.
 * @param now epoch ms. @returns how many were given up.
 */
export function restChannel(db: Db, id: number, answer: DeliveryAnswer, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('notification_channel')
      .select(['failures', 'rest_until'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    // Of several that were tried side by side, the first says it for all.
    if (!row || isResting(row.rest_until, now)) return 0
    const failures = row.failures + 1
    await tx
      .updateTable('notification_channel')
      .set({ failures, rest_until: new Date(restUntil(failures, now)) })
      .where('id', '=', id)
      .execute()
    const { numUpdatedRows } = await tx
      .updateTable('notification_delivery')
      .set({ state: 'dead', answer: JSON.stringify(answer), next_at: null, queued_at: null })
      .where('channel_id', '=', id)
      .where(isOpen)
      .where('created_at', '<', new Date(now - GIVE_UP_MS))
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}

export const isResting = (until: Date | null, now: number): until is Date =>
  until !== null && until.getTime() > now

/** Its endpoint is there again, or somebody wants it tried now. @param id one channel; all without it. */
export async function endRest(db: Db | Tx, id?: number): Promise<void> {
  await db
    .updateTable('notification_channel')
    .set({ failures: 0, rest_until: null })
    .where('failures', '>', 0)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? 0))
    .execute()
}

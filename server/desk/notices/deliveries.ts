import { sql } from 'kysely'
import type { Notice } from '../../../shared/desk/notifications/notifications.ts'
import type { Tx } from '../../base/db/database.ts'

export interface NewDelivery {
  readonly channelId: number
  readonly subscriptionId?: number
  /** Whose it is, if it is a person's. */
  readonly userId: number | null
  /** Whose it is, if it is a district's. */
  readonly district?: string | null
  readonly address: string
  readonly notice: Notice
  /** Epoch ms; kept back until then because the channel has used up its hour. */
  readonly heldUntil?: number
}

/** Puts messages on their way. Those of the inbox are there at once. @returns their ids */
export async function insertDeliveries(
  tx: Tx,
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<number[]> {
  if (deliveries.length === 0) return []
  const at = new Date(now)
  const rows = await tx
    .insertInto('notification_delivery')
    .values(
      deliveries.map(({ channelId, subscriptionId, userId, district, address, notice, heldUntil }) => ({
        channel_id: channelId,
        subscription_id: subscriptionId ?? null,
        user_id: userId,
        district: district ?? null,
        address,
        notice: JSON.stringify(notice),
        state: heldUntil === undefined ? ('waiting' as const) : ('held' as const),
        created_at: at,
        next_at: new Date(heldUntil ?? now),
      })),
    )
    .returning('id')
    .execute()
  const ids = rows.map((row) => row.id)
  await sql`
    update notification_delivery d set state = 'sent', sent_at = d.created_at, next_at = null
    from notification_channel c
    where c.id = d.channel_id and c.kind = 'inbox' and d.state = 'waiting' and d.id = any(${ids}::int[])
  `.execute(tx)
  return ids
}

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

/** Messages that one statement stores. */
const AT_ONCE = 500

/** Puts messages on their way. Those of the inbox are there at once. @returns their ids */
export async function insertDeliveries(
  tx: Tx,
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<number[]> {
  const ids: number[] = []
  for (let from = 0; from < deliveries.length; from += AT_ONCE) {
    ids.push(...(await insertSome(tx, deliveries.slice(from, from + AT_ONCE), now)))
  }
  return ids
}

async function insertSome(tx: Tx, deliveries: readonly NewDelivery[], now: number): Promise<number[]> {
  const made = deliveries.map(({ heldUntil, ...rest }) => ({
    ...rest,
    state: heldUntil === undefined ? 'waiting' : 'held',
    nextAt: new Date(heldUntil ?? now),
  }))
  const { rows } = await sql<{ id: number }>`
    insert into notification_delivery
      (channel_id, subscription_id, user_id, district, address, notice, state, created_at, next_at)
    select "channelId", "subscriptionId", "userId", district, address, notice, state, ${new Date(now)}::timestamptz, "nextAt"
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as d("channelId" int, "subscriptionId" int, "userId" int,
      district text, address text, notice jsonb, state text, "nextAt" timestamptz)
    returning id
  `.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`
    update notification_delivery d set state = 'sent', sent_at = d.created_at, next_at = null
    from notification_channel c
    where c.id = d.channel_id and c.kind = 'inbox' and d.state = 'waiting' and d.id = any(${ids}::int[])
  `.execute(tx)
  return ids
}

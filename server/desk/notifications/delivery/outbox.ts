import { sql } from 'kysely'
import { HOUR } from '../../../../shared/base/time.ts'
import type { Notice } from '../../../../shared/desk/notifications/notifications.ts'
import type { Tx } from '../../../base/db/database.ts'
import { insertDeliveries, type NewDelivery } from '../../notices/deliveries.ts'
import type { PlaceNames } from '../../notices/words.ts'
import { overflow } from '../news/notice.ts'
import type { Subscriber } from '../subscribers.ts'
import { roomAt } from './retry.ts'

/** Puts digests on their way; what is over a channel's hourly cap is folded into one that waits for room. */
export class Outbox {
  readonly #tx: Tx
  readonly #now: number
  /** Epoch ms of what was sent within the hour, oldest first, by channel (of the inbox: by person). */
  readonly #names: PlaceNames
  readonly #sent = new Map<string, number[]>()
  readonly #ready: NewDelivery[] = []

  constructor(tx: Tx, now: number, names: PlaceNames) {
    this.#tx = tx
    this.#now = now
    this.#names = names
  }

  async put(subscriber: Subscriber, place: string, notice: Notice): Promise<void> {
    const { id, channelId, userId, district, address, hourlyCap } = subscriber
    const sent = await this.#sentOf(subscriber)
    const heldUntil = roomAt(sent, hourlyCap, HOUR)
    const delivery = { channelId, subscriptionId: id, userId, district, address }
    if (heldUntil === null) {
      sent.push(this.#now)
      this.#ready.push({ ...delivery, notice })
      return
    }
    const held = await this.#tx
      .selectFrom('notification_delivery')
      .select(['id', 'notice'])
      .where('subscription_id', '=', id)
      .where('state', '=', 'held')
      .forUpdate()
      .executeTakeFirst()
    const folded = overflow(held?.notice ?? null, notice, place, this.#names)
    if (!held) {
      await insertDeliveries(this.#tx, [{ ...delivery, notice: folded, heldUntil }], this.#now)
      return
    }
    await this.#tx
      .updateTable('notification_delivery')
      .set({ notice: JSON.stringify(folded) })
      .where('id', '=', held.id)
      .execute()
  }

  /** Stores what is ready. */
  async close(): Promise<void> {
    await insertDeliveries(this.#tx, this.#ready, this.#now)
  }

  async #sentOf({ channelId, channelKind, userId }: Subscriber): Promise<number[]> {
    const whose = channelKind === 'inbox' ? userId : null
    const key = `${channelId} ${whose ?? ''}`
    const known = this.#sent.get(key)
    if (known) return known
    const { rows } = await sql<{ at: Date }>`
      select coalesce(tried_at, created_at) as at from notification_delivery
      where channel_id = ${channelId} and state <> 'held'
        and coalesce(tried_at, created_at) > ${new Date(this.#now - HOUR)}
        and (${whose}::int is null or user_id = ${whose}::int)
      order by 1
    `.execute(this.#tx)
    const sent = rows.map((row) => row.at.getTime())
    this.#sent.set(key, sent)
    return sent
  }
}

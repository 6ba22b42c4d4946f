import type { Delivery } from '../../../../shared/desk/notifications/notifications.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { endAsideOf } from '../../aside/service.ts'
import { findDelivery, seenBy } from '../queries.ts'
import { endRest } from './rest.ts'

/**
 * Has one message that was given up, or that waits for its next try, tried again now.
 * @throws Refusal not_found; conflict when it was sent meanwhile.
 */
export async function resendDelivery(ctx: Context, user: Principal, id: number): Promise<Delivery> {
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    const before = await findDelivery(tx, user, id)
    if (!before) throw noDelivery()
    // The channel before its messages, as whoever has it rest.
    await endRest(tx, before.channelId)
    const { numUpdatedRows } = await tx
      .updateTable('notification_delivery')
      .set({ state: 'waiting', queued_at: null, next_at: at })
      .where('id', '=', id)
      .where('state', 'in', ['dead', 'retrying', 'waiting'])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new Refusal('conflict', 'notifications.itWasSent', { current: before })
    }
    await endAsideOf(tx, 'delivery', String(id), user, at)
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'delivery.resent',
      entity: 'delivery',
      entityId: id,
      detail: {},
    })
    const after = await findDelivery(tx, user, id)
    if (!after) throw noDelivery()
    return after
  })
}

/** Has everything that was given up, of one channel or all, tried again. @returns how many there are */
export async function resendDead(
  ctx: Context,
  user: Principal,
  channelId: number | undefined,
): Promise<number> {
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    let query = tx
      .updateTable('notification_delivery as d')
      .set({ state: 'waiting', queued_at: null, next_at: at })
      .where('d.state', '=', 'dead')
      .where(seenBy(user, 'd'))
    if (channelId !== undefined) query = query.where('d.channel_id', '=', channelId)
    await endRest(tx, channelId)
    const count = Number((await query.executeTakeFirst()).numUpdatedRows)
    const detail = { count, channel: channelId ?? null }
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'delivery.all_resent',
      entity: 'delivery',
      entityId: null,
      detail,
    })
    return count
  })
}

const noDelivery = () => new Refusal('not_found', 'notifications.noSuchNotice')

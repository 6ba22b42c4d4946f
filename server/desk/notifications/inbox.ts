import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'

/** Marks one's own messages as read, up to and with this one. */
export async function markRead(
  ctx: Pick<Context, 'db' | 'clock'>,
  user: Principal,
  upTo: number,
): Promise<void> {
  await ctx.db
    .updateTable('notification_delivery')
    .set({ read_at: new Date(ctx.clock.now()) })
    .where('user_id', '=', user.id)
    .where('id', '<=', upTo)
    .where('read_at', 'is', null)
    .execute()
}

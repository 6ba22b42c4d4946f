import type { Context } from '../base/context.ts'
import { lastSeq } from '../base/facts/log.ts'
import { ensureDefaultSubscriptions } from '../desk/notifications/defaults.ts'
import { moveCursor } from '../desk/notifications/delivery/cursor.ts'

const DONE = 'demo.subscriptions'

/**
 * Subscribes the people of the demo by their roles, so that a newcomer sees digests come in without setting anything
 * up. The past of the demo is told to nobody. Changes nothing once it was done.
 */
export async function ensureDemoSubscriptions(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const done = await ctx.db.selectFrom('setting').select('key').where('key', '=', DONE).executeTakeFirst()
  if (done) return
  await ensureDefaultSubscriptions(ctx)
  await ctx.db.transaction().execute(async (tx) => {
    await moveCursor(tx, await lastSeq(tx))
    await tx.insertInto('setting').values({ key: DONE, value: 'true' }).execute()
  })
}

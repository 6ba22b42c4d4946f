import type { Context } from '../../base/context.ts'
import type { Jobs } from '../../base/jobs.ts'
import { freeze } from './open.ts'
import { requireRound, tell } from './service.ts'
import { todayOf } from './today.ts'

const QUEUE = 'rounds.due'
const EVERY_MORNING = '5 0 * * *'
/** What came due while everything was off is opened at a start. */
const AFTER_START_S = 45

/** Opens self-checks and reports on their day, once for all processes. */
export async function startRoundWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, () => openDue(ctx))
  await jobs.every(EVERY_MORNING, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
}

/** Nobody in particular: what the program sees of a round. */
const PROGRAM = { id: 0, name: '', role: 'viewer' as const, scope: { kind: 'city' as const } }

/** Opens each planned self-check and report whose day has come; the spot check, which is a deed, waits for a person. */
export async function openDue(ctx: Context): Promise<void> {
  for (;;) {
    const hasOpened = await ctx.db.transaction().execute(async (tx) => {
      const now = await todayOf(ctx, tx)
      const next = await tx
        .selectFrom('census_round')
        .select('id')
        .where('state', '=', 'planned')
        .where('kind', 'in', ['self_check', 'report'])
        .where('opens_on', '<=', now.today)
        .orderBy('opens_on')
        .limit(1)
        .forUpdate()
        .executeTakeFirst()
      if (!next) return false
      await freeze(ctx, tx, await requireRound(ctx, tx, PROGRAM, next.id), null)
      await tell(ctx, tx, null, next.id, 'round.opened')
      return true
    })
    if (!hasOpened) return
    ctx.wake()
  }
}

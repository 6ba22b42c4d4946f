import { sql } from 'kysely'
import type { Context } from '../../base/context.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { Refusal } from '../../base/refusal.ts'
import { freeze } from './open.ts'
import { requireRound, tell } from './service.ts'
import { todayOf } from './today.ts'

const QUEUE = queue('rounds.due')
const EVERY_MORNING = '5 0 * * *'
/** What came due while everything was off is opened at a start. */
const AFTER_START_S = 45

/** Opens self-checks, reports and guarded periods on their day, once for all processes. */
export async function startRoundWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, () => openDue(ctx))
  await jobs.every(EVERY_MORNING, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
}

/** Nobody in particular: what the program sees of a round. */
const PROGRAM = { id: 0, name: '', role: 'viewer' as const, scope: { kind: 'city' as const } }

/**
 * Opens each planned self-check, report and guarded period whose day has come; the spot check, which is a deed, waits for
 * a person. One that cannot be opened is left to persons, and keeps no other from it.
 */
export async function openDue(ctx: Context): Promise<void> {
  const refused: number[] = []
  for (;;) {
    const { today } = await todayOf(ctx, ctx.db)
    const next = await ctx.db
      .selectFrom('census_round')
      .select('id')
      .where('state', '=', 'planned')
      .where('kind', 'in', ['self_check', 'report', 'guard'])
      .where('opens_on', '<=', today)
      .where(sql<boolean>`id <> all(${refused}::int[])`)
      .orderBy('opens_on')
      .limit(1)
      .executeTakeFirst()
    if (!next) return
    try {
      await openOne(ctx, next.id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(next.id)
      ctx.log.warn({ err: error, round: next.id }, 'a round could not be opened on its day')
    }
  }
}

async function openOne(ctx: Context, id: number): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('census_round').select('id').where('id', '=', id).forUpdate().execute()
    const round = await requireRound(ctx, tx, PROGRAM, id)
    // Another process, or a person, was sooner.
    if (round.state !== 'planned') return
    await freeze(ctx, tx, round, null)
    await tell(ctx, tx, null, id, 'round.opened')
  })
  ctx.wake()
}

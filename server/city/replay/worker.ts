import type { Context } from '../../base/context.ts'
import type { Jobs } from '../../base/jobs.ts'
import { keepCheckpoints } from './checkpoints.ts'

const QUEUE = 'board-checkpoints'
/** A start has other things to do first. */
const FIRST_S = 20
const AGAIN_S = 5

/** Keeps checkpoints of the board as facts come in, and for those that are there already. */
export async function startCheckpoints(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, async () => {
    if (await keepCheckpoints(ctx.db)) await jobs.send(QUEUE, {}, { afterS: AGAIN_S })
  })
  await jobs.every('*/10 * * * *', QUEUE)
  await jobs.send(QUEUE, {}, { afterS: FIRST_S })
}

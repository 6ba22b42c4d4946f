import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { keepCheckpoints, thinCheckpoints } from './checkpoints.ts'

const QUEUE = queue('board-checkpoints')
/** A start has other things to do first. */
const FIRST_S = 20
const AGAIN_S = 5
/** As long as single visits are kept, each instant is near to a checkpoint. */
const OLD_MS = 90 * DAY

/** Keeps checkpoints of the board as facts come in, and for those that are there already. */
export async function startCheckpoints(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, async () => {
    if (await keepCheckpoints(ctx.db)) await jobs.send(QUEUE, {}, { afterS: AGAIN_S })
    else await thinCheckpoints(ctx.db, new Date(ctx.clock.now() - OLD_MS))
  })
  await jobs.every('*/10 * * * *', QUEUE)
  await jobs.send(QUEUE, {}, { afterS: FIRST_S })
}

import { sql } from 'kysely'
import { addDays, localDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { queue } from '../../base/jobs.ts'
import type { Module } from '../../base/module.ts'
import { daysToPublish, dropOld, isPublished, publishDay } from './publish.ts'
import { openDataRoutes } from './routes.ts'

const QUEUE = queue('open-data.publish')
/** After the night's counting of quality, which is published with it. */
const AT = '15 6 * * *'
/** Days of before that were not published yet are looked for so long after the start. */
const AFTER_START_S = 90
/** One day a job, and so long between two: nobody waits for them, and each takes a quarter of a second of the processor. */
const PAUSE_S = 20

export const openData: Module = {
  routes: (ctx, { isDemo }) => openDataRoutes(ctx, isDemo),
  async work(ctx, { jobs, isDemo }) {
    await jobs.work(QUEUE, 1, async () => {
      if (!isPublished(isDemo)) return
      const [day, ...later] = await daysToPublish(ctx.db, ctx.clock.now())
      await dropOld(ctx.db, ctx.clock.now())
      if (day === undefined) return
      const isDone = await publishDay(ctx, day, isDemo)
      if (isDone && later.length > 0) await jobs.send(QUEUE, {}, { afterS: PAUSE_S })
    })
    await jobs.every(AT, QUEUE)
    await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
  },
  demoSeed: seedOpenData,
  demoRows: [{ table: 'open_data_file', where: sql`true` }],
}

/** The demo's last day is there at once; those before follow. */
async function seedOpenData(ctx: Context): Promise<void> {
  if (!isPublished(true)) return
  const there = await ctx.db.selectFrom('open_data_file').select('day').limit(1).executeTakeFirst()
  if (!there) await publishDay(ctx, addDays(localDay(ctx.clock.now()), -1), true)
}

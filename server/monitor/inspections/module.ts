import { sql } from 'kysely'
import { queue } from '../../base/jobs.ts'
import type { Module } from '../../base/module.ts'
import { judgingAgain } from './crawl/again.ts'
import { inspectorOf } from './crawl/pool.ts'
import { inspectionRoutes } from './routes.ts'

const OF_DEMO = sql`site_id in (select id from site where demo)`
const AGAIN_QUEUE = queue('inspections.again')
/** After an update some rules decide otherwise than they did: a slice at a time, and nothing once all is judged. */
const AGAIN_AT = '*/2 * * * *'

export const inspections: Module = {
  routes: inspectionRoutes,
  async work(ctx, { jobs }) {
    const stop = new AbortController()
    const inspector = inspectorOf(ctx.config, ctx.log)
    const judgeAgain = judgingAgain({ ctx, inspector, signal: stop.signal })
    await jobs.work(AGAIN_QUEUE, 1, async () => void (await judgeAgain()))
    await jobs.every(AGAIN_AT, AGAIN_QUEUE)
    return {
      async stop() {
        stop.abort()
        await inspector.close()
      },
    }
  },
  demoRows: [
    { table: 'inspection_page', where: OF_DEMO },
    { table: 'inspection_problem', where: OF_DEMO },
    { table: 'inspection', where: OF_DEMO },
    { table: 'site_look', where: OF_DEMO },
    { table: 'site_memory', where: OF_DEMO },
  ],
}

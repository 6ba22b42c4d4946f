import { sql } from 'kysely'
import { QUALITY } from '../../../shared/monitor/quality/quality-rules.ts'
import { queue } from '../../base/jobs.ts'
import type { Module } from '../../base/module.ts'
import { makeQuality } from './demo.ts'
import { countNights, lookOnce, testSiteOf } from './night.ts'
import { qualityRoutes } from './routes.ts'
import { SlotMemories } from './slots/memory.ts'

const LOOK_QUEUE = queue('quality.look')
const COUNT_QUEUE = queue('quality.count')

const { fromMinute, toMinute, everyMinutes } = QUALITY.night
/** By the clock, in the hours of the night; and once after its end. */
const LOOK_AT = `*/${everyMinutes} ${Math.floor(fromMinute / 60)}-${Math.floor((toMinute - 1) / 60)} * * *`
const COUNT_AT = `30 ${Math.floor(toMinute / 60)} * * *`

export const quality: Module = {
  routes: qualityRoutes,
  async work(ctx, { jobs, isDemo, proberFor, portsFor }) {
    const stop = new AbortController()
    const memories = new SlotMemories()
    await jobs.work(LOOK_QUEUE, 1, async () => {
      const site = await testSiteOf(ctx.db, isDemo)
      if (!site) return
      const by = { prober: proberFor(site.demo), ports: portsFor(site.demo), signal: stop.signal }
      await lookOnce(ctx, site, by, memories)
    })
    await jobs.work(COUNT_QUEUE, 1, () => countNights(ctx, isDemo))
    await jobs.every(LOOK_AT, LOOK_QUEUE)
    await jobs.every(COUNT_AT, COUNT_QUEUE)
    return { stop: () => stop.abort() }
  },
  demoMade: makeQuality,
  demoRows: [
    { table: 'quality_case', where: sql`demo` },
    { table: 'quality_night', where: sql`demo` },
    { table: 'quality_look', where: sql`true` },
  ],
}

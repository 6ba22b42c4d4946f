import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LASTS_MS } from '../../server/monitor/schedule/line-watch.ts'
import { v1Counts } from '../../server/monitor/verdicts/queries.ts'
import { clearBlame } from '../../server/recording/doubt.ts'
import { LineRecorder } from '../../server/recording/line-recorder.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { Recorder } from '../../server/recording/recorder.ts'
import { SECOND } from '../../shared/base/time.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { type MadeSite, makeSite } from '../support/make.ts'
import { visitOf } from '../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
const sites: MadeSite[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  // One after the other, so that their numbers are in this order.
  for (let n = 0; n < 4; n++) sites.push(await makeSite(ctx.db))
})
afterAll(() => fresh.drop())

const states = async () => {
  const rows = await ctx.db.selectFrom('site_state').selectAll().orderBy('site_id').execute()
  return rows.map((row) => row.availability)
}
const lineAlerts = () => ctx.db.selectFrom('alert').selectAll().where('rule', '=', 'LINE').execute()

describe('what was held against sites before the line was in doubt', () => {
  it('is taken back: they are up, alarms are resolved, and their misses are kept but not counted', async () => {
    const [first, second, third, old] = sites as [MadeSite, MadeSite, MadeSite, MadeSite]
    await recordVisits(ctx, [visitOf(old, ctx.clock.now(), 'refused')])
    const since = ctx.clock.advance(10 * SECOND)
    for (let n = 0; n < 3; n++) {
      const at = ctx.clock.advance(3 * SECOND)
      await recordVisits(ctx, [{ ...visitOf(first, at, 'timeout'), extra: n > 0 }])
    }
    await recordVisits(ctx, [visitOf(second, ctx.clock.now(), 'reset'), visitOf(third, ctx.clock.now())])
    expect(await states()).toEqual(['down', 'suspect', 'up', 'suspect'])
    const facts = await ctx.told(() => clearBlame(ctx, since))
    expect(facts.map((fact) => fact.kind)).toEqual(['site.changed', 'site.changed', 'alert.resolved'])
    expect(await states(), 'who was suspected before the doubt is so still').toEqual([
      'up',
      'up',
      'up',
      'suspect',
    ])
    const alarm = await ctx.db.selectFrom('alert').selectAll().where('site_id', '=', first.id).execute()
    expect(alarm, 'nobody missed an outage that never was').toMatchObject([
      { status: 'resolved', missed: false },
    ])
    const counts = await v1Counts(ctx.db, [first.id, second.id, third.id, old.id], ctx.clock.now())
    expect([...counts.values()].map(({ total, failed, excluded }) => [total, failed, excluded])).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [1, 0, 0],
      [1, 1, 0],
    ])
    const kept = await ctx.db.selectFrom('visit').select('site_id').where('outcome', '=', 1).execute()
    expect(kept).toHaveLength(5)
    expect(await ctx.told(() => clearBlame(ctx, since)), 'and once is enough').toEqual([])
  })

  it('raises one alert, in order with the visits that wait to be stored, and resolves it', async () => {
    const recorder = new Recorder(ctx)
    const teller = new LineRecorder(ctx, recorder)
    const since = ctx.clock.advance(60 * SECOND)
    for (const site of sites) recorder.add(visitOf(site, since, 'reset'), () => {})
    const evidence = { sites: 4, asked: 3, answered: 0 }
    teller.tell({ inDoubtSince: since, evidence })
    await teller.settled()
    expect(await lineAlerts(), 'a doubt of a moment is no alarm').toEqual([])
    ctx.clock.advance(LASTS_MS)
    teller.tell({ inDoubtSince: since, evidence })
    teller.tell({ inDoubtSince: since, evidence })
    await teller.settled()
    await recorder.flush()
    expect(await states()).toEqual(['up', 'up', 'up', 'suspect'])
    expect(await lineAlerts()).toMatchObject([{ status: 'open', severity: 'critical', evidence }])
    teller.tell({ inDoubtSince: null, evidence: { sites: 0 } })
    await teller.settled()
    expect(await lineAlerts()).toMatchObject([{ status: 'resolved' }])
  })
})

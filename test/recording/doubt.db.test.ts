import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Timers } from '../../server/base/clock.ts'
import { LASTS_MS } from '../../server/monitor/schedule/line-watch.ts'
import { v1Counts } from '../../server/monitor/verdicts/queries.ts'
import { clearBlame } from '../../server/recording/doubt.ts'
import { endUnheardDoubts, LineRecorder } from '../../server/recording/line-recorder.ts'
import { type Miss, OwnMisses } from '../../server/recording/misses.ts'
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
/** A minute or two in which no monitor says that it doubts. */
const silence = () => sql`update line_doubt set said_at = said_at - interval '2 minutes'`.execute(ctx.db)

/** Timers by which what is to come once comes when the test lets it. */
function letTimers(): Timers & { pass(): void } {
  let act = () => {}
  return {
    after(_ms, what) {
      act = what
      return () => {
        act = () => {}
      }
    },
    every: () => () => {},
    pass: () => act(),
  }
}

/** While `deed` is done the database will not have this table written to. */
async function refusing(table: 'alert' | 'line_doubt', deed: () => Promise<void>): Promise<void> {
  const on = sql.table(table)
  await sql`
    create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'away' using errcode = '57P03'; end $$
  `.execute(ctx.db)
  await sql`create trigger refuse before insert or update or delete on ${on} execute function refuse()`.execute(
    ctx.db,
  )
  await deed()
  await sql`drop trigger refuse on ${on}`.execute(ctx.db)
}

describe('what was held against sites before the line was in doubt', () => {
  it('is taken back: they are up, alarms are resolved, and their misses are kept but not counted', async () => {
    const [first, second, third, old] = sites as [MadeSite, MadeSite, MadeSite, MadeSite]
    await recordVisits(ctx, [visitOf(old, ctx.clock.now(), 'refused')])
    const since = ctx.clock.advance(10 * SECOND)
    const own: Miss[] = []
    for (let n = 0; n < 3; n++) {
      const at = ctx.clock.advance(3 * SECOND)
      own.push({ siteId: first.id, atMs: at })
      await recordVisits(ctx, [{ ...visitOf(first, at, 'timeout'), extra: n > 0 }])
    }
    own.push({ siteId: second.id, atMs: ctx.clock.now() })
    await recordVisits(ctx, [visitOf(second, ctx.clock.now(), 'reset'), visitOf(third, ctx.clock.now())])
    expect(await states()).toEqual(['down', 'suspect', 'up', 'suspect'])
    const facts = await ctx.told(() => clearBlame(ctx, since, own))
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
    expect(await ctx.told(() => clearBlame(ctx, since, own)), 'and once is enough').toEqual([])
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

  it('keeps its alert while another monitor doubts, and resolves it once that one is not heard of any more', async () => {
    const recorder = new Recorder(ctx)
    const timers = letTimers()
    const doubting = new LineRecorder(ctx, recorder)
    const restarted = new LineRecorder(ctx, recorder, timers)
    const since = ctx.clock.advance(60 * SECOND)
    ctx.clock.advance(LASTS_MS)
    doubting.tell({ inDoubtSince: since, evidence: { sites: 0, asked: 3, answered: 0 } })
    await doubting.settled()
    const facts = await ctx.told(async () => {
      restarted.tell({ inDoubtSince: null, evidence: { sites: 0 } })
      await restarted.settled()
      timers.pass()
      await restarted.settled()
    })
    expect(facts).toEqual([])
    expect(await lineAlerts()).toMatchObject([{ status: 'open' }])
    await doubting.stop()
    await silence()
    timers.pass()
    await restarted.settled()
    expect(await lineAlerts()).toMatchObject([{ status: 'resolved' }])
  })

  it('is told again what the database did not take: neither the misses that wait count, nor does the alert stay', async () => {
    const recorder = new Recorder(ctx)
    const timers = letTimers()
    const teller = new LineRecorder(ctx, recorder, timers)
    const [site] = sites as [MadeSite]
    const since = ctx.clock.advance(60 * SECOND)
    recorder.add(visitOf(site, since, 'reset'), () => {})
    ctx.clock.advance(LASTS_MS)
    await refusing('line_doubt', async () => {
      teller.tell({ inDoubtSince: since, evidence: { sites: 1 } })
      await teller.settled()
    })
    await recorder.flush()
    expect((await states())[0]).toBe('up')
    expect(await lineAlerts()).toMatchObject([{ status: 'resolved' }])
    timers.pass()
    await teller.settled()
    expect(await lineAlerts()).toMatchObject([{ status: 'open' }])
    await refusing('alert', async () => {
      teller.tell({ inDoubtSince: null, evidence: { sites: 0 } })
      await teller.settled()
    })
    expect(await lineAlerts()).toMatchObject([{ status: 'open' }])
    timers.pass()
    await teller.settled()
    expect(await lineAlerts()).toMatchObject([{ status: 'resolved' }])
  })

  it('ends by the clock once nobody that doubted is heard of any more, and while one doubts it says so', async () => {
    const timers = letTimers()
    const teller = new LineRecorder(ctx, new Recorder(ctx), timers)
    const since = ctx.clock.advance(60 * SECOND)
    ctx.clock.advance(LASTS_MS)
    teller.tell({ inDoubtSince: since, evidence: { sites: 12 } })
    await teller.settled()
    await silence()
    timers.pass()
    await teller.settled()
    await endUnheardDoubts(ctx, ctx.clock.now())
    expect(await lineAlerts()).toMatchObject([{ status: 'open' }])
    await teller.stop()
    timers.pass()
    await silence()
    const facts = await ctx.told(() => endUnheardDoubts(ctx, ctx.clock.now()))
    expect(facts).toMatchObject([{ kind: 'alert.resolved', data: { alert: { rule: 'LINE' } } }])
    expect(await ctx.told(() => endUnheardDoubts(ctx, ctx.clock.now()))).toEqual([])
  })

  it('leaves alone what another monitor has missed meanwhile, whose line is well', async () => {
    const [theirs, mine, both] = [await makeSite(ctx.db), await makeSite(ctx.db), await makeSite(ctx.db)]
    const since = ctx.clock.advance(60 * SECOND)
    const recorder = new Recorder(ctx)
    const teller = new LineRecorder(ctx, recorder)
    for (const site of [mine, both]) recorder.add(visitOf(site, since, 'timeout'), () => {})
    await recorder.flush()
    for (let n = 0; n < 3; n++) {
      const at = ctx.clock.advance(3 * SECOND)
      const missed = [theirs, both].map((site) => ({ ...visitOf(site, at, 'refused'), extra: n > 0 }))
      await recordVisits(ctx, missed)
    }
    const facts = await ctx.told(async () => {
      teller.tell({ inDoubtSince: since, evidence: { sites: 0, asked: 3, answered: 0 } })
      await teller.settled()
    })
    expect(facts.filter(({ kind }) => kind === 'alert.resolved')).toEqual([])
    const standings = await ctx.db
      .selectFrom('site_state')
      .select(['site_id', 'availability'])
      .where('site_id', 'in', [theirs.id, mine.id, both.id])
      .orderBy('site_id')
      .execute()
    expect(standings.map(({ availability }) => availability)).toEqual(['down', 'up', 'down'])
    const visits = await ctx.db
      .selectFrom('visit')
      .select(['site_id', 'excluded'])
      .where('site_id', 'in', [theirs.id, mine.id, both.id])
      .where('at', '>=', new Date(since))
      .orderBy('site_id')
      .orderBy('at')
      .execute()
    const excluded = (site: MadeSite) =>
      visits.filter(({ site_id }) => site_id === site.id).map((visit) => visit.excluded)
    expect(excluded(theirs)).toEqual([false, false, false])
    expect(excluded(mine)).toEqual([true])
    expect(excluded(both), 'its own miss alone').toEqual([true, false, false, false])
    await teller.stop()
  })
})

it('a monitor remembers the newest misses that it held against sites, and nothing else', () => {
  const misses = new OwnMisses(3)
  const [site] = sites as [MadeSite]
  for (let n = 1; n <= 8; n++) misses.note(visitOf({ ...site, id: n }, n, 'timeout'))
  misses.note(visitOf(site, 9))
  misses.note(visitOf(site, 10, 'monitor_error'))
  misses.note(visitOf(site, 11, 'blocked_firewall'))
  misses.note({ ...visitOf(site, 12, 'timeout'), lineInDoubt: true })
  misses.note({ ...visitOf(site, 13, 'timeout'), isReading: true })
  const ids = (sinceMs: number) => misses.since(sinceMs).map(({ siteId }) => siteId)
  expect(ids(0)).toEqual([6, 7, 8])
  expect(ids(8)).toEqual([8])
})

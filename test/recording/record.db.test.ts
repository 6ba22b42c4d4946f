import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimDueSites, spreadOverdue } from '../../server/monitor/schedule/queries.ts'
import type { Visited } from '../../server/monitor/visit/visited.ts'
import { ensureVisitPartitions } from '../../server/monitor/visits/partitions.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { Recorder } from '../../server/recording/recorder.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import type { Cause, VisitResult } from '../../shared/monitor/visit/probes.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../support/make.ts'

let fresh: FreshDatabase
let ctx: TestContext
let site: MadeSite

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  site = await makeSite(ctx.db)
})

function visited(change: Partial<Visited> & { cause?: Cause } = {}): Visited {
  const { cause, ...rest } = change
  const isBlocked = cause?.startsWith('blocked_') ?? false
  const result: VisitResult = {
    outcome: cause ? (isBlocked ? 'blocked' : 'failed') : 'ok',
    cause: cause ?? null,
    status: cause ? null : 200,
    dnsMs: 0,
    connectMs: 1,
    tlsMs: null,
    ttfbMs: 20,
    totalMs: cause ? 15_000 : 42,
    bytes: cause ? 0 : 37_000,
    finalUrl: site.url,
    redirects: 0,
    notes: [],
    certDaysLeft: null,
    certificate: null,
    address: '127.0.0.1',
    bodyHash: cause ? null : 'abc',
    etag: null,
    lastModified: null,
    notModified: false,
  }
  return {
    siteId: site.id,
    atMs: ctx.clock.now(),
    result,
    extra: false,
    lineInDoubt: false,
    finding: null,
    ...rest,
  }
}

const kinds = (facts: readonly { kind: string }[]) => facts.map((fact) => fact.kind)
const state = () =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
const live = () =>
  ctx.db
    .selectFrom('alert')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('status', '<>', 'resolved')
    .execute()

describe('what is recorded of visits', () => {
  it('tells the story of an outage: suspected, down with an alert, up again with the alert resolved', async () => {
    const see = (cause?: Cause) =>
      ctx.told(async () => {
        ctx.clock.advance(5 * SECOND)
        await recordVisits(ctx, [visited(cause ? { cause } : {})])
      })
    const first = await see('timeout')
    expect(kinds(first), 'a first miss is only suspected').toEqual(['site.changed'])
    expect(await live(), 'and raises no alarm').toEqual([])
    await see('timeout')
    const third = await see('timeout')
    expect(kinds(third), 'the third is confirmed').toEqual(['site.changed', 'alert.opened'])
    expect((await live()).map((alert) => [alert.rule, alert.severity])).toEqual([['DOWN', 'major']])
    expect(await see('timeout'), 'nothing new at the fourth').toEqual([])
    expect(await see(), 'one good visit is not enough').toEqual([])
    const recovered = await see()
    expect(kinds(recovered), 'the second is').toEqual(['site.changed', 'alert.resolved'])
    expect((await state()).availability).toBe('up')
    expect(await live()).toEqual([])
  })

  it('keeps every visit, and adds only the spaced ones to the hour', async () => {
    ctx.clock.advance(5 * HOUR)
    await recordVisits(ctx, [visited({ cause: 'refused' })])
    await recordVisits(ctx, [visited({ cause: 'refused', extra: true })])
    await recordVisits(ctx, [visited()])
    const hours = await ctx.db.selectFrom('visit_hour').selectAll().where('site_id', '=', site.id).execute()
    expect(hours.map(({ total, failed, excluded }) => ({ total, failed, excluded }))).toEqual([
      { total: 2, failed: 1, excluded: 0 },
    ])
    const visits = await ctx.db.selectFrom('visit').select('outcome').where('site_id', '=', site.id).execute()
    expect(visits).toHaveLength(3)
  })

  it('counts neither a firewall nor a doubtful line against the site', async () => {
    await recordVisits(ctx, [visited({ cause: 'blocked_firewall' })])
    await recordVisits(ctx, [visited({ cause: 'timeout', lineInDoubt: true })])
    const [hour] = await ctx.db.selectFrom('visit_hour').selectAll().where('site_id', '=', site.id).execute()
    expect(hour).toMatchObject({ total: 0, failed: 0, excluded: 2 })
    expect((await state()).state).toBe('healthy')
  })

  it('finds a page dormant, raises the alert, and resolves it when something new appears', async () => {
    const stale = await ctx.told(() => recordVisits(ctx, [visited({ finding: datedFinding('2026-02-01') })]))
    expect(kinds(stale)).toEqual(['site.changed', 'alert.opened'])
    expect(await live()).toMatchObject([
      { rule: 'V2', severity: 'critical', evidence: { newest: '2026-02-01' } },
    ])
    const known = await ctx.told(() => recordVisits(ctx, [visited()]))
    expect(known, 'a visit that did not read the page changes nothing').toEqual([])
    const updated = await ctx.told(() =>
      recordVisits(ctx, [visited({ finding: datedFinding('2026-03-10') })]),
    )
    expect(kinds(updated)).toEqual(['site.changed', 'alert.resolved'])
    expect(await state()).toMatchObject({ state: 'healthy', newest: '2026-03-10' })
  })

  it('vetoes a site with a full week of visits of which one in twenty failed', async () => {
    const nowMs = ctx.clock.now()
    const hours = Array.from({ length: 169 }, (_, n) => ({
      site_id: site.id,
      hour: new Date(Math.floor(nowMs / HOUR) * HOUR - n * HOUR),
      total: 1,
      failed: n > 0 && n <= 8 ? 1 : 0,
      excluded: 0,
      ok_ms_sum: 40,
      max_ms: 40,
    }))
    await ensureVisitPartitions(
      ctx.db,
      hours.map(({ hour }) => hour.getTime()),
    )
    await ctx.db.insertInto('visit_hour').values(hours).execute()
    await recordVisits(ctx, [visited()])
    expect(await state(), '8 misses in a week: warned').toMatchObject({ v1: 'warning', state: 'warning' })
    await recordVisits(ctx, [visited({ cause: 'timeout' })])
    expect(await state(), '9 misses: vetoed').toMatchObject({ v1: 'violated', state: 'dead' })
    expect((await live()).map((alert) => [alert.rule, alert.severity])).toEqual([['V1', 'critical']])
  })

  it('passes over a site that left the register while it was being visited', async () => {
    const gone = { ...visited(), siteId: 999_999 }
    const standings = await recordVisits(ctx, [gone, visited()])
    expect([...standings.keys()]).toEqual([site.id])
  })

  it('leaves a site in its pause that was paused while it was being visited', async () => {
    await ctx.db
      .updateTable('site')
      .set({ pause_reason: '迁移', paused_until: null })
      .where('id', '=', site.id)
      .execute()
    const facts = await ctx.told(() => recordVisits(ctx, [visited({ cause: 'timeout' })]))
    expect(facts).toEqual([])
    expect((await state()).fail_streak).toBe(0)
  })

  it('stores visits of days that lie years apart, as after a jump of the clock', async () => {
    const other = await makeSite(ctx.db)
    const past = visited({ atMs: Date.parse('2018-03-25T04:00:00Z') })
    await recordVisits(ctx, [past, { ...visited(), siteId: other.id }])
    const partitions = await sql<{ n: number }>`
      select count(*) as n from pg_inherits where inhparent = 'visit'::regclass`.execute(ctx.db)
    expect(partitions.rows[0]?.n).toBeLessThan(10)
  })

  it('judges two visits to one site one after the other, also when they waited together', async () => {
    const recorder = new Recorder(ctx)
    const seen: string[] = []
    for (let n = 0; n < 3; n++) {
      recorder.add(visited({ cause: 'reset', atMs: ctx.clock.advance(SECOND) }), (s) =>
        seen.push(s.availability),
      )
    }
    await recorder.flush()
    expect(seen).toEqual(['suspect', 'suspect', 'down'])
  })
})

describe('whose turn it is', () => {
  const claim = (limit = 100) =>
    claimDueSites(ctx.db, { now: new Date(ctx.clock.now()), limit, defaultIntervalS: 300, demoIntervalS: 30 })

  it('gives each turn to one monitor only, and the next one at the site’s own place in the interval', async () => {
    await claim()
    ctx.clock.advance(10 * MINUTE)
    const [one, other] = await Promise.all([claim(), claim()])
    const all = [...one, ...other].map((due) => due.siteId)
    expect(all).toContain(site.id)
    expect(new Set(all).size).toBe(all.length)
    expect(await claim(), 'nobody is due again at once').toEqual([])
    const first = (await state()).next_visit_at.getTime()
    ctx.clock.advance(5 * MINUTE)
    await claim()
    expect((await state()).next_visit_at.getTime() - first).toBe(5 * MINUTE)
  })

  it('is everybody’s soon after a start, also that of a site which is visited rarely', async () => {
    const now = ctx.clock.now()
    const at = (ms: number) => new Date(now + ms)
    const rare = await makeSite(
      ctx.db,
      {},
      { last_visit_at: at(-20 * MINUTE), next_visit_at: at(25 * MINUTE) },
    )
    const usual = await makeSite(
      ctx.db,
      {},
      { last_visit_at: at(-2 * MINUTE), next_visit_at: at(3 * MINUTE) },
    )
    await spreadOverdue(ctx.db, { now: at(0), withinS: 75, defaultIntervalS: 300, demoIntervalS: 30 })
    const turnOf = async ({ id }: MadeSite) => {
      const row = await ctx.db
        .selectFrom('site_state')
        .select('next_visit_at')
        .where('site_id', '=', id)
        .executeTakeFirst()
      return (row?.next_visit_at.getTime() ?? 0) - now
    }
    expect(await turnOf(rare)).toBeLessThanOrEqual(75 * SECOND)
    expect(await turnOf(usual), 'in turn anyway').toBe(3 * MINUTE)
  })

  it('leaves a site alone during filed downtime, and comes back afterwards', async () => {
    ctx.clock.advance(10 * MINUTE)
    const until = new Date(ctx.clock.now() + HOUR)
    await ctx.db
      .updateTable('site')
      .set({ paused_until: until, pause_reason: '系统升级' })
      .where('id', '=', site.id)
      .execute()
    expect((await claim()).map((due) => due.siteId)).not.toContain(site.id)
    ctx.clock.advance(HOUR)
    expect((await claim()).map((due) => due.siteId)).toContain(site.id)
  })
})

describe('a site that flaps', () => {
  it('has one alert for all its outages, says so, and tells how it is when it calms down', async () => {
    const see = async (cause: Cause | undefined, times: number, spaced = true) => {
      for (let n = 0; n < times; n++) {
        ctx.clock.advance(30 * SECOND)
        await recordVisits(ctx, [visited({ ...(cause && { cause }), extra: !spaced })])
      }
    }
    const flap = async () => {
      await see('http_5xx', 1)
      await see('http_5xx', 2, false)
      await see(undefined, 1, false)
      await see(undefined, 1)
    }
    await flap()
    expect((await state()).flapping, 'one outage is an outage').toBe(false)
    const flapping = await ctx.told(async () => {
      await flap()
      await flap()
      await flap()
    })
    expect((await state()).flapping).toBe(true)
    const alerts = flapping.filter((fact) => fact.kind.startsWith('alert.'))
    expect(kinds(alerts), 'of three outages the first reopens the alert, and no more').toEqual([
      'alert.reopened',
    ])
    expect(await live()).toMatchObject([{ rule: 'DOWN', status: 'open', recurrences: 1 }])
    const calm = await ctx.told(() => see(undefined, 20))
    expect(kinds(calm)).toEqual(['site.changed', 'alert.resolved'])
    expect(calm[0]).toMatchObject({ data: { after: { availability: 'up', flapping: false } } })
    expect(await live()).toEqual([])
  })
})

describe('a site that stops flapping', () => {
  it('is announced as down, with its alert, when that is how it stays', async () => {
    const see = (cause: Cause | undefined, count: number) =>
      ctx.told(async () => {
        for (let n = 0; n < count; n++) {
          ctx.clock.advance(5 * MINUTE)
          await recordVisits(ctx, [visited(cause ? { cause } : {})])
        }
      })
    for (let n = 0; n < 4; n++) {
      await see('timeout', 3)
      await see(undefined, 2)
    }
    expect(await state()).toMatchObject({ flapping: true, availability: 'up' })
    const told = await see('timeout', 25)
    expect(await state()).toMatchObject({ flapping: false, availability: 'down' })
    expect(told.at(-1), 'the last word').toMatchObject({
      kind: 'site.changed',
      data: { after: { availability: 'down', flapping: false } },
    })
    const live = await ctx.db
      .selectFrom('alert')
      .select('status')
      .where('site_id', '=', site.id)
      .where('rule', '=', 'DOWN')
      .execute()
    expect(live).toEqual([{ status: 'open' }])
  })
})

describe('a certificate', () => {
  it('is warned of at 30, 14, 7 and 1 days before the first end in its chain, and no more once renewed', async () => {
    const days = (certDaysLeft: number) =>
      ctx.told(async () => {
        ctx.clock.advance(HOUR)
        const visit = visited()
        await recordVisits(ctx, [{ ...visit, result: { ...visit.result, certDaysLeft } }])
      })
    const said: [number, string, string][] = []
    for (const left of [40, 31, 30, 29, 15, 14, 10, 7, 6, 2, 1, 0, -1]) {
      for (const fact of await days(left)) {
        if ('alert' in fact.data) said.push([left, fact.kind, fact.data.alert.severity])
      }
    }
    expect(said).toEqual([
      [30, 'alert.opened', 'minor'],
      [14, 'alert.raised', 'minor'],
      [7, 'alert.raised', 'major'],
      [1, 'alert.raised', 'critical'],
    ])
    expect(kinds(await days(365))).toEqual(['alert.resolved'])
  })
})

describe('good manners', () => {
  const next = async () => {
    const options = { now: new Date(ctx.clock.now()), limit: 500, defaultIntervalS: 300, demoIntervalS: 30 }
    await claimDueSites(ctx.db, options)
    return ((await state()).next_visit_at.getTime() - ctx.clock.now()) / SECOND
  }
  const put = async (availability: 'blocked' | 'down', fail_streak: number, sinceMs: number) => {
    await ctx.db
      .updateTable('site_state')
      .set({
        availability,
        fail_streak,
        since: new Date(sinceMs),
        next_visit_at: new Date(ctx.clock.now()),
      })
      .where('site_id', '=', site.id)
      .execute()
  }

  it('leaves a site that refuses alone for longer and longer, and still visits it more than 20 times a day', async () => {
    await put('blocked', 2, ctx.clock.now())
    expect(await next()).toBeLessThanOrEqual(1_200)
    const waits: number[] = []
    for (const streak of [5, 12, 40]) {
      // At the beginning of an interval, the next turn is a whole one away at most.
      await put('blocked', streak, ctx.clock.now())
      waits.push(await next())
      ctx.clock.advance(HOUR)
    }
    expect(Math.max(...waits)).toBeGreaterThan(300)
    expect(Math.max(...waits)).toBeLessThanOrEqual(86_400 / 32)
  })

  it('visits a site that is long dead less, and one that has just died as ever', async () => {
    await put('down', 9, ctx.clock.now() - HOUR)
    expect(await next()).toBeLessThanOrEqual(300)
    await put('down', 900, ctx.clock.now() - 100 * HOUR)
    const turns: number[] = []
    for (let n = 0; n < 40; n++) {
      ctx.clock.advance(30 * MINUTE)
      const before = (await state()).next_visit_at.getTime()
      await next()
      if ((await state()).next_visit_at.getTime() !== before) turns.push(ctx.clock.now())
    }
    const perDay = (turns.length * 24) / 20
    expect(perDay).toBeGreaterThanOrEqual(20)
    expect(perDay).toBeLessThan(40)
  })
})

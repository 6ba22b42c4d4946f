import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Visited } from '../../server/monitor/visit/visited.ts'
import { ensureVisitPartitions } from '../../server/monitor/visit-store/partitions.ts'
import { recordQuiet } from '../../server/recording/quiet.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { Recorder } from '../../server/recording/recorder.ts'
import { addDays, HOUR, localDay, MINUTE, SECOND } from '../../shared/base/time.ts'
import type { Cause } from '../../shared/monitor/visit/probes.ts'
import { datedFinding, makeSite } from '../support/make.ts'
import { visitOf } from '../support/visits/visited.ts'
import { ctx, kinds, live, recordOnASite, site, state, visited } from './recorded.ts'

recordOnASite()

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
    expect(recovered[1]?.data, 'and nobody looked meanwhile').toMatchObject({ alert: { missed: true } })
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
    ctx.clock.advance(MINUTE)
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

  it('counts visits once that are sent again, the connection having broken before it was said that they are stored', async () => {
    const quiet = await makeSite(ctx.db)
    const since = new Date(ctx.clock.now())
    const sums = async (siteId: number) => {
      const { total, failed } = await ctx.db
        .selectFrom('visit_day')
        .select(['total', 'failed'])
        .where('site_id', '=', siteId)
        .executeTakeFirstOrThrow()
      const visits = await ctx.db
        .selectFrom('visit')
        .select('at')
        .where('site_id', '=', siteId)
        .where('at', '>=', since)
        .execute()
      return { total, failed, visits: visits.length }
    }
    const record = async (visits: readonly Visited[]) => {
      const stored = await recordQuiet(ctx, visits)
      const rest = visits.filter(({ siteId }) => !stored.has(siteId))
      return { stored, judged: await recordVisits(ctx, rest) }
    }
    await record([visitOf(quiet, ctx.clock.advance(MINUTE))])
    const atMs = ctx.clock.advance(MINUTE)
    const batch = [visited({ atMs, cause: 'timeout' }), visitOf(quiet, atMs)]
    const first = await record(batch)
    expect([...first.stored.keys()], 'one changes nothing').toEqual([quiet.id])
    const facts = await ctx.told(async () => {
      const again = await record(batch)
      expect(again.stored.get(quiet.id) ?? again.judged.get(quiet.id)).toEqual(first.stored.get(quiet.id))
      expect(again.judged.get(site.id), 'what follows from it is decided all the same').toMatchObject({
        availability: 'suspect',
        failStreak: 1,
      })
    })
    expect(facts).toEqual([])
    expect(await sums(quiet.id)).toEqual({ total: 2, failed: 0, visits: 2 })
    expect(await sums(site.id)).toEqual({ total: 1, failed: 1, visits: 1 })
  })

  it('takes what was read of a page once that is sent again, and nothing of one that is older than what is known', async () => {
    const atMs = ctx.clock.now()
    const day = localDay(atMs)
    const item = (date: string) => ({ key: `/${date}`, title: '关于开展检查的通知', date })
    const read = (at: number, date: string): Visited => ({
      ...visited({ atMs: at, isReading: true, print: date, finding: datedFinding(date) }),
      page: { items: [item(date)], dated: [{ date, text: item(date).title }], columns: [] },
    })
    await recordVisits(ctx, [visited()])
    await recordVisits(ctx, [read(atMs, day)])
    const before = await state()
    const known = await ctx.db.selectFrom('site_news').selectAll().where('site_id', '=', site.id).execute()
    const facts = await ctx.told(async () => {
      await recordVisits(ctx, [read(atMs, day)])
      await recordVisits(ctx, [read(atMs - MINUTE, addDays(day, -30))])
    })
    expect(facts).toEqual([])
    expect(await state()).toEqual(before)
    const news = ctx.db.selectFrom('site_news').selectAll().where('site_id', '=', site.id)
    expect(await news.execute()).toEqual(known)
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

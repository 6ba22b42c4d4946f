import { describe, expect, it } from 'vitest'
import { spreadOverdue } from '../../server/monitor/schedule/claims/round.ts'
import { claimDueSites, overdueSites } from '../../server/monitor/schedule/queries.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { type MadeSite, makeSite } from '../support/make.ts'
import { ctx, recordOnASite, site, state } from './recorded.ts'

recordOnASite()

describe('whose turn it is', () => {
  const round = () => ({ now: new Date(ctx.clock.now()), defaultIntervalS: 300, demoIntervalS: 30 })
  const claim = (limit = 100) => claimDueSites(ctx.db, { ...round(), limit })
  const overdue = () => overdueSites(ctx.db, { ...round(), among: [site.id] })

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
    await spreadOverdue(ctx.db, {
      now: at(0),
      withinS: 75,
      perS: 100,
      defaultIntervalS: 300,
      demoIntervalS: 30,
    })
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

  it.each(['of its own', 'by a guarded period', 'which is the usual one'])(
    'is first that of a site whose short interval, %s, has gone by several times, however many with long ones have waited longer',
    async (how) => {
      await claim(500)
      const at = (ms: number) => new Date(ctx.clock.now() - ms)
      const late = (ms: number) => ({ next_visit_at: at(ms), last_visit_at: at(HOUR) })
      for (let n = 0; n < 12; n++) await makeSite(ctx.db, { interval_s: 7_200 }, late(20 * MINUTE))
      const often = await makeSite(ctx.db, { interval_s: how === 'of its own' ? 60 : null }, late(9 * MINUTE))
      const tightening = {
        site_id: often.id,
        every_s: 60,
        source: 'a test',
        from_at: at(HOUR),
        until_at: at(-HOUR),
      }
      if (how === 'by a guarded period')
        await ctx.db.insertInto('visit_tightening').values(tightening).execute()
      expect((await claim(1)).map((due) => due.siteId)).toEqual([often.id])
      expect(await claim(2), 'the others have theirs').toHaveLength(2)
    },
  )

  it('is at once that of a site which somebody asked to be visited, however long many others have waited', async () => {
    await claim(500)
    const at = (ms: number) => new Date(ctx.clock.now() - ms)
    for (let n = 0; n < 12; n++)
      await makeSite(ctx.db, {}, { next_visit_at: at(20 * MINUTE), last_visit_at: at(HOUR) })
    const asked = await makeSite(
      ctx.db,
      {},
      { next_visit_at: at(0), last_visit_at: at(MINUTE), read_again: true },
    )
    expect((await claim(1)).map((due) => due.siteId)).toEqual([asked.id])
    expect(await claim(12), 'the others have theirs').toHaveLength(12)
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
    expect(await overdue(), 'that it was left alone is no silence').toEqual([])
    ctx.clock.advance(16 * MINUTE)
    expect(await overdue(), 'that nobody comes back is').toEqual([{ id: site.id, isTold: false }])
    expect((await claim()).map((due) => due.siteId)).toContain(site.id)
    expect(await overdue()).toEqual([])
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

import { beforeEach, describe, expect, it } from 'vitest'
import { type Look, sayStillThere, sayThere, storeLooks } from '../../server/monitor/vantages/queries.ts'
import { recordQuiet } from '../../server/recording/quiet.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../shared/base/time.ts'
import { APART_AT_LEAST } from '../../shared/monitor/vantages/vantages-rules.ts'
import { makeSite } from '../support/make.ts'
import { ctx, kinds, live, recordOnASite, setSite, site, state, visited } from './recorded.ts'

recordOnASite()

const places = new Map<string, number>()
beforeEach(async () => {
  await ctx.db.deleteFrom('vantage_look').execute()
  await ctx.db.deleteFrom('vantage').execute()
  places.clear()
})

/** A place looks at the site now. */
async function look(name: string, outcome: Look['outcome'], agoMs = 0): Promise<void> {
  const now = ctx.clock.now()
  const id = await sayThere(ctx.db, { name, region: null, demo: false }, new Date(now))
  places.set(name, id)
  const turn = { site_id: site.id, vantage_id: id, next_at: new Date(now + 5 * MINUTE) }
  await ctx.db
    .insertInto('vantage_look')
    .values(turn)
    .onConflict((on) => on.doNothing())
    .execute()
  const seen = { cause: outcome === 'failed' ? ('timeout' as const) : null, status: null, totalMs: 80 }
  await storeLooks(ctx.db, id, [
    { siteId: site.id, atMs: now - agoMs, outcome, ...seen, everyS: 300, putOffMs: null },
  ])
}
const stillThere = (name: string) =>
  sayStillThere(ctx.db, places.get(name) ?? 0, new Date(ctx.clock.now()), { ms: 0, isTooMuch: false })
/** The home place does not reach it, so many times in a row, a few seconds apart. */
const miss = (times: number, extra = true) =>
  ctx.told(async () => {
    for (let n = 0; n < times; n++) {
      await recordVisits(ctx, [visited({ cause: 'timeout', extra: extra && n > 0 })])
      ctx.clock.advance(5 * SECOND)
    }
  })
const nextLook = async (name: string) => {
  const row = await ctx.db
    .selectFrom('vantage_look')
    .select('next_at')
    .where('vantage_id', '=', places.get(name) ?? 0)
    .executeTakeFirstOrThrow()
  return row.next_at.getTime() - ctx.clock.now()
}

describe('a site that the home place does not reach', () => {
  it('is not called down while more than half of all places reach it: that is said, and held against nobody', async () => {
    await miss(2)
    await look('上海', 'ok')
    await look('北京', 'ok')
    const told = await miss(2)
    expect(await live(), 'no alert').toEqual([])
    expect(await state()).toMatchObject({
      availability: 'suspect',
      cause: 'reached_elsewhere',
      state: 'warning',
    })
    expect(kinds(told), 'once').toEqual(['site.changed'])
    ctx.clock.advance(5 * MINUTE)
    await look('上海', 'ok')
    await look('北京', 'ok')
    await miss(1)
    const visits = ctx.db.selectFrom('visit').select(['excluded', 'extra']).where('site_id', '=', site.id)
    expect(
      (await visits.orderBy('at').execute()).map(({ excluded }) => excluded),
      'the misses that others contradict do not count',
    ).toEqual([false, false, true, true, true])
    const up = await ctx.told(() => recordVisits(ctx, [visited()]))
    expect(up).toMatchObject([{ data: { after: { availability: 'up', cause: null } } }])
  })

  it('is down when half of the places or more do not reach it', async () => {
    await miss(2)
    await look('上海', 'failed')
    await look('北京', 'ok')
    await miss(1)
    expect(await state()).toMatchObject({ availability: 'down', cause: 'timeout' })
    expect(await live()).toMatchObject([{ rule: 'DOWN' }])
  })

  it('is down by the home place’s word where only one other place looks: one of two is half', async () => {
    await miss(2)
    await look('上海', 'ok')
    await miss(1)
    expect(await state()).toMatchObject({ availability: 'down' })
  })

  it('is down whatever others saw before it failed, long ago, in doubt of their line, or behind a firewall', async () => {
    await look('广州', 'ok')
    ctx.clock.advance(SECOND)
    await miss(2)
    await look('上海', 'unmeasured')
    await look('北京', 'blocked')
    await miss(1)
    expect(await state()).toMatchObject({ availability: 'down' })
  })

  it('is no longer held back once the other places have gone silent', async () => {
    await miss(2)
    await look('上海', 'ok')
    await look('北京', 'ok')
    await miss(1)
    expect(await state()).toMatchObject({ availability: 'suspect' })
    ctx.clock.advance(3 * MINUTE)
    await miss(1, false)
    expect(await state(), 'nobody says otherwise any more').toMatchObject({ availability: 'down' })
  })

  it('goes down when the others fail as well, since its first miss, and is let off when they reach it again', async () => {
    const first = ctx.clock.now()
    await miss(2)
    await look('上海', 'ok')
    await look('北京', 'ok')
    await miss(1)
    ctx.clock.advance(MINUTE)
    await look('上海', 'failed')
    await miss(1, false)
    expect(await state()).toMatchObject({ availability: 'down', since: new Date(first) })
    expect(await live()).toMatchObject([{ rule: 'DOWN' }])
    ctx.clock.advance(MINUTE)
    await look('上海', 'ok')
    await look('北京', 'ok')
    const told = await miss(1, false)
    expect(await state()).toMatchObject({ availability: 'suspect', cause: 'reached_elsewhere' })
    expect(kinds(told).slice(0, 2)).toEqual(['site.changed', 'alert.resolved'])
  })

  it('is looked at by all other places at once when it is first missed, and not each time while they contradict', async () => {
    await look('上海', 'ok')
    await look('北京', 'ok')
    expect(await nextLook('上海')).toBe(5 * MINUTE)
    await miss(1)
    expect(await nextLook('上海')).toBeLessThanOrEqual(0)
    await miss(1)
    await look('上海', 'ok')
    await look('北京', 'ok')
    await ctx.db
      .updateTable('vantage_look')
      .set({ next_at: new Date(ctx.clock.now() + 5 * MINUTE) })
      .execute()
    await miss(1)
    expect(await nextLook('上海')).toBeGreaterThan(4 * MINUTE)
  })
})

describe('a site that the home place reaches', () => {
  /** A place misses it, or reaches it, twice running. */
  const lookTwice = async (name: string, outcome: Look['outcome']) => {
    await look(name, outcome)
    ctx.clock.advance(15 * SECOND)
    await look(name, outcome)
  }
  const good = (times: number) =>
    ctx.told(async () => {
      for (let n = 0; n < times; n++) {
        ctx.clock.advance(5 * SECOND)
        await recordVisits(ctx, [visited({ extra: n > 0 })])
      }
    })

  it('is down once at least half of all places have missed it twice running; its own visits count as good ones', async () => {
    await good(1)
    await lookTwice('上海', 'failed')
    await lookTwice('北京', 'ok')
    await good(1)
    expect(await state(), 'one of three is less than half').toMatchObject({ availability: 'up', cause: null })
    await look('西安', 'failed')
    await good(1)
    expect(await state(), 'missed once, it is looked at again first').toMatchObject({ availability: 'up' })
    expect(await nextLook('西安')).toBe(10 * SECOND)
    await look('西安', 'failed')
    const told = await good(3)
    expect(kinds(told).slice(0, 3)).toEqual(['site.changed', 'site.changed', 'alert.opened'])
    expect(await state()).toMatchObject({ state: 'down', availability: 'down', cause: 'missed_elsewhere' })
    expect(await live()).toMatchObject([{ rule: 'DOWN', evidence: { cause: 'missed_elsewhere' } }])
    const visits = await ctx.db.selectFrom('visit').selectAll().where('site_id', '=', site.id).execute()
    expect(visits.filter(({ outcome, excluded }) => outcome !== 0 || excluded)).toEqual([])
    await look('西安', 'ok')
    await good(2)
    expect(await state()).toMatchObject({ availability: 'up', cause: null })
    expect(await live()).toEqual([])
  })

  it('is not held down by what others saw before the home place came to reach it', async () => {
    await lookTwice('上海', 'failed')
    await lookTwice('北京', 'failed')
    await miss(3)
    expect(await state()).toMatchObject({ availability: 'down', cause: 'timeout' })
    await good(2)
    expect(await state()).toMatchObject({ availability: 'up', cause: null })
    await good(3)
    expect(await state(), 'until they have looked again').toMatchObject({ availability: 'up' })
    await look('上海', 'failed')
    await look('北京', 'failed')
    await good(3)
    expect(await state()).toMatchObject({ availability: 'down', cause: 'missed_elsewhere' })
  })

  it('is up where the place that misses it misses many others: that place doubts its own line', async () => {
    const near = site
    await good(1)
    for (let n = 0; n < APART_AT_LEAST; n++) {
      if (n > 0) setSite(await makeSite(ctx.db))
      await lookTwice('上海', 'failed')
    }
    setSite(near)
    await stillThere('上海')
    await good(3)
    expect(await state()).toMatchObject({ availability: 'up' })
    ctx.clock.advance(SECOND)
    const quick = await recordQuiet(ctx, [visited()])
    expect([...quick.keys()], 'nor do visits to all that it misses cost more than others').toEqual([site.id])
    await ctx.db
      .updateTable('site_state')
      .set({ since: new Date(ctx.clock.now()), availability: 'up', cause: null })
      .execute()
    ctx.clock.advance(MINUTE)
    await stillThere('上海')
    await good(3)
    expect(await state(), 'nor is it believed again for that they have just come up').toMatchObject({
      availability: 'up',
    })
    await ctx.db.updateTable('vantage_look').set({ outcome: 'ok' }).where('site_id', '<>', site.id).execute()
    await look('上海', 'failed')
    await stillThere('上海')
    await good(3)
    expect(await state(), 'one of two is half').toMatchObject({ availability: 'down' })
  })
})

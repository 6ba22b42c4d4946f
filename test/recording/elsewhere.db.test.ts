import { beforeEach, describe, expect, it } from 'vitest'
import { type Look, sayThere, storeLooks } from '../../server/monitor/vantages/queries.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../shared/base/time.ts'
import { ctx, kinds, live, recordOnASite, site, state, visited } from './recorded.ts'

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

it('a site that the home place reaches is up, whatever other places see', async () => {
  await recordVisits(ctx, [visited()])
  await look('上海', 'failed')
  await look('北京', 'failed')
  ctx.clock.advance(MINUTE)
  await recordVisits(ctx, [visited()])
  expect(await state()).toMatchObject({ availability: 'up', cause: null })
  expect(await live()).toEqual([])
})

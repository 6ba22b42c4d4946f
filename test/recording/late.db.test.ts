import { expect, it } from 'vitest'
import { recordVisits } from '../../server/recording/record.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { datedFinding } from '../support/make.ts'
import { ctx, kinds, recordOnASite, site, state, visited } from './recorded.ts'

/* Several monitors visit the site: what one of them has seen comes after what another saw later. */

recordOnASite()

/** Its visits since the story began, and their sums. */
async function kept() {
  const visits = await ctx.db
    .selectFrom('visit')
    .select('outcome')
    .where('site_id', '=', site.id)
    .orderBy('at')
    .execute()
  const { total, failed } = await ctx.db
    .selectFrom('visit_day')
    .select(['total', 'failed'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  return { visits: visits.map(({ outcome }) => outcome), total, failed }
}

it('a visit that is sent again after another monitor’s, its connection having broken, counts once and changes nothing', async () => {
  const miss = visited({ atMs: ctx.clock.advance(MINUTE), cause: 'timeout' })
  await recordVisits(ctx, [miss])
  expect((await state()).availability).toBe('suspect')
  ctx.clock.advance(10 * MINUTE)
  await recordVisits(ctx, [visited()])
  const before = await state()
  ctx.clock.advance(MINUTE)
  const facts = await ctx.told(async () => {
    const standings = await recordVisits(ctx, [miss])
    expect(standings.get(site.id)).toMatchObject({ availability: 'up', failStreak: 0 })
  })
  expect(facts).toEqual([])
  expect(await state()).toEqual(before)
  expect(await kept()).toEqual({ visits: [1, 0], total: 2, failed: 1 })
})

it('a visit that hung while another monitor found the site well is kept and counted, and the site stays well', async () => {
  const hung = visited({ atMs: ctx.clock.advance(MINUTE), cause: 'timeout' })
  ctx.clock.advance(5 * SECOND)
  await recordVisits(ctx, [visited()])
  const before = await state()
  ctx.clock.advance(10 * SECOND)
  const facts = await ctx.told(() => recordVisits(ctx, [hung]))
  expect(facts).toEqual([])
  expect(await state()).toEqual(before)
  expect(await kept()).toEqual({ visits: [1, 0], total: 2, failed: 1 })
  await recordVisits(ctx, [hung])
  expect(await kept(), 'and once').toMatchObject({ total: 2 })
})

it('a good visit that comes late does not bring up a site that was missed since', async () => {
  const good = visited({ atMs: ctx.clock.advance(MINUTE) })
  ctx.clock.advance(SECOND)
  await recordVisits(ctx, [visited({ cause: 'refused' })])
  ctx.clock.advance(SECOND)
  await recordVisits(ctx, [good])
  expect(await state()).toMatchObject({ availability: 'suspect', fail_streak: 1 })
})

it('after a clock that was ahead is set right, sites are judged at once, although their last visit is yet to come', async () => {
  await ctx.db
    .updateTable('site_state')
    .set({ last_visit_at: new Date(ctx.clock.now() + HOUR) })
    .where('site_id', '=', site.id)
    .execute()
  const facts = await ctx.told(() => recordVisits(ctx, [visited({ cause: 'timeout' })]))
  expect(kinds(facts)).toEqual(['site.changed'])
})

it('a page that is read later is no visit: the last one stays the last, and one made before the reading is judged', async () => {
  const atMs = ctx.clock.advance(MINUTE)
  await recordVisits(ctx, [visited()])
  const miss = visited({ atMs: ctx.clock.advance(MINUTE), cause: 'timeout' })
  ctx.clock.advance(SECOND)
  await recordVisits(ctx, [visited({ isReading: true, finding: datedFinding('2026-03-09') })])
  expect((await state()).last_visit_at).toEqual(new Date(atMs))
  ctx.clock.advance(SECOND)
  await recordVisits(ctx, [miss])
  expect(await state()).toMatchObject({ availability: 'suspect', last_visit_at: new Date(miss.atMs) })
})

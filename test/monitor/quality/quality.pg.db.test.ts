import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { truthOfTestSite } from '../../../server/demo/planted/truth.ts'
import { errorRates, mannersNow } from '../../../server/monitor/inspections/error-rate.ts'
import { countNights, keepLooks } from '../../../server/monitor/quality/night.ts'
import { qualityCases, qualityOf } from '../../../server/monitor/quality/queries.ts'
import { ratesOf } from '../../../server/monitor/quality/rate.ts'
import { goBy } from '../../../server/people/settings/settings.ts'
import { addDays, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { DEFAULT_SETTINGS } from '../../../shared/people/settings/settings.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

const TODAY = localDay(TUESDAY)
const SEED = 7
const SITE = { url: 'http://check.example/', seed: SEED }

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  for (const table of ['quality_look', 'quality_case', 'quality_night'] as const)
    await ctx.db.deleteFrom(table).execute()
})

/** What a monitor said of the test site in a night: all that is so, but for what `errs` says. */
async function look(night: string, errs: (what: string) => boolean = () => false): Promise<void> {
  const rows = truthOfTestSite(SEED, night).map(({ slot, rule, what, isFault, fromMs }) => ({
    ...{ night, slot, rule },
    at: new Date(isFault ? fromMs + 600_000 : startOfDay(night) + 2 * HOUR),
    outcome: isFault !== errs(what) ? ('found' as const) : ('clear' as const),
  }))
  await ctx.db.insertInto('quality_look').values(rows).execute()
}

describe('a night that is over is counted', () => {
  test('once, and what was seen is gone', async () => {
    goBy({ version: 1, settings: { ...DEFAULT_SETTINGS, testSite: SITE } })
    await look(TODAY)
    await countNights(ctx, false)
    await countNights(ctx, false)
    const { rules, nights } = await qualityOf(ctx, { nights: 30 }, ctx.clock.now())
    const truth = truthOfTestSite(SEED, TODAY)
    const planted = truth.filter(({ isFault }) => isFault).length
    const clean = truth.length - planted
    expect(nights).toEqual([{ night: TODAY, planted, found: planted, clean, wrong: 0, unmeasured: 0 }])
    const known = [...new Set(truth.map(({ rule }) => rule))].sort()
    expect(rules.map(({ rule, medianS, isAbove }) => [rule, medianS, isAbove])).toEqual(
      known.map((rule) => [rule, 600, false]),
    )
    expect(await ctx.db.selectFrom('quality_look').selectAll().execute()).toEqual([])
  })
  test('and not before', async () => {
    goBy({ version: 1, settings: { ...DEFAULT_SETTINGS, testSite: SITE } })
    ctx.clock.set(startOfDay(TODAY) + 4 * HOUR)
    await look(TODAY)
    await countNights(ctx, false)
    expect((await qualityOf(ctx, { nights: 30 }, ctx.clock.now())).nights).toEqual([])
  })
  test('what was missed is named', async () => {
    goBy({ version: 1, settings: { ...DEFAULT_SETTINGS, testSite: SITE } })
    const missed = truthOfTestSite(SEED, TODAY).find(({ isFault, rule }) => isFault && rule === 'V2')
    await look(TODAY, (what) => what === missed?.what)
    await countNights(ctx, false)
    const { items } = await qualityCases(ctx.db, { kind: 'city' }, { error: 'missed' }, { limit: 10 })
    expect(items).toMatchObject([
      { rule: 'V2', what: missed?.what, site: null, page: `/case/${missed?.slot}/`, place: 'test_site' },
    ])
  })
})

test('who sees a part of the sites is told of errors on those, and on the test site', async () => {
  const [own, other] = [
    await makeSite(ctx.db, { unit_id: people.unitId, district: '440106' }),
    await makeSite(ctx.db, { district: '440103' }),
  ]
  const errors = [own.id, other.id, null].map((site_id) => ({
    ...{
      night: TODAY,
      place: 'fleet' as const,
      rule: 'V1',
      error: 'wrong' as const,
      what: 'wellSite',
      site_id,
    },
    ...{ page: site_id === null ? '/case/1/' : null, from_at: new Date(TUESDAY), to_at: new Date(TUESDAY) },
  }))
  await ctx.db.insertInto('quality_case').values(errors).execute()
  const seenBy = async (who: People['duty']) => {
    const { items, total } = await qualityCases(ctx.db, who.scope, {}, { limit: 10 })
    return [total, items.map(({ site }) => site?.id ?? null)]
  }
  expect(await seenBy(people.duty)).toEqual([3, [null, other.id, own.id]])
  expect(await seenBy(people.tianhe)).toEqual([2, [null, own.id]])
  expect(await seenBy(people.owner)).toEqual([2, [null, own.id]])
})

test('a rule is above its limit by what was planted, or by what people refuse', async () => {
  const night = (rule: string, clean: number, wrong: number) => ({
    ...{ night: addDays(TODAY, -1), place: 'test_site' as const, rule, planted: 10, found: 10, clean, wrong },
    ...{ unmeasured: 0, median_s: 60, slowest_s: 90, counted_at: new Date(TUESDAY) },
  })
  await ctx.db
    .insertInto('quality_night')
    .values([night('good', 200, 7), night('bad', 200, 9)])
    .execute()
  const site = await makeSite(ctx.db, {})
  const opened_at = new Date(TUESDAY - HOUR)
  for (let n = 0; n < 20; n++) {
    const falseAlarm = {
      at: opened_at.toISOString(),
      by: { id: people.duty.id, name: people.duty.name },
      note: '',
    }
    await makeAlert(ctx.db, {
      ...{ site, rule: 'CERT', status: 'resolved', opened_at, resolved_at: opened_at },
      false_alarm: n < 9 ? JSON.stringify(falseAlarm) : null,
    })
  }
  const rules = await ratesOf(ctx, 30, ctx.clock.now())
  const isAbove = (of: string) => rules.find(({ rule }) => rule === of)?.isAbove
  expect([isAbove('good'), isAbove('bad'), isAbove('CERT'), isAbove('unheard')]).toEqual([
    ...[false, true, true, undefined],
  ])
})

test('a rule of machine inspections is said to be held back exactly while it is', async () => {
  const night = (rule: string, ago: number, wrong: number) => ({
    ...{ night: addDays(TODAY, -ago), place: 'test_site' as const, rule, planted: 10, found: 10, clean: 200 },
    ...{ wrong, unmeasured: 0, median_s: 60, slowest_s: 90, counted_at: new Date(TUESDAY) },
    version: inspectionRule(rule)?.version ?? null,
  })
  const nights = [night('hidden-links', 20, 10), night('foreign-words', 60, 10), night('foreign-words', 1, 0)]
  await ctx.db.insertInto('quality_night').values(nights).execute()
  for (const span of [7, 30, 90]) {
    const rules = await ratesOf(ctx, span, ctx.clock.now())
    const above = rules.filter(({ isAbove }) => isAbove).map(({ rule }) => rule)
    expect(
      above.filter((rule) => rule === 'foreign-words'),
      `${span} nights`,
    ).toEqual([])
    if (span > 20) expect(above, `${span} nights`).toContain('hidden-links')
    expect(rules.find(({ rule }) => rule === 'foreign-words')?.limits.refusedPercent).toBe(2)
  }
  const manners = await mannersNow(ctx.db, ctx.clock.now())
  expect([manners.get('hidden-links'), manners.get('foreign-words')]).toEqual(['proposes', 'tells'])
})

test('nights of before versions were counted are of the first version of a rule', async () => {
  const night = (rule: string, version: number | null) => ({
    ...{ night: addDays(TODAY, -1), place: 'test_site' as const, rule, version, planted: 10, found: 10 },
    ...{ clean: 200, wrong: 20, unmeasured: 0, median_s: 60, slowest_s: 90, counted_at: new Date(TUESDAY) },
  })
  // Of rules of which nothing is counted here yet.
  const others = INSPECTION_RULES.filter(({ id }) => !['hidden-links', 'foreign-words'].includes(id))
  const first = others.find(({ version }) => version === 1)?.id ?? ''
  const later = others.find(({ version }) => version > 1)?.id ?? ''
  await ctx.db
    .insertInto('quality_night')
    .values([night(later, null), night(first, null), night('V1', null)])
    .execute()
  const rates = await errorRates(ctx.db, ctx.clock.now())
  expect([rates.has(later), rates.get(first)?.share]).toEqual([false, 0.1])
  const rules = await ratesOf(ctx, 30, ctx.clock.now())
  const cleanOf = (of: string) => rules.find(({ rule }) => rule === of)?.clean ?? 0
  expect([cleanOf(later), cleanOf(first), cleanOf('V1')]).toEqual([0, 200, 200])
})

test('a look at a test site of many pages is kept whole', async () => {
  const look = { night: TODAY, rule: 'hidden-links', at: new Date(TUESDAY), outcome: 'clear' as const }
  const rows = Array.from({ length: 14_000 }, (_, slot) => ({ ...look, slot }))
  await keepLooks(ctx.db, rows)
  const { n } = await ctx.db
    .selectFrom('quality_look')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  expect(Number(n)).toBe(rows.length)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorRates } from '../../../server/monitor/inspections/error-rate.ts'
import { INSPECTION_RULES, inspectionRule, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { rateOf } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let siteId: number

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(ctx.db)
  siteId = (await makeSite(ctx.db, { unit_id: people.unitId })).id
})
afterAll(() => fresh.drop())

const RULE = 'mark-code'
/** The error rate of a rule of which so many problems were refused, and so many confirmed, by each. */
async function rateAfter(...who: readonly (readonly [Principal, number, number])[]): Promise<number[]> {
  await ctx.db.deleteFrom('inspection_problem').execute()
  const judged = who.flatMap(([one, refused, confirmed]) =>
    Array.from({ length: refused + confirmed }, (_, n) => ({ by: one.id, isRefused: n < refused })),
  )
  const at = new Date(ctx.clock.now())
  const rows = judged.map(({ by, isRefused }, n) => ({
    ...{ site_id: siteId, rule: RULE, key: `/${n}`, url: 'http://x.gov.cn/', excerpt: '', detail: '{}' },
    ...{
      outline: null,
      told: null,
      first_at: at,
      last_at: at,
      gone_at: null,
      rule_version: inspectionRule(RULE)?.version ?? 0,
      note: null,
    },
    ...{ state: isRefused ? ('refused' as const) : ('confirmed' as const) },
    ...{ decided_by: by, decided_at: at },
  }))
  await ctx.db.insertInto('inspection_problem').values(rows).execute()
  const rate = (await errorRates(ctx.db, ctx.clock.now())).get(RULE)
  return rate ? [rate.n, rate.of] : []
}

it('a rule errs by the word of several offices, or of the working group; not of one district', async () => {
  const { duty, tianhe, haizhu } = people
  expect(await rateAfter([tianhe, 20, 0], [duty, 0, 20]), 'one district').toEqual([0, 20])
  expect(await rateAfter([tianhe, 20, 0], [haizhu, 2, 0], [duty, 0, 18])).toEqual([4, 22])
  expect(await rateAfter([tianhe, 10, 0], [haizhu, 10, 0], [duty, 0, 20])).toEqual([20, 40])
  expect(await rateAfter([duty, 4, 36]), 'the working group').toEqual([4, 40])
  await ctx.db.updateTable('inspection_problem').set({ rule_version: 0 }).execute()
  const rates = await errorRates(ctx.db, ctx.clock.now())
  expect(rates.get(RULE), 'what it said when it decided otherwise').toBeUndefined()
})

it('what one office judges beyond all others is counted nowhere: its refusals hide no others, and its confirmations drown none', async () => {
  const { duty, tianhe, haizhu } = people
  expect(await rateAfter([tianhe, 510, 0], [duty, 10, 0]), 'ten of ten').toEqual([10, 10])
  expect(await rateAfter([tianhe, 0, 300], [haizhu, 15, 0])).toEqual([15, 30])
  expect(await rateAfter([tianhe, 30, 30], [haizhu, 15, 5]), 'both by the same share').toEqual([25, 40])
  expect(await rateAfter([tianhe, 300, 0], [duty, 9, 0]), 'too few that count').toEqual([])
})

it('one wrong click silences no rule for the whole city, and three of ten silence each', () => {
  const { least } = MACHINE.errors
  for (const rule of INSPECTION_RULES.filter(({ manner }) => manner === 'tells')) {
    for (let of = least; of < 100; of++) expect(mannerOf(rule, rateOf(1, of).low), rule.id).toBe('tells')
    expect(mannerOf(rule, rateOf(3, 10).low), rule.id).toBe('proposes')
  }
})

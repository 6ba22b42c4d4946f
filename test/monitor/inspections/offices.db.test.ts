import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorRates } from '../../../server/monitor/inspections/error-rate.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
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
/** The error rate of a rule of which so many problems were refused by each, and the others of 40 confirmed. */
async function rateAfter(...who: readonly (readonly [Principal, number])[]): Promise<number | undefined> {
  await ctx.db.deleteFrom('inspection_problem').execute()
  const refusing = who.flatMap(([one, n]) => Array.from({ length: n }, () => one.id))
  const at = new Date(ctx.clock.now())
  const rows = Array.from({ length: 40 }, (_, n) => ({
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
    ...{ state: n < refusing.length ? ('refused' as const) : ('confirmed' as const) },
    ...{ decided_by: refusing[n] ?? people.duty.id, decided_at: at },
  }))
  await ctx.db.insertInto('inspection_problem').values(rows).execute()
  return (await errorRates(ctx.db, ctx.clock.now())).get(RULE)
}

it('a rule errs by the word of several offices, or of the working group; not of one district', async () => {
  const { duty, tianhe, haizhu } = people
  expect(await rateAfter([tianhe, 20]), 'one district').toBe(0)
  expect(await rateAfter([tianhe, 20], [haizhu, 2])).toBe(4 / 40)
  expect(await rateAfter([tianhe, 10], [haizhu, 10])).toBe(20 / 40)
  expect(await rateAfter([duty, 4]), 'the working group').toBe(4 / 40)
  await ctx.db.updateTable('inspection_problem').set({ rule_version: 0 }).execute()
  const rates = await errorRates(ctx.db, ctx.clock.now())
  expect(rates.get(RULE), 'what it said when it decided otherwise').toBeUndefined()
})

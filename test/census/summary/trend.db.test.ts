import { afterAll, beforeAll, expect, it } from 'vitest'
import { trendOf } from '../../../server/census/summary/trend.ts'
import { addDays, localDay } from '../../../shared/base/time.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let today: string
const ids: number[] = []
const CITY: Scope = { kind: 'city' }

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  today = localDay(ctx.clock.now())
  people = await makePeople(fresh.db)
  for (const district of ['440106', '440106', '440105']) {
    ids.push((await makeSite(fresh.db, { district, unit_id: people.unitId })).id)
  }
})
afterAll(() => fresh.drop())

const keep = (siteId: number | undefined, day: string) =>
  fresh.db
    .insertInto('sheet')
    .values({
      ...{ site_id: siteId ?? 0, edition: 'cn-2015', revision: 1, from_day: day, to_day: day },
      ...{ outcome: 'vetoed', points: 0, score: null, vetoes: ['V2'], unmeasured: [] },
      lines: JSON.stringify([]) as never,
    })
    .execute()
const vetoed = async (day: string, scope: Scope = CITY) =>
  (await trendOf(ctx, scope, [{ month: day.slice(0, 7), day }]))[0]?.outcomes.vetoed ?? 0

it('what is over is summed up once, until those who ask see other sites; what is not, each time', async () => {
  const [past, lately] = [addDays(today, -40), addDays(today, -1)]
  for (const day of [past, lately]) await keep(ids[0], day)
  expect([await vetoed(past), await vetoed(lately)]).toEqual([1, 1])
  for (const day of [past, lately]) await keep(ids[1], day)
  expect([await vetoed(past), await vetoed(lately)]).toEqual([1, 2])
  expect(await vetoed(past, people.tianhe.scope)).toBe(2)
  await fresh.db
    .updateTable('site')
    .set({ lifecycle: 'merged' })
    .where('id', '=', ids[0] ?? 0)
    .execute()
  expect([await vetoed(past), await vetoed(past, people.tianhe.scope)]).toEqual([1, 1])
  await makeSite(fresh.db, { district: '440106', unit_id: people.unitId })
  await keep(ids[2], past)
  expect([await vetoed(past), await vetoed(past, people.tianhe.scope)]).toEqual([2, 1])
})

it('a month is summed up once for all who ask for it at the same time', async () => {
  let asked = 0
  const db = fresh.db.withPlugin({
    transformQuery: ({ node }) => {
      asked += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const ends = [50, 80, 110].map((n) => ({ month: addDays(today, -n).slice(0, 7), day: addDays(today, -n) }))
  await Promise.all(Array.from({ length: 6 }, () => trendOf({ ...ctx, db }, CITY, ends)))
  // Each asks which sites these are; the three months are read once.
  expect(asked).toBe(6 + 3)
})

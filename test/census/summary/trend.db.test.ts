import { type RawNode, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sumUpAhead } from '../../../server/census/summary/ahead.ts'
import { placesOf, sumsOf } from '../../../server/census/summary/sums.ts'
import { trendOf } from '../../../server/census/summary/trend.ts'
import { addDays, localDay, monthOf } from '../../../shared/base/time.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
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
/** The same database, and how often a day is summed up in it. */
function counting(what = 'insert into sheet_sum') {
  const summed = { up: 0 }
  const db = fresh.db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind === 'RawNode' && (node as RawNode).sqlFragments[0]?.includes(what)) summed.up += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { db, summed }
}
/** The same database, in which something comes right after every transaction. */
const followed = (by: () => Promise<unknown>) =>
  new Proxy(fresh.db, {
    get(db, key) {
      if (key !== 'transaction') {
        const found = Reflect.get(db, key)
        return typeof found === 'function' ? found.bind(db) : found
      }
      const execute = async (work: Parameters<ReturnType<typeof db.transaction>['execute']>[0]) => {
        const done = await db.transaction().execute(work)
        await by()
        return done
      }
      return () => ({ execute })
    },
  })
const trend = async (days: readonly string[], scope: Scope = CITY, db = fresh.db) =>
  trendOf(
    db,
    scope,
    await placesOf(db, scope),
    days.map((day) => ({ month: day.slice(0, 7), day })),
  )
const vetoed = async (day: string, scope: Scope = CITY, db = fresh.db) =>
  (await trend([day], scope, db))[0]?.outcomes.vetoed ?? 0

it('a day is summed up once, until sheets are kept or those who ask see other sites', async () => {
  const { db, summed } = counting()
  const [past, lately] = [addDays(today, -40), addDays(today, -1)]
  for (const day of [past, lately]) await keep(ids[0], day)
  for (let n = 0; n < 3; n++)
    expect([await vetoed(past, CITY, db), await vetoed(lately, CITY, db)]).toEqual([1, 1])
  expect(await vetoed(past, people.tianhe.scope, db)).toBe(1)
  expect(summed.up).toBe(2)
  await keep(ids[1], lately)
  expect([await vetoed(past, CITY, db), await vetoed(lately, CITY, db)]).toEqual([1, 2])
  expect(summed.up).toBe(3)
  await keep(ids[1], past)
  expect([await vetoed(past, CITY, db), await vetoed(lately, CITY, db)]).toEqual([2, 2])
  await fresh.db
    .updateTable('site')
    .set({ lifecycle: 'merged' })
    .where('id', '=', ids[0] ?? 0)
    .execute()
  expect([await vetoed(past), await vetoed(past, people.tianhe.scope)]).toEqual([1, 1])
  await keep(ids[2], past)
  expect([await vetoed(past), await vetoed(past, people.tianhe.scope)]).toEqual([2, 1])
  expect(await vetoed(past, people.haizhu.scope)).toBe(1)
  expect(await vetoed(past, people.owner.scope)).toBe(2)
})

it('a sheet that goes on unchanged lets what was summed up of the days before stand', async () => {
  const [first, next] = [addDays(today, -70), addDays(today, -69)]
  await keep(ids[1], first)
  const { db, summed } = counting()
  expect(await vetoed(first, CITY, db)).toBe(1)
  await fresh.db.updateTable('sheet').set({ to_day: next }).where('from_day', '=', first).execute()
  expect([await vetoed(first, CITY, db), await vetoed(next, CITY, db)]).toEqual([1, 1])
  expect(summed.up).toBe(2)
})

it('a month is summed up once for all who ask for it at the same time', async () => {
  const { db, summed } = counting()
  const days = [50, 80, 110].map((n) => addDays(today, -n))
  await Promise.all(Array.from({ length: 6 }, () => trend(days, CITY, db)))
  expect(summed.up).toBe(3)
})

it('by night the ends of months are summed up ahead, and days that are none any more are let go', async () => {
  const month = monthOf(today)
  const [old, end] = [addDays(`${month}-01`, -3), addDays(`${month}-01`, -1)]
  for (const day of [old, end]) await keep(ids[1], day)
  await vetoed(old)
  await sumUpAhead({ ...ctx, db: fresh.db })
  const { db, summed } = counting()
  expect(await vetoed(end, CITY, db)).toBe(1)
  expect(summed.up).toBe(0)
  await vetoed(old, CITY, db)
  expect(summed.up).toBe(1)
})

it('sheets that are kept right after a day was summed up take nothing from who asked', async () => {
  const [before, day] = [addDays(today, -201), addDays(today, -200)]
  for (const one of [before, day]) await keep(ids[1], one)
  const db = followed(() => fresh.db.deleteFrom('sheet_sum').execute())
  expect((await trend([before, day], CITY, db)).map(({ outcomes }) => outcomes.vetoed)).toEqual([1, 1])
  const places = await placesOf(fresh.db, CITY)
  const found = await sumsOf(db, CITY, places, [before, day])
  expect(found.filter((one) => one.vetoed > 0).map((one) => one.day)).toEqual([day, before])
})

it('a unit is summed up once a request, whoever asks in it', async () => {
  const day = addDays(today, -230)
  await keep(ids[1], day)
  const { db, summed } = counting('with latest as')
  const { scope } = people.owner
  const places = await placesOf(db, scope)
  await sumsOf(db, scope, places, [day])
  const [month] = await trendOf(db, scope, places, [{ month: monthOf(day), day }])
  expect([month?.outcomes.vetoed, summed.up]).toEqual([1, 1])
})

it.runIf(databaseKind === 'postgres')(
  'what cannot be kept soon is summed up without being kept',
  async () => {
    const day = addDays(today, -260)
    await keep(ids[1], day)
    const { db, summed } = counting()
    await fresh.db.transaction().execute(async (tx) => {
      await sql`lock table sheet in row exclusive mode`.execute(tx)
      expect(await vetoed(day, CITY, db)).toBe(1)
    })
    expect(summed.up).toBe(0)
    expect(await vetoed(day, CITY, db)).toBe(1)
    expect(summed.up).toBe(1)
  },
)

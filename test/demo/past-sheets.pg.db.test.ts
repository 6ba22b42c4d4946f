import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillPastSheets } from '../../server/demo/past/sheets.ts'
import { loadDemoRegister } from '../../server/demo/register.ts'
import { addDays, localDay } from '../../shared/base/time.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  await loadDemoRegister(ctx, { http: 1, https: 2 })
})
afterAll(() => fresh.drop())

const kept = () =>
  fresh.db.selectFrom('sheet').select(['site_id', 'from_day', 'to_day', 'points', 'vetoes']).execute()

it('the demo has half a year of score sheets, in which sites came in order; broken off, it is gone on with', async () => {
  const broken = new AbortController()
  const some = fillPastSheets(ctx, broken.signal)
  setTimeout(() => broken.abort(), 100)
  await some
  await fillPastSheets(ctx, new AbortController().signal)
  const rows = await kept()
  const today = localDay(ctx.clock.now())
  const sites = new Set(rows.map(({ site_id }) => site_id))
  expect(sites.size).toBe(640)
  const [first, last] = [addDays(today, -183), addDays(today, -2)]
  const on = (day: string) => rows.filter(({ from_day, to_day }) => from_day <= day && day <= to_day)
  expect([on(first).length, on(last).length, on(addDays(last, 1)).length]).toEqual([640, 640, 0])
  const points = (day: string) => on(day).reduce((sum, row) => sum + row.points, 0)
  expect(points(first)).toBeGreaterThan(points(last) * 1.5)
  expect(new Set(rows.flatMap(({ vetoes }) => vetoes)).size).toBeGreaterThanOrEqual(3)
  // No row says what the one before it says.
  const { rows: same } = await sql`
    select site_id from (select site_id, lines, lag(lines) over (partition by site_id order by from_day) as before from sheet) s
    where lines = before
  `.execute(fresh.db)
  expect(same).toEqual([])

  await fillPastSheets(ctx, new AbortController().signal)
  expect(await kept()).toHaveLength(rows.length)
})

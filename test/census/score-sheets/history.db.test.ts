import { afterAll, beforeAll, expect, it } from 'vitest'
import { siteSheets } from '../../../server/census/score-sheets/history.ts'
import { keepSheets } from '../../../server/census/score-sheets/keep.ts'
import { addDays } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  // Nothing new from the 25th of February on: dormant from the 11th of March.
  site = await makeSite(
    fresh.db,
    { unit_id: people.unitId },
    { finding: JSON.stringify(datedFinding('2026-02-25')) },
  )
  for (let day = '2026-03-08'; day <= '2026-03-13'; day = addDays(day, 1)) await keepSheets(ctx, day)
})
afterAll(() => fresh.drop())

const history = (asked = {}, who: Principal = people.duty) => siteSheets(ctx, who, site.id, asked)

it('the history of a sheet is stretches of days in which nothing changed, with the vetoes of each', async () => {
  const { items } = await history({ from: '2026-03-01', to: '2026-03-31' })
  expect(items[0]).toMatchObject({ from: '2026-03-08', outcome: 'open', vetoes: [], edition: 'cn-2015' })
  expect(items.at(-1)).toMatchObject({ to: '2026-03-13', outcome: 'vetoed', vetoes: ['V2'] })
  for (const [n, { from }] of items.entries()) {
    if (n > 0) expect(from).toBe(addDays(items[n - 1]?.to ?? '', 1))
  }
})

it('is of half a year unless days are said, and of those that touch them', async () => {
  expect(await history()).toMatchObject({ from: '2025-09-08', to: '2026-03-10' })
  expect((await history({ from: '2026-03-13', to: '2026-03-13' })).items).toHaveLength(1)
  expect((await history({ from: '2026-01-01', to: '2026-01-31' })).items).toEqual([])
})

it('days that run backwards, too many of them, and what is not theirs are refused', async () => {
  await refused(history({ from: '2026-03-13', to: '2026-03-12' }), 'invalid')
  await refused(history({ from: '2024-03-13', to: '2026-03-12' }), 'invalid')
  await refused(history({}, people.haizhu), 'not_found')
  expect((await history({ from: '2026-03-01' }, people.owner)).items.length).toBeGreaterThan(0)
})

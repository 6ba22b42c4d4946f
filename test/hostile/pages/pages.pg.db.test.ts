import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { patient } from '../../support/run/patience.ts'
import { attack } from './attack.ts'

/* The short form of `npm run test:hostile -- --only pages`. */

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

it('stores what it learnt of every hostile answer, and throws nothing', {
  timeout: patient(120_000),
}, async () => {
  const { visits, notStored, exceptions } = await attack(ctx, { count: 600, seed: 20_261_127, sites: 100 })
  expect(visits).toBeGreaterThanOrEqual(600)
  expect(exceptions).toEqual([])
  expect(notStored).toBe(0)
})

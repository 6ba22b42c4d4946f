import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedDocuments } from '../../../server/census/documents/demo.ts'
import { listDocuments } from '../../../server/census/documents/queries.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  await fresh.db
    .updateTable('user_account')
    .set({ demo: true })
    .where('username', 'in', ['duty', 'vendor', 'owner'])
    .execute()
  for (let n = 0; n < 20; n++) await makeSite(fresh.db)
})
afterAll(() => fresh.drop())

it('the demo has documents of half a year, numbered as they were issued, and a circular that waits for its second person; once', async () => {
  await seedDocuments(ctx)
  const { items, total } = await listDocuments(ctx.db, people.duty, {}, { limit: 100 })
  const circulars = items.filter(({ kind }) => kind === 'circular')
  expect(circulars.map(({ state }) => state)).toEqual(['in_review', 'issued', 'issued', 'issued'])
  expect(circulars[0]?.may).toEqual(['return', 'issue'])
  const numbers = items.flatMap(({ kind, number }) => (kind === 'circular' ? [] : (number ?? [])))
  expect(numbers.length).toBeGreaterThan(12)
  expect(new Set(numbers).size).toBe(numbers.length)
  await seedDocuments(ctx)
  expect((await listDocuments(ctx.db, people.duty, {}, { limit: 1 })).total).toBe(total)
})

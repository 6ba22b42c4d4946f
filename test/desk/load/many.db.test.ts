import { afterAll, beforeAll, expect, test } from 'vitest'
import { pausesInFacts } from '../../../server/desk/pauses/queries.ts'
import { levelsOf } from '../../../server/register/sites/levels.ts'
import { contactsOf } from '../../../server/register/units/queries.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

test('what concerns every site of a nation is asked in one statement', async () => {
  const site = await makeSite(fresh.db)
  const all = Array.from({ length: 84_094 }, (_, n) => site.id + n)
  expect([...(await levelsOf(fresh.db, all)).keys()]).toEqual([site.id])
  expect(await contactsOf(fresh.db, all)).toEqual([])
  expect(await pausesInFacts(fresh.db, all)).toEqual(new Map())
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { againAfterDeadlock } from '../../../server/base/db/deadlock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  await sql`create table pair (id int primary key, n int not null)`.execute(fresh.db)
  await sql`insert into pair values (1, 0), (2, 0)`.execute(fresh.db)
})
afterAll(() => fresh.drop())

/** Adds one to both rows, in this order; waits between them until the other has its first. */
const addTo = (first: number, second: number, meet: () => Promise<void>) =>
  againAfterDeadlock(() =>
    fresh.db.transaction().execute(async (tx) => {
      await sql`update pair set n = n + 1 where id = ${first}`.execute(tx)
      await meet()
      await sql`update pair set n = n + 1 where id = ${second}`.execute(tx)
    }),
  )

test('of two who lock each other out, both come through', async () => {
  // The embedded database does one transaction after the other: there is nobody to wait for.
  const isAlone = process.env.TEST_DATABASE === 'embedded'
  let here = 0
  let met: () => void = () => {}
  const both = new Promise<void>((resolve) => {
    met = resolve
  })
  const meet = async () => {
    here += 1
    if (here >= 2 || isAlone) met()
    await both
  }
  await Promise.all([addTo(1, 2, meet), addTo(2, 1, meet)])
  const { rows } = await sql<{ n: number }>`select n from pair order by id`.execute(fresh.db)
  expect(rows).toEqual([{ n: 2 }, { n: 2 }])
  if (!isAlone) expect(here, 'one of them began anew').toBe(3)
})

test('what is thrown for another reason is thrown at once', async () => {
  let tries = 0
  const deed = againAfterDeadlock(async () => {
    tries += 1
    throw new Error('no')
  })
  await expect(deed).rejects.toThrow('no')
  expect(tries).toBe(1)
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedLetters } from '../../../server/census/letters/demo/demo.ts'
import { publishedMonths, publishedRanking } from '../../../server/census/letters/ranking/queries.ts'
import { letterOf } from '../../../server/census/letters/service.ts'
import { LETTER_STATES } from '../../../shared/census/letters/letters-rules.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { rowsWithoutParents } from '../../support/databases/references.ts'
import { makeSite } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  for (let n = 0; n < 20; n++) {
    const site = await makeSite(fresh.db, { district: '4401-dept', level: 'city_department', demo: true })
    const user = { username: `unit${n}`, name: `经办${n}`, role: 'unit' as const, password_hash: '-' }
    await addUser(fresh.db, user, { kind: 'unit', unitId: site.unit_id })
  }
  await fresh.db.updateTable('user_account').set({ demo: true }).execute()
})
afterAll(() => fresh.drop())

it('the demo has letters of more than half a year in every state, and months that were published; once', async () => {
  await seedLetters(ctx)
  expect(await rowsWithoutParents(ctx.db)).toEqual([])
  const count = async () =>
    (
      await sql<{
        state: string
        n: number
      }>`select state, count(*)::int as n from letter group by 1`.execute(ctx.db)
    ).rows
  const states = await count()
  expect(states.map(({ state }) => state).sort()).toEqual([...LETTER_STATES].sort())
  const months = await publishedMonths(ctx.db)
  expect(months.length).toBeGreaterThanOrEqual(5)
  const ranking = await publishedRanking(ctx.db, months[0] ?? '')
  expect(ranking?.total.due).toBeGreaterThan(50)
  const { rows } = await sql<{ bad: number }>`
    select count(*)::int as bad from letter l where (act_on is null) = (state in ('received', 'assigned', 'returned', 'reviewing'))
      or first_answered_on < received_on or (first_answered_on is not null) <> (state in ('answered', 'closed'))
      or not exists (select from letter_step s where s.letter_id = l.id)`.execute(ctx.db)
  expect(rows).toEqual([{ bad: 0 }])
  await letterOf(ctx, people.duty, 1)
  await seedLetters(ctx)
  expect(await count()).toEqual(states)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { completenessFor } from '../../../server/census/rounds/completeness/queries.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { planRound } from '../../../server/census/rounds/service.ts'
import { listSubmissions } from '../../../server/census/rounds/submissions/queries.ts'
import { handInSubmission } from '../../../server/census/rounds/submissions/service.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { timeOn } from '../../../shared/base/time.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import { answers } from '../../../shared/census/rounds/submissions/submissions.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  await makeSite(fresh.db)
  await makeSite(fresh.db, { district: '440105' })
})
afterAll(() => fresh.drop())

async function opened(kind: 'self_check' | 'guard', more: object = {}) {
  const given = newRound.parse({ kind, opensOn: '2026-03-10', dueOn: '2026-03-11', ...more })
  const planned = await planRound(ctx, people.duty, given)
  return openRound(ctx, people.duty, planned.id, planned)
}
const standing = (who: keyof Omit<People, 'unitId'>) => completenessFor(ctx, people[who])

it('says of each round under way who has handed in and who is missing; each sees what is theirs', async () => {
  expect(await standing('viewer')).toEqual({ rounds: [], zero: [] })
  const { id } = await opened('self_check')
  const page = await listSubmissions(
    ctx.db,
    people.owner,
    { round: id },
    { limit: 9 },
    await todayOf(ctx, ctx.db),
  )
  const [own] = page.items
  await handInSubmission(ctx, people.owner, own?.id ?? 0, {
    ...{ version: own?.version ?? 0, signature: people.owner.name },
    answers: answers.parse({ sites: [{ siteId: site.id, agrees: true, note: '' }] }),
  })
  const { rounds } = await standing('viewer')
  expect(rounds).toMatchObject([
    {
      ...{ id, kind: 'self_check', total: 3, done: 1 },
      districts: [
        { district: '440105', total: 1, done: 0, missing: [{}] },
        { district: '440106', total: 2, done: 1, missing: [{}] },
      ],
    },
  ])
  expect((await standing('haizhu')).rounds[0]?.districts).toMatchObject([{ district: '440105' }])
  expect((await standing('owner')).rounds[0]).toMatchObject({
    total: 1,
    done: 1,
    districts: [{ missing: [] }],
  })
})

it('names whoever has not reported by the hour and its grace, until the day after', async () => {
  const guard = { name: '保障', from: '2026-03-12', to: '2026-03-13', hours: ['08:00'], graceMin: 30 }
  const round = await opened('guard', { guard })
  const at = (day: string, time: string) => ctx.clock.set(new Date(timeOn(day, time)).toISOString())
  at('2026-03-12', '08:30')
  expect((await standing('viewer')).zero).toEqual([])
  at('2026-03-12', '08:31')
  const missing = await standing('viewer')
  expect(missing.zero.map(({ district }) => district)).toEqual(['440105', '440106'])
  expect(
    missing.rounds.map(({ id }) => id),
    'its poll is over',
  ).not.toContain(round.id)
  expect((await standing('haizhu')).zero).toMatchObject([{ district: '440105' }])
  expect((await standing('owner')).zero).toEqual([])
  at('2026-03-15', '00:01')
  expect((await standing('viewer')).zero).toEqual([])
})

it('of a round that is long open, whatever was opened and closed after it', async () => {
  const { id } = await opened('self_check')
  const kept = await fresh.db
    .selectFrom('census_round')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { id: _, serial, ...rest } = kept
  const closed = Array.from({ length: 200 }, (_, n) => ({
    ...rest,
    sample: null,
    state: 'closed' as const,
    serial: serial + 1 + n,
  }))
  await fresh.db.insertInto('census_round').values(closed).execute()
  expect((await standing('viewer')).rounds.map((round) => round.id)).toContain(id)
})

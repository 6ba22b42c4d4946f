import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedRounds } from '../../../server/census/rounds/demo.ts'
import { closingReportOf } from '../../../server/census/rounds/guards/report.ts'
import { listRounds } from '../../../server/census/rounds/queries.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { rowsWithoutParents } from '../../support/databases/references.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  await fresh.db.updateTable('user_account').set({ demo: true }).where('username', '=', 'duty').execute()
  for (let n = 0; n < 30; n++) await makeSite(fresh.db)
  for (let n = 0; n < 5; n++) await makeSite(fresh.db, { district: '4401-dept', level: 'city_department' })
})
afterAll(() => fresh.drop())

it('the demo has half a year of rounds, some under way, and the next ones planned; once', async () => {
  await seedRounds(ctx)
  expect(await rowsWithoutParents(ctx.db)).toEqual([])
  const read = async () =>
    (await listRounds(ctx.db, people.duty, {}, { limit: 100 }, await todayOf(ctx, ctx.db))).items
  const rounds = await read()
  const of = (kind: string, state: string) => rounds.filter((one) => one.kind === kind && one.state === state)
  expect(of('self_check', 'closed').length).toBeGreaterThan(20)
  expect(of('self_check', 'open').length).toBeGreaterThan(0)
  expect(of('self_check', 'planned')).toHaveLength(1)
  expect(of('report', 'closed').length).toBeGreaterThan(8)
  expect(of('report', 'planned')).toHaveLength(1)
  expect(of('spot', 'closed')).toHaveLength(4)
  const [first, last] = [of('self_check', 'closed').at(-1), of('self_check', 'closed')[0]]
  expect(first?.count.overdue).toBeGreaterThan(last?.count.overdue ?? 0)
  for (const { count } of of('spot', 'closed')) expect(count.done).toBe(count.total)
  const measured = await fresh.db
    .selectFrom('census_round_site')
    .select(['result', 'vetoes'])
    .where(
      'round_id',
      'in',
      of('deep', 'closed').map(({ id }) => id),
    )
    .execute()
  expect(measured.filter(({ result }) => result === 'vetoed').length).toBeGreaterThan(0)
  for (const { result, vetoes } of measured) expect(vetoes).toHaveLength(result === 'vetoed' ? 1 : 0)
  // One guarded period is over and reported on, one runs, before one units are asked.
  expect(rounds.flatMap(({ guard }) => guard?.phase ?? [])).toEqual(['poll', 'running', 'ended'])
  const ended = rounds.find(({ guard }) => guard?.phase === 'ended')
  if (!ended) throw new Error('no guarded period has ended')
  const report = await closingReportOf(ctx, people.duty, ended)
  expect(report).toMatchObject({ final: true, all: { sites: 35 } })
  expect(report.all?.due).toBeGreaterThan(0)
  await seedRounds(ctx)
  expect(await read()).toHaveLength(rounds.length)
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Connection, connect } from '../../../server/base/db/connect.ts'
import { v1Counts } from '../../../server/monitor/verdicts/queries.ts'
import { packDueMs } from '../../../server/monitor/visit-store/ages.ts'
import { packStep } from '../../../server/monitor/visit-store/packing.ts'
import { partitionDays, utcDay } from '../../../server/monitor/visit-store/partitions.ts'
import { hoursBetween } from '../../../server/monitor/visit-store/queries.ts'
import { clearBlame } from '../../../server/recording/doubt.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addVisits } from '../../support/visits/visits.ts'

/** A UTC day, two hours of which are visited. */
const START = Date.parse('2026-02-10T00:00:00Z')

let prepared: PreparedDatabase
let connection: Connection
let ctx: TestContext

beforeAll(async () => {
  prepared = await prepareDatabase()
  const before = await connect(prepared)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(before.db)
  const [{ name }] = rows as [{ name: string }]
  await sql`alter database ${sql.id(name)} set timezone = 'Asia/Kolkata'`.execute(before.db)
  await before.close()
  connection = await connect(prepared)
  ctx = testContext(connection)
})
afterAll(async () => {
  await connection.close()
  await prepared.drop()
})

it('hours are the same in a database whose time zone is half an hour off', async () => {
  const { db } = ctx
  const { rows } = await sql<{ TimeZone: string }>`show timezone`.execute(db)
  expect(rows).toEqual([{ TimeZone: 'Asia/Kolkata' }])
  const { id } = await makeSite(db)
  const missedMs = START + HOUR + 40 * MINUTE
  await addVisits(db, id, [
    ...[START + 10 * MINUTE, START + 50 * MINUTE, START + HOUR + 10 * MINUTE].map((at) => ({ at })),
    { at: missedMs, outcome: 1, cause: 'timeout', status: null },
  ])
  const hours = async () => {
    const found = await hoursBetween(db, [id], START, START + DAY - 1)
    return found.get(id)?.map(({ hourMs, ...sums }) => [hourMs, sums.total, sums.failed, sums.excluded])
  }
  expect(await hours()).toEqual([
    [START, 2, 0, 0],
    [START + HOUR, 2, 1, 0],
  ])
  const v1 = async () => (await v1Counts(db, [id], START + DAY)).get(id)
  expect(await v1()).toMatchObject({ total: 4, failed: 1, excluded: 0 })

  ctx.clock.set(START + 2 * HOUR)
  await clearBlame(ctx, START + HOUR, [{ siteId: id, atMs: missedMs }])
  const told = [
    [START, 2, 0, 0],
    [START + HOUR, 1, 0, 1],
  ]
  expect(await hours()).toEqual(told)
  expect(await v1()).toMatchObject({ total: 3, failed: 0, excluded: 1 })

  ctx.clock.set(packDueMs('visit_hour', utcDay(START)))
  while (await packStep(ctx)) {}
  expect(await partitionDays(db, 'visit_hour')).toEqual([])
  expect(await hours(), 'packed').toEqual(told)
})

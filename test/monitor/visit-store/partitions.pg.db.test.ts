import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ensurePackedPartition,
  ensureVisitPartitions,
  partitionDays,
  utcDay,
} from '../../../server/monitor/visit-store/partitions.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

const DAY_WITHOUT = Date.parse('2031-05-08T00:00:00Z')

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

it('a new day begins while somebody reads all visits for long, as a backup does', async () => {
  const day = utcDay(DAY_WITHOUT)
  await fresh.db.transaction().execute(async (backup) => {
    for (const table of ['visit', 'visit_hour', 'packed_visit'])
      await sql`select count(*) from ${sql.table(table)}`.execute(backup)
    await ensureVisitPartitions(fresh.db, [DAY_WITHOUT])
    await ensurePackedPartition(fresh.db, day)
  })
  for (const table of ['visit', 'visit_hour', 'packed_visit'] as const)
    expect(await partitionDays(fresh.db, table)).toContain(day)
})

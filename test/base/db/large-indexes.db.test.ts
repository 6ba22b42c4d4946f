import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../server/base/db/migrate.ts'
import { migrations } from '../../../server/base/db/migrations/index.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

/* The next version indexes the log of changes, and the city goes on. */

const NEXT = '9001_next'
const INDEX = { name: 'fact_by_actor', on: 'fact (actor_id, seq) where actor_id is not null' }

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  migrations[NEXT] = { indexes: [INDEX] }
})
beforeEach(async () => {
  await sql.raw(`drop index if exists ${INDEX.name}`).execute(fresh.db)
  await sql`delete from kysely_migration where name = ${NEXT}`.execute(fresh.db)
})
afterAll(async () => {
  delete migrations[NEXT]
  await fresh.drop()
})

/** Whether the index is whole; null where there is none. */
async function isWhole(): Promise<boolean | null> {
  const { rows } = await sql<{ whole: boolean }>`
    select indisvalid as whole from pg_index where indexrelid = to_regclass(${INDEX.name})`.execute(fresh.db)
  return rows[0]?.whole ?? null
}

test('where nobody else is at work, as on the embedded database, an index of a large table is made in its migration', async () => {
  expect(await migrate(fresh.db)).toEqual([NEXT])
  expect(await isWhole()).toBe(true)
})

describe.runIf(databaseKind === 'postgres')('beside others', () => {
  const start = (indexing?: (name: string) => void) =>
    fresh.connection.alone(() =>
      migrate(fresh.connection.patient, { besideOthers: true, ...(indexing && { indexing }) }),
    )

  /** The server's number of the connection that makes the index; null while none does. */
  async function maker(): Promise<number | null> {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_progress_create_index where relid = 'fact'::regclass and phase like 'waiting%'`.execute(
      fresh.db,
    )
    return rows[0]?.pid ?? null
  }

  /** While a report, which has begun before, reads on: until then an index that is made beside others is not done. */
  const whileReportReads = <T>(work: () => Promise<T>): Promise<T> =>
    fresh.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        await tx.selectFrom('site_state').select('site_id').execute()
        return work()
      })

  function register(): Promise<unknown> {
    const fact = { kind: 'register.changed', siteId: null, district: null, actor: null } as const
    const at = new Date().toISOString()
    return fresh.db
      .transaction()
      .execute((tx) => appendFacts(tx, [{ ...fact, at, data: { added: 1, changed: 0 } }]))
  }

  test('while an index of the log is made, what happens is recorded', async () => {
    const told: string[] = []
    const { migrating } = await whileReportReads(async () => {
      const migrating = start((name) => told.push(name))
      await until('the index is being made', maker)
      await register()
      expect(await isWhole()).toBe(false)
      return { migrating }
    })
    expect(await migrating).toEqual([NEXT])
    expect(await isWhole()).toBe(true)
    expect(told).toEqual([INDEX.name])
  })

  test('a process that waits for its turn to start does not keep the index from being made', async () => {
    let begin = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begin = resolve
    })
    let isItsTurn = false
    const first = fresh.connection.alone(async () => {
      isItsTurn = true
      await isBegun
      return migrate(fresh.connection.patient, { besideOthers: true })
    })
    await until('it is the turn of the first', () => isItsTurn)
    const second = fresh.connection.alone(async () => isWhole())
    await until('the second is there', async () => {
      const { rows } = await sql`
        select 1 from pg_stat_activity where application_name = 'siteward start' and datname = current_database()`.execute(
        fresh.db,
      )
      return rows.length === 2
    })
    begin()
    expect(await first).toEqual([NEXT])
    expect(await second).toBe(true)
  })

  test('an index that was broken off while it was made is made anew at the next start', async () => {
    const { broken } = await whileReportReads(async () => {
      const broken = start().catch((error: unknown) => error)
      const pid = await until('the index is being made', maker)
      await sql`select pg_cancel_backend(${pid})`.execute(fresh.db)
      return { broken: await broken }
    })
    expect(broken).toMatchObject({
      message: expect.stringContaining('cannot be brought to this version'),
    })
    expect(await isWhole()).toBe(false)
    expect(await start()).toEqual([NEXT])
    expect(await isWhole()).toBe(true)
  })
})

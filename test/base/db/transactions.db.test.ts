import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db, Tx } from '../../../server/base/db/database.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { lastSeq } from '../../../server/base/facts/log.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import type { NewFact } from '../../../shared/base/facts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const fact = (added: number): NewFact => ({
  kind: 'register.changed',
  at: new Date(TUESDAY).toISOString(),
  siteId: null,
  district: null,
  actor: null,
  data: { added, changed: 0 },
})

const write = (count: number) =>
  fresh.db.transaction().execute((tx) =>
    appendFacts(
      tx,
      Array.from({ length: count }, (_, index) => fact(index)),
    ),
  )

test('three hundred statements at once, in and out of transactions, each get their own answer', async () => {
  const ask = async (n: number, db: Db | Tx = fresh.db) => {
    const { rows } =
      n % 3 === 0
        ? await sql<{ a: number; b: string }>`select ${n}::int as a, ${`x${n}`}::text as b`.execute(db)
        : await sql<{ a: number; b: string }>`select ${n}::int as a, 'none' as b`.execute(db)
    expect(rows).toEqual([{ a: n, b: n % 3 === 0 ? `x${n}` : 'none' }])
  }
  const inside = (n: number) => fresh.db.transaction().execute((tx) => ask(n, tx))
  await Promise.all(Array.from({ length: 300 }, (_, n) => (n % 10 === 9 ? inside(n) : ask(n))))
})

test('forty transactions at once number their facts without a gap or a double', async () => {
  const before = await lastSeq(fresh.db)
  const written = await Promise.all(Array.from({ length: 40 }, (_, index) => write((index % 3) + 1)))
  const numbers = (await factsAfter(fresh.db, before, 1_000)).map((one) => one.seq)
  expect(numbers).toEqual(Array.from({ length: written.flat().length }, (_, index) => before + index + 1))
  expect(await lastSeq(fresh.db)).toBe(numbers.at(-1))
})

test('a transaction that is rolled back takes no number with it', async () => {
  const before = await lastSeq(fresh.db)
  const failing = fresh.db.transaction().execute(async (tx) => {
    await appendFacts(tx, [fact(1), fact(2)])
    throw new Error('the power went')
  })
  await expect(failing).rejects.toThrow('the power went')
  const [next] = await write(1)
  expect(next?.seq).toBe(before + 1)
})

test('a reader that is behind never sees a number before the ones below it', async () => {
  let seen = await lastSeq(fresh.db)
  const target = seen + 60
  const writing = Promise.all(Array.from({ length: 30 }, () => write(2)))
  while (seen < target) {
    for (const one of await factsAfter(fresh.db, seen, 1_000)) {
      expect(one.seq).toBe(seen + 1)
      seen = one.seq
    }
  }
  await writing
})

test('two transactions that wait for each other: neither is torn', async () => {
  const transfer = async (from: string, to: string) =>
    fresh.db.transaction().execute(async (tx) => {
      await sql`update setting set value = to_jsonb((value)::int - 1) where key = ${from}`.execute(tx)
      await new Promise((resolve) => setImmediate(resolve))
      await sql`update setting set value = to_jsonb((value)::int + 1) where key = ${to}`.execute(tx)
    })
  await sql`insert into setting values ('a', '10'), ('b', '10')`.execute(fresh.db)
  const results = await Promise.allSettled([transfer('a', 'b'), transfer('b', 'a')])
  const rows = await fresh.db.selectFrom('setting').select('value').where('key', 'in', ['a', 'b']).execute()
  expect(rows.reduce((sum, row) => sum + Number(row.value), 0)).toBe(20)
  // The embedded database gives a transaction the whole database; a server may end one of them as a deadlock.
  const done = results.filter((result) => result.status === 'fulfilled').length
  if (databaseKind === 'embedded') expect(done).toBe(2)
  else expect(done).toBeGreaterThanOrEqual(1)
})

test.runIf(databaseKind === 'postgres')(
  'a connection that the server ends between two statements fails its transaction, and not the process',
  async () => {
    const faults: unknown[] = []
    const note = (error: unknown) => faults.push(error)
    process.on('uncaughtException', note)
    const ending = fresh.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(fresh.db)
      // It is told while nothing is asked.
      await new Promise((resolve) => setTimeout(resolve, 200))
      await sql`select 1`.execute(tx)
    })
    await expect(ending).rejects.toThrow()
    process.off('uncaughtException', note)
    expect(faults).toEqual([])
    expect((await sql`select 1`.execute(fresh.db)).rows).toHaveLength(1)
  },
)

import { sql } from 'kysely'
import { addDays, DAY } from '../../shared/time.ts'
import type { Db } from '../db/database.ts'

const utcDay = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)
const nameOf = (day: string) => `visit_${day.replaceAll('-', '')}`

/** Days whose partition this process has seen or made. */
const known = new WeakMap<Db, Set<string>>()

/**
 * Makes the daily partitions of `visit` that these instants (epoch ms) fall into, those that are missing. Costs
 * nothing for days that were asked for before; processes that ask together take turns.
 */
export async function ensureVisitPartitions(db: Db, times: readonly number[]): Promise<void> {
  const days = known.get(db) ?? new Set<string>()
  known.set(db, days)
  const missing = [...new Set(times.map(utcDay))].filter((day) => !days.has(day)).sort()
  if (missing.length === 0) return
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('visit partitions'))`.execute(tx)
    for (const day of missing) {
      await sql`
        create table if not exists ${sql.table(nameOf(day))} partition of visit
        for values from (${sql.lit(`${day} 00:00:00+00`)}) to (${sql.lit(`${addDays(day, 1)} 00:00:00+00`)})
      `.execute(tx)
    }
  })
  for (const day of missing) days.add(day)
}

/** Drops the partitions whose day is older than `days` before `nowMs`: no deleting row by row. */
export async function dropOldVisits(db: Db, nowMs: number, days: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
    where parent.relname = 'visit'
  `.execute(db)
  const oldest = nameOf(utcDay(nowMs - days * DAY))
  const old = rows.map((row) => row.name).filter((name) => name < oldest)
  for (const name of old) await sql`drop table ${sql.table(name)}`.execute(db)
  if (old.length > 0) known.delete(db)
  return old
}

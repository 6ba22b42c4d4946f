import { type Insertable, sql } from 'kysely'
import { yearOf } from '../../../shared/base/time.ts'
import type { Tx } from '../../base/db/database.ts'
import type { PreparedLetter } from './prepare.ts'
import type { LetterStepTable } from './tables.ts'

/** Rows of one statement. */
const BATCH = 500

/** Whoever records letters at the same time waits: none is stored twice, and their numbers have no gaps. */
export async function lockLetters(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('letter number'))`.execute(tx)
}

/**
 * Stores letters with their numbers within their years, the persons who wrote them and what was done with them, under `lockLetters`.
 * @returns their ids, in the same order
 */
export async function insertLetters(tx: Tx, prepared: readonly PreparedLetter[]): Promise<number[]> {
  const ids = await insertNumbered(tx, prepared)
  await insertWhatBelongs(tx, prepared, ids)
  return ids
}

/** The letters alone. @returns their ids, in the same order */
export async function insertNumbered(tx: Tx, prepared: readonly PreparedLetter[]): Promise<number[]> {
  if (prepared.length === 0) return []
  const { rows: last } = await sql<{ year: number; serial: number | null }>`
    select year, (select max(serial) from letter where letter.year = one.year) as serial
    from unnest(${[...new Set(prepared.map(({ letter }) => yearOf(letter.received_on)))]}::int[]) as one(year)`.execute(
    tx,
  )
  const serials = new Map(last.map(({ year, serial }) => [year, serial ?? 0]))
  const ids: number[] = []
  for (const some of batches(prepared)) {
    const letters = some.map(({ letter }) => {
      const year = yearOf(letter.received_on)
      const serial = (serials.get(year) ?? 0) + 1
      serials.set(year, serial)
      return { ...letter, year, serial }
    })
    const rows = await tx.insertInto('letter').values(letters).returning(['id', 'year', 'serial']).execute()
    const idOf = new Map(rows.map(({ id, year, serial }) => [`${year}-${serial}`, id]))
    ids.push(...letters.map(({ year, serial }) => idOf.get(`${year}-${serial}`) ?? 0))
  }
  return ids
}

/** The persons who wrote letters, and what was done with them. @param ids of the letters, in the same order */
export async function insertWhatBelongs(
  tx: Tx,
  prepared: readonly PreparedLetter[],
  ids: readonly number[],
): Promise<void> {
  const numbered = prepared.map((one, at) => ({ ...one, letter_id: ids[at] ?? 0 }))
  for (const some of batches(numbered)) {
    const persons = some.flatMap(({ person, letter_id }) => (person ? [{ letter_id, ...person }] : []))
    const steps = some.flatMap(({ steps, letter_id }) => steps.map((step) => ({ letter_id, ...step })))
    if (persons.length > 0) await tx.insertInto('letter_person').values(persons).execute()
    if (steps.length > 0) await insertSteps(tx, steps)
  }
}

const batches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) => all.slice(n * BATCH, (n + 1) * BATCH))

/** Of letters that have been answered there are many. */
async function insertSteps(tx: Tx, steps: readonly Insertable<LetterStepTable>[]): Promise<void> {
  await sql`
    insert into letter_step (letter_id, step, at, on_day, actor_id, actor_name, unit_id, unit_name, number, text)
    select letter_id, step, at, on_day, actor_id, actor_name, unit_id, unit_name, number, text
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as one(letter_id int, step text, at timestamptz, on_day text,
      actor_id int, actor_name text, unit_id int, unit_name text, number int, text text)
  `.execute(tx)
}

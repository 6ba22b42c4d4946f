import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql } from 'kysely'
import { addDays, localDay } from '../../../shared/base/time.ts'
import { KEPT_DAYS, OPEN_TABLES, type OpenFile } from '../../../shared/census/open-data/open-data-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { inSlices } from '../../base/slices.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { asCsv, asJson, dictionaryCsv, dictionaryJson } from './files.ts'
import { rowsOf } from './rows.ts'
import './tables.ts'

const pack = promisify(gzip)

/** Whether the city publishes: as settings say, else in the demo only. */
export const isPublished = (isDemo: boolean): boolean => settingsInForce().openData ?? isDemo

/**
 * Publishes a day that is over: all of its files at once, or none. One that was published stays as it was.
 * @returns whether there was anything to publish
 */
export async function publishDay(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  day: string,
  isDemo: boolean,
): Promise<boolean> {
  const files: { name: OpenFile; text: string; rows: number }[] = []
  for (const table of OPEN_TABLES) {
    const rows = await rowsOf(db, table, day)
    if (table === 'sites' && rows.length === 0) return false
    files.push(
      { name: `${table}.csv`, text: await inSlices(asCsv(table, rows)), rows: rows.length },
      { name: `${table}.json`, text: await inSlices(asJson(table, day, isDemo, rows)), rows: rows.length },
    )
  }
  files.push({ name: 'dictionary.csv', text: dictionaryCsv(), rows: 0 })
  files.push({ name: 'dictionary.json', text: dictionaryJson(), rows: 0 })
  const packed = await Promise.all(
    files.map(async ({ name, text, rows }) => ({
      ...{ day, name, rows, bytes: Buffer.byteLength(text), body: await pack(text) },
      ...{ hash: createHash('sha256').update(text).digest('hex'), made_at: new Date(clock.now()) },
    })),
  )
  await db
    .insertInto('open_data_file')
    .values(packed)
    .onConflict((on) => on.doNothing())
    .execute()
  return true
}

/** The days of the last `KEPT_DAYS` that are over and not published yet, oldest first; as far back as facts reach. */
export async function daysToPublish(db: Db, now: number): Promise<string[]> {
  const today = localDay(now)
  const { rows: first } = await sql<{ at: Date }>`
    select min(at) as at from fact where kind = 'site.changed'`.execute(db)
  const oldest = first[0]?.at ? localDay(first[0].at.getTime()) : today
  const published = await db.selectFrom('open_data_file').select('day').distinct().execute()
  const there = new Set(published.map(({ day }) => day))
  return Array.from({ length: KEPT_DAYS }, (_, n) => addDays(today, n - KEPT_DAYS)).filter(
    (day) => day >= oldest && !there.has(day),
  )
}

/** Drops what is older than is kept. */
export async function dropOld(db: Db, now: number): Promise<void> {
  const oldest = addDays(localDay(now), -KEPT_DAYS)
  await db.deleteFrom('open_data_file').where('day', '<', oldest).execute()
}

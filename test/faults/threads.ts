import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Db } from '../../server/base/db/database.ts'
import { SECOND } from '../../shared/base/time.ts'
import { atMost, told } from '../bench/figure.ts'
import { temporaryFolder } from '../support/product/product.ts'
import { withDatabase } from '../support/registers/city.ts'
import { page } from '../support/registers/sites.ts'
import { until } from '../support/until.ts'
import type { FaultPart } from './part.ts'
import { FLICKERING, Place } from './place.ts'

/** Sites whose pages take so long to be read that a thread ends in the midst of one, and how many items stand on them. */
const LONG = 20
const ITEMS = 4_000
const PATIENCE_MS = 120_000

/** The page of every site that answers all the time is asked for, as a person asks for it. */
async function ask(db: Db, siteIds: readonly number[]): Promise<void> {
  await sql`update site_state set read_again = true, next_visit_at = least(next_visit_at, now())
    where site_id = any(${[...siteIds]}::int[])`.execute(db)
}

async function count(db: Db, rows: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return (await rows.execute(db)).rows[0]?.n ?? 0
}

/** Pages are asked for without a pause, and the threads that read them end again and again. */
export const threads: FaultPart = async ({ times, say }) => {
  const file = join(temporaryFolder(), 'threads')
  writeFileSync(file, '0')
  const killer = fileURLToPath(new URL('./threads.mjs', import.meta.url))
  const place = await Place.open({ env: { FAULT_THREADS: file, NODE_OPTIONS: `--import=${killer}` } })
  const { sites, labels, rows } = place.city
  for (const label of labels.slice(-LONG)) sites.set(label, page(Array(ITEMS).fill('2026-03-09')))
  const steady = rows.slice(FLICKERING).map(({ id }) => id)
  const { lost, seconds } = await withDatabase(place.postgres.url(), async (db) => {
    for (let round = 1; round <= times; round++) {
      await ask(db, steady)
      await sleep(SECOND / 2 + ((round * 97) % 400))
      writeFileSync(file, String(round))
      if (round % 10 === 0) say(`threads ended ${round} of ${times} times`)
    }
    const lost = await count(
      db,
      sql`select coalesce(sum(times), 0)::int as n from set_aside where kind = 'reading'`,
    )
    const mended = new Date()
    await ask(db, steady)
    const unread = sql<{ n: number }>`select count(*)::int as n from site_state
      where site_id = any(${steady}::int[]) and (finding_at is null or finding_at < ${mended})`
    await until('every page is read again', async () => (await count(db, unread)) === 0, PATIENCE_MS)
    return { lost, seconds: (Date.now() - mended.getTime()) / SECOND }
  })
  await place.settle()
  return [
    ...(await place.close(`threads that read pages ended, ${times} times`)),
    told('… pages that went with a thread, and were set aside', lost, ''),
    atMost('… until every page was read again', seconds, 60, 's', 1),
  ]
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../../server/base/db/connect.ts'
import { atMost, type Figure, told } from '../../bench/figure.ts'
import { testContext } from '../../support/context.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { migrateDatabase } from '../../support/databases/templates.ts'
import { makeDistricts } from '../../support/make.ts'
import type { HostileOptions } from '../part.ts'
import { attack } from './attack.ts'

const FULL = 100_000
const SITES = 160

/** Hostile pages and answers, 100,000 of them, through the whole path into PostgreSQL. */
export async function hostilePages({ count = FULL, seed, say }: HostileOptions): Promise<Figure[]> {
  const postgres = await startPostgres(['track_commit_timestamp=on'])
  const dataDir = mkdtempSync(join(tmpdir(), 'siteward-hostile-'))
  try {
    await migrateDatabase(postgres.url())
    const prepared = { databaseUrl: postgres.url(), dataDir }
    const connection = await connect(prepared)
    await makeDistricts(connection.db)
    const ctx = testContext({ ...prepared, connection, db: connection.db, drop: async () => {} })
    const result = await attack(ctx, { count, seed, sites: SITES, say }).finally(() => connection.close())
    const { visits, outcomes, notStored, exceptions, late, longest } = result
    say(JSON.stringify(outcomes, null, 1))
    for (const [text, times] of tally(exceptions)) say(`${times} × ${text}`)
    return [
      told('hostile pages and answers', visits, 'visits'),
      atMost('… not stored', notStored, 0, 'visits'),
      atMost('… exceptions', exceptions.length, 0, ''),
      told('… noticed too late to be judged, on a machine that was too busy', late, 'visits'),
      atMost('… longest block of the loop, work of its own', longest.cpuMs, 100, 'ms', 1),
      told('… longest block of the loop, by the clock', longest.wallMs, 'ms', 1),
    ]
  } finally {
    await postgres.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The commonest texts first, at most twenty. */
function tally(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 20)
}

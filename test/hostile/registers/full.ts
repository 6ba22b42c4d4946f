import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../../server/base/db/connect.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { atMost, type Figure, told } from '../../bench/figure.ts'
import { testContext } from '../../support/context.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { migrateDatabase } from '../../support/databases/templates.ts'
import { addUser } from '../../support/people.ts'
import type { HostileOptions } from '../part.ts'
import { attackReading, attackRegister, type RegisterTry } from './attack.ts'
import { NATION_SITES } from './registers.ts'

/** A nation's register and hostile files of 32 MB, as they are sent in the product; `count` are the nation's sites. */
export async function hostileRegisters({ count = NATION_SITES, say }: HostileOptions): Promise<Figure[]> {
  const postgres = await startPostgres()
  const dataDir = mkdtempSync(join(tmpdir(), 'siteward-hostile-'))
  try {
    await migrateDatabase(postgres.url())
    const prepared = { databaseUrl: postgres.url(), dataDir }
    const connection = await connect(prepared)
    try {
      await ensureDivisions(connection.db)
      const who = { username: 'admin', name: '吴刚', role: 'admin', password_hash: '' } as const
      const user = await addUser(connection.db, who, { kind: 'city' })
      const ctx = testContext({ ...prepared, connection, db: connection.db, drop: async () => {} })
      const tries = [...(await attackReading(32)), ...(await attackRegister(ctx, user, count))]
      for (const { name, came } of tries) say(`${name}: ${came}`)
      return tries.flatMap(figures)
    } finally {
      await connection.close()
    }
  } finally {
    await postgres.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const figures = ({ name, longest, tookMs }: RegisterTry): Figure[] => [
  atMost(`${name}: longest block of the loop, work of its own`, longest.cpuMs, 100, 'ms', 1),
  told('… in all', tookMs, 'ms'),
]

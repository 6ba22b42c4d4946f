import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '../../../server/base/db/connect.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { type PostgresServer, postgresVersion, startPostgres } from './postgres-server.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const migrations = join(root, 'server/base/db/migrations')
const divisions = join(root, 'server/register/divisions')
const cache = join(root, 'node_modules/.cache/siteward')

/**
 * A data directory of the embedded database with the schema and the divisions, and no other rows. Making one takes some five seconds, so
 * it is kept until the migrations or the database's version change.
 */
export function embeddedTemplate(): Promise<string> {
  return made('embedded', '', async (draft) => {
    const connection = await connect({ databaseUrl: undefined, dataDir: draft })
    await migrate(connection.db)
    await ensureDivisions(connection.db)
    await connection.close()
  })
}

/**
 * A real PostgreSQL of one's own, whose database `postgres` has the schema and the divisions, and no other rows.
 * @param settings as of `startPostgres`.
 */
export async function migratedPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const like = await made('postgres', postgresVersion(), async (draft) => {
    const server = await startPostgres()
    await migrateDatabase(server.url())
    await server.stop()
    cpSync(server.data, draft, { recursive: true })
    await server.remove()
  })
  return startPostgres(settings, like)
}

/** A folder of the cache that is made once for a schema. @param more what else it depends on. */
async function made(name: string, more: string, make: (draft: string) => Promise<void>): Promise<string> {
  const target = join(cache, `${name}-${fingerprint(more)}`)
  if (existsSync(target)) return target
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  await make(draft)
  try {
    renameSync(draft, target)
  } catch {
    // Another run was first.
    rmSync(draft, { recursive: true, force: true })
  }
  return target
}

/** Copies a data directory into a folder that is there. `cp` takes half the time of what Node has for it. */
export function copyTemplate(template: string, target: string): void {
  execFileSync('cp', ['-R', `${template}/.`, target])
}

/** Makes the schema in an empty database of a real PostgreSQL. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const connection = await connect({ databaseUrl, dataDir: '' })
  await migrate(connection.db)
  await ensureDivisions(connection.db)
  await connection.close()
}

function fingerprint(more: string): string {
  const hash = createHash('sha256').update(more)
  for (const folder of [migrations, divisions]) {
    for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)))
  }
  hash.update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')))
  return hash.digest('hex').slice(0, 16)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connect } from '../../server/base/db/connect.ts'
import type { Db } from '../../server/base/db/database.ts'
import { copyTemplate } from './databases/templates.ts'

/** The database kind that this test file runs on. */
export const databaseKind: 'embedded' | 'postgres' =
  process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'embedded'

/** A migrated, empty database that nobody is connected to yet; the fields are those of the configuration. */
export interface PreparedDatabase {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  drop(): Promise<void>
}

export interface FreshDatabase extends PreparedDatabase {
  readonly db: Db
  readonly connection: Connection
}

/** Makes a database for one test file, of the kind that its project is for. */
export function prepareDatabase(): Promise<PreparedDatabase> {
  return databaseKind === 'postgres' ? cloneDatabase() : copyDatabase()
}

/** A migrated, empty database, connected. `drop()` closes and removes it; call it in `afterAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const prepared = await prepareDatabase()
  const connection = await connect(prepared)
  return {
    ...prepared,
    connection,
    db: connection.db,
    async drop() {
      await connection.close()
      await prepared.drop()
    },
  }
}

let serial = 0

async function cloneDatabase(): Promise<PreparedDatabase> {
  const { url, template } = inject('postgres')
  const name = `siteward_test_${process.pid}_${++serial}`
  await asAdmin(url, `create database ${name} template ${template}`)
  const databaseUrl = new URL(url)
  databaseUrl.pathname = `/${name}`
  const dataDir = mkdtempSync(join(tmpdir(), 'siteward-test-'))
  return {
    databaseUrl: databaseUrl.href,
    dataDir,
    async drop() {
      rmSync(dataDir, { recursive: true, force: true })
      await asAdmin(url, `drop database if exists ${name} with (force)`)
    },
  }
}

async function copyDatabase(): Promise<PreparedDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'siteward-test-'))
  copyTemplate(inject('embedded').template, dataDir)
  return {
    databaseUrl: undefined,
    dataDir,
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    // Cloning waits for nobody: two files that start at once collide on the template for a moment.
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(statement)
        return
      } catch (error) {
        if (attempt === 20 || (error as { code?: string }).code !== '55006') throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  } finally {
    await client.end()
  }
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmbedded } from '../../../../server/base/db/embedded/open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteward-open-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('where what the build has prepared is of no use, a first start makes its own database', async () => {
  const [prepared, dataDir, socket] = ['prepared', 'data', 'socket'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  // As after a transport that has left out what is empty.
  mkdirSync(join(prepared, 'base'), { recursive: true })
  writeFileSync(join(prepared, 'PG_VERSION'), '1\n')
  const close = await openEmbedded(dataDir, join(socket, '.s.PGSQL.5432'), prepared)
  const client = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' })
  await client.connect()
  expect((await client.query('select 6 * 7 as answer')).rows).toEqual([{ answer: 42 }])
  await client.end()
  await close()
  expect(readdirSync(dataDir)).toEqual(['pgdata'])
})

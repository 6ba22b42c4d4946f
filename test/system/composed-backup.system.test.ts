import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { ROOT, stopProducts, temporaryFolder } from '../support/product/product.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await migratedPostgres()
})
afterAll(async () => {
  await stopProducts()
  await postgres?.remove()
})

/** What compose has the shell of a container do, in a folder of our own. */
function command(folder: string): string {
  const compose = readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8')
  const [, lines = ''] = compose.match(/^ {2}backup:\n[\s\S]*?- >-\n((?: {8}.*\n)+)/m) ?? []
  return lines.replaceAll('$$', '$').replaceAll('/backups', folder).replaceAll(/\s+/g, ' ')
}

test('the backup of compose is whole, for its owner alone, and those of more than thirty days ago go', () => {
  const folder = temporaryFolder()
  const aged = (name: string, days: number) => {
    const seconds = Date.now() / 1_000 - days * 86_400
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), seconds, seconds)
  }
  aged('siteward-20261001-022000.backup', 40)
  aged('siteward-20261002-022000.backup.partial', 40)
  aged('siteward-20261120-022000.backup', 9)
  const env = { PATH: process.env.PATH, DATABASE_URL: postgres.url() }
  execFileSync('/bin/sh', ['-c', command(folder)], { cwd: ROOT, env, stdio: 'pipe' })
  const left = readdirSync(folder).filter((name) => name !== 'siteward-20261120-022000.backup')
  expect(left).toEqual([expect.stringMatching(/^siteward-\d{8}-\d{6}\.backup$/)])
  const file = join(folder, left[0] ?? '')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const check = ['server/start.mjs', '--built', 'restore', '--', file, '--check']
  execFileSync(process.execPath, check, { cwd: ROOT, env, stdio: 'pipe' })
})

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepPrepared, layPrepared } from '../../../../server/base/db/embedded/prepared.ts'
import { embeddedFolder } from '../../../../server/base/db/embedded/restored.ts'

let folder: string
let prepared: string
let dataDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteward-prepared-'))
  prepared = join(folder, 'prepared')
  dataDir = join(folder, 'data')
  mkdirSync(dataDir)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A database's folder that says which one it is. */
function lay(where: string, name: string): void {
  mkdirSync(join(where, 'base'), { recursive: true })
  writeFileSync(join(where, 'base/which'), name)
}
const which = () => readFileSync(join(embeddedFolder(dataDir), 'base/which'), 'utf8')

test('a first start begins with a copy of what the build has prepared, which nobody else may enter', () => {
  lay(prepared, 'prepared')
  // As in an image whose files nobody may write.
  for (const path of ['base/which', 'base', '.'])
    chmodSync(join(prepared, path), path === 'base/which' ? 0o444 : 0o555)
  expect(layPrepared(dataDir, prepared)).toBe(true)
  expect(which()).toBe('prepared')
  const mode = (path: string) => statSync(join(embeddedFolder(dataDir), path)).mode & 0o777
  expect(['.', 'base', 'base/which'].map(mode)).toEqual([0o700, 0o700, 0o600])
  expect(existsSync(prepared), 'it is there for the next').toBe(true)
  expect(readdirSync(dataDir)).toEqual(['pgdata'])
})

test('a database that is there stays', () => {
  lay(prepared, 'prepared')
  lay(embeddedFolder(dataDir), 'ours')
  expect(layPrepared(dataDir, prepared)).toBe(false)
  expect(which()).toBe('ours')
})

test('where nothing was prepared, nothing is laid', () => {
  layPrepared(dataDir, prepared)
  expect(readdirSync(dataDir)).toEqual([])
})

test('a copy that was cut off is begun anew, and one that cannot be made leaves nothing', () => {
  lay(prepared, 'prepared')
  lay(join(dataDir, 'pgdata.copied'), 'half')
  layPrepared(dataDir, prepared)
  expect(which()).toBe('prepared')
  expect(readdirSync(dataDir)).toEqual(['pgdata'])
  rmSync(embeddedFolder(dataDir), { recursive: true })
  // What cannot be copied.
  execFileSync('mkfifo', [join(prepared, 'pipe')])
  layPrepared(dataDir, prepared)
  expect(readdirSync(dataDir)).toEqual([])
})

test('what the build has made anyone may read, whoever has built it', () => {
  lay(prepared, 'of the build before')
  lay(embeddedFolder(dataDir), 'made')
  for (const path of ['.', 'base', 'base/which']) chmodSync(join(embeddedFolder(dataDir), path), 0o700)
  keepPrepared(dataDir, prepared)
  expect(readFileSync(join(prepared, 'base/which'), 'utf8')).toBe('made')
  expect(statSync(join(prepared, 'base/which')).mode & 0o777).toBe(0o644)
  expect(statSync(join(prepared, 'base')).mode & 0o777).toBe(0o755)
  expect(existsSync(embeddedFolder(dataDir))).toBe(false)
})

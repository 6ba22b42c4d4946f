import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  embeddedFolder,
  finishRestore,
  restoredFolder,
} from '../../../../server/base/db/embedded/restored.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'siteward-restored-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** A database's folder that says which one it is. */
function lay(folder: string, name: string): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'which'), name)
}
const which = () => readFileSync(join(embeddedFolder(dataDir), 'which'), 'utf8')

test('a restore that was cut off before the old database was moved away never comes up later', () => {
  lay(embeddedFolder(dataDir), 'old')
  lay(restoredFolder(dataDir), 'restored')
  finishRestore(dataDir)
  expect(which()).toBe('old')
  // Somebody begins anew by moving the database away.
  rmSync(embeddedFolder(dataDir), { recursive: true })
  finishRestore(dataDir)
  expect(existsSync(embeddedFolder(dataDir))).toBe(false)
  expect(readdirSync(dataDir)).toEqual([])
})

test('a restore that was cut off after that is ended', () => {
  lay(restoredFolder(dataDir), 'restored')
  finishRestore(dataDir)
  expect(which()).toBe('restored')
})

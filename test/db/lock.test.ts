import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { releaseLock, takeLock } from '../../server/db/lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteward-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'embedded.pid')
/** The parent of this process is alive and not us. */
const somebody = process.ppid

test('a data directory in use by a living process is refused with its number', () => {
  writeFileSync(file(), String(somebody))
  expect(() => takeLock(folder)).toThrow(`in use by process ${somebody}`)
})

test('the lock of a process that was killed is taken over', () => {
  writeFileSync(file(), '4194304')
  takeLock(folder)
  expect(readFileSync(file(), 'utf8')).toBe(String(process.pid))
})

test('a lock file that was cut short is taken over', () => {
  writeFileSync(file(), '')
  takeLock(folder)
  expect(readFileSync(file(), 'utf8')).toBe(String(process.pid))
})

test('a released directory can be taken again', () => {
  takeLock(folder)
  releaseLock(folder)
  expect(existsSync(file())).toBe(false)
  takeLock(folder)
})

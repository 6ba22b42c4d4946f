import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Head } from '../../../server/base/backup/head.ts'
import { refuseNewer } from '../../../server/base/backup/load.ts'
import { checkBackup, readBackup } from '../../../server/base/backup/read-file.ts'
import { BackupFile, partialOf } from '../../../server/base/backup/write-file.ts'
import { until } from '../../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'siteward-backup-file-'))
const file = join(folder, 'city.backup')
const head: Head = {
  siteward: 'backup',
  format: 1,
  at: '2026-03-10T02:00:00.000Z',
  program: '0.1.0',
  migrations: ['0001_start'],
  jobs: null,
  queues: [],
  tables: [
    { name: 'site', columns: ['id', 'name'] },
    { name: 'unit', columns: ['id'] },
  ],
  partitions: [],
  sequences: [],
}
const LONG = `2\t${'中'.repeat(200_000)}\n`

/** A backup of three rows, one of which is longer than what is read at a time; one table is empty. */
async function written(path: string, first: Head = head): Promise<BackupFile> {
  const made = new BackupFile(path)
  await made.head(first)
  await made.table('site')
  await made.write('1\ta\\\\.\n')
  await made.write(LONG)
  await made.write('3\t\\N\n')
  await made.tableEnd(3)
  await made.table('unit')
  await made.tableEnd(0)
  await made.finish()
  return made
}

beforeAll(() => written(file))
afterAll(() => rmSync(folder, { recursive: true }))

function given(name: string, bytes: Buffer): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

test('what was written is read again line by line, and only its owner may read it', async () => {
  const rows: string[] = []
  const tables: string[] = []
  for await (const part of readBackup(file)) {
    if (part.kind === 'table') tables.push(part.name)
    if (part.kind === 'rows') {
      expect(part.lines.at(-1)).toBe(10)
      rows.push(part.lines.toString())
    }
  }
  expect(tables).toEqual(['site', 'unit'])
  expect(rows.join('')).toBe(`1\ta\\\\.\n${LONG}3\t\\N\n`)
  expect(await checkBackup(file)).toMatchObject({ rows: 3, head: { program: '0.1.0' } })
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('a row of many megabytes is put together once, not anew with every piece that is read', async () => {
  const path = join(folder, 'long-row')
  const made = new BackupFile(path)
  await made.head(head)
  await made.table('site')
  const row = `1\t${'x'.repeat(8 << 20)}\n`
  await made.write(row)
  await made.tableEnd(1)
  await made.finish()
  const joining = vi.spyOn(Buffer, 'concat')
  try {
    expect(await checkBackup(path)).toMatchObject({ rows: 1 })
    const joined = joining.mock.calls
      .flatMap(([pieces]) => [...pieces])
      .reduce((n, { length }) => n + length, 0)
    expect(joined).toBeLessThan(2 * row.length)
  } finally {
    joining.mockRestore()
  }
})

test('a backup that is cut off, changed or none at all is refused, and says which', async () => {
  const whole = readFileSync(file)
  const text = gunzipSync(whole)
  const short = given('short', whole)
  truncateSync(short, whole.length - 20)
  const changed = Buffer.from(text)
  changed[changed.indexOf('中')] = 0x41
  const cases = {
    [short]: 'cutOff',
    [given('changed', gzipSync(changed))]: 'damaged',
    [given('longer', gzipSync(Buffer.concat([text, Buffer.from('4\tb\n')])))]: 'damaged',
    [given('half', gzipSync(text.subarray(0, text.length / 2)))]: 'cutOff',
    [given('other', Buffer.from('名称,网址\n'))]: 'noBackup',
    [given('packed', gzipSync('名称,网址\n'))]: 'noBackup',
    [given('empty', Buffer.alloc(0))]: 'cutOff',
    [join(folder, 'nowhere')]: 'noFile',
  }
  for (const [path, word] of Object.entries(cases)) {
    await expect(checkBackup(path), path).rejects.toMatchObject({ word })
  }
})

test('a full disk ends a backup with its reason and leaves no half of one; no file is overwritten', async () => {
  const path = join(folder, 'too-much')
  symlinkSync('/dev/full', partialOf(path))
  const made = new BackupFile(path)
  const all = async () => {
    await made.head(head)
    for (let n = 0; n < 50; n++)
      await made.write(Buffer.from(Array.from({ length: 10_000 }, Math.random).join()))
    await made.finish()
  }
  await expect(all()).rejects.toThrow('ENOSPC')
  await made.abandon()
  expect(readdirSync(folder).filter((name) => name.startsWith('too-much'))).toEqual([])
  await expect(written(file)).rejects.toMatchObject({ word: 'exists' })
})

test('a target that hangs is waited for so long and no longer, and what hangs is not waited for to be cleared away', async () => {
  const path = join(folder, 'hangs')
  execFileSync('mkfifo', [partialOf(path)])
  // Somebody holds the other end and takes nothing.
  const end = openSync(partialOf(path), 'r+')
  const made = new BackupFile(path, 50)
  const all = async () => {
    for (;;) await made.write(randomBytes(1 << 20))
  }
  await expect(all()).rejects.toMatchObject({ word: 'targetHangs' })
  await made.abandon()
  // It goes on in the end, or this process could not stop.
  const taken = createReadStream('', { fd: end })
  taken.resume()
  await until('nothing is left of it', () => !existsSync(partialOf(path)))
  taken.destroy()
})

test('where the last step hangs, that is said, and nothing of the command is left', async () => {
  const path = join(folder, 'hangs-at-last')
  // Nobody has the other end: it is never opened.
  execFileSync('mkfifo', [partialOf(path)])
  const program = `
    import { runCommand } from './server/base/backup/command.ts'
    import { BackupFile } from './server/base/backup/write-file.ts'
    const work = async ({ file }) => {
      const made = new BackupFile(file, 50)
      await made.finish().finally(() => made.abandon())
    }
    await runCommand([process.argv.at(-1)], { LANG: 'en' }, { usage: 'usageBackup', options: [], work })`
  const args = ['--import', 'tsx', '--input-type=module', '-e', program, path]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(said).toContain('The backup was abandoned and the database let go')
  expect([code, signal]).toEqual([null, 'SIGKILL'])
})

test('a backup of a newer program is refused by its name', async () => {
  const newer = { ...head, program: '9.0', migrations: ['0001_start', '9999_later'] }
  expect(() => refuseNewer(newer)).toThrow(
    expect.objectContaining({ word: 'newer', values: { program: '9.0', names: '9999_later' } }),
  )
  const form = join(folder, 'newer-form')
  await written(form, { ...head, format: 2 })
  await expect(checkBackup(form)).rejects.toMatchObject({ word: 'newerForm' })
})

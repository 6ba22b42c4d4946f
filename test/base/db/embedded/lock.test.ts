import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { otherOwner, releaseLock, socketOf, takeLock } from '../../../../server/base/db/embedded/lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteward-lock-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const file = () => join(folder, 'embedded.pid')
const owner = () => Number(readFileSync(file(), 'utf8').split(' ')[0])
/** The parent of this process is alive and not us. */
const somebody = process.ppid
/** From here on this is another user's process. */
const become = (user: number) => vi.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(user)

test('a data directory in use by a living process is refused with its number', () => {
  writeFileSync(file(), String(somebody))
  expect(() => takeLock(folder)).toThrow(`in use by process ${somebody}`)
})

test('the lock of a process that was killed is taken over', () => {
  writeFileSync(file(), '4194304')
  takeLock(folder)
  expect(owner()).toBe(process.pid)
})

test('a number that was given to another process since does not keep the directory', () => {
  takeLock(folder)
  const [, start] = readFileSync(file(), 'utf8').split(' ')
  writeFileSync(file(), `${somebody} ${Number(start) + 1}`)
  expect(() => takeLock(folder)).not.toThrow()
})

test('a lock file that was cut short is taken over', () => {
  writeFileSync(file(), '')
  takeLock(folder)
  expect(owner()).toBe(process.pid)
})

test('of two that find the lock of a process that was killed, the slower leaves that of the quicker alone', () => {
  writeFileSync(file(), '4194304')
  const quicker = `${somebody}  /run/siteward/all`
  vi.spyOn(process, 'kill').mockImplementationOnce(() => {
    // The other takes it over between our look and our removing.
    writeFileSync(file(), quicker)
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' })
  })
  expect(() => takeLock(folder)).toThrow(`in use by process ${somebody}`)
  expect(readFileSync(file(), 'utf8')).toBe(quicker)
  expect(readdirSync(folder)).toEqual(['embedded.pid'])
})

test('a lock that is given back while another looks at it is free', () => {
  writeFileSync(file(), '4194304')
  vi.spyOn(process, 'kill').mockImplementationOnce(() => {
    rmSync(file())
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' })
  })
  takeLock(folder)
  expect(owner()).toBe(process.pid)
  expect(readdirSync(folder)).toEqual(['embedded.pid'])
})

test('a released directory can be taken again', () => {
  takeLock(folder)
  releaseLock(folder)
  expect(existsSync(file())).toBe(false)
  takeLock(folder)
})

test('a directory that this very process has open is refused as well', {
  skip: process.platform !== 'linux',
}, () => {
  takeLock(folder)
  expect(() => takeLock(folder)).toThrow(`in use by process ${process.pid}`)
})

test("another user's database is refused with its owner's name, and nothing is made in it", {
  skip: process.platform === 'win32',
}, () => {
  mkdirSync(join(folder, 'pgdata'))
  expect(otherOwner(folder)).toBeNull()
  const { uid, username } = userInfo()
  become(uid + 12_345)
  expect(otherOwner(folder)).toBe(username)
  expect(() => takeLock(folder)).toThrow(`belongs to the user ${username}`)
  expect(readdirSync(folder)).toEqual(['pgdata'])
})

test('root does not begin a database in a folder that is meant for another user', {
  skip: process.getuid?.() !== 0,
}, () => {
  chownSync(folder, 54_321, 54_321)
  expect(() => takeLock(folder)).toThrow('belongs to the user 54321')
})

test('whoever comes later is told where the database listens, unless its process is gone', {
  skip: process.platform !== 'linux',
}, () => {
  expect(socketOf(folder)).toBeNull()
  takeLock(folder, '/run/site ward/all')
  expect(socketOf(folder)).toBe('/run/site ward/all')
  const [pid, start, ...rest] = readFileSync(file(), 'utf8').split(' ')
  writeFileSync(file(), [pid, Number(start) + 1, ...rest].join(' '))
  expect(socketOf(folder)).toBeNull()
  // Of a version that did not say it.
  writeFileSync(file(), [pid, start].join(' '))
  expect(socketOf(folder)).toBeNull()
})

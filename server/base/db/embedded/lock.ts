import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { embeddedFolder, restoredFolder } from './restored.ts'

const lockFile = (dataDir: string) => `${dataDir}/embedded.pid`

/**
 * Makes this process the only one to use the data directory. A lock left by a process that is gone is taken
 * over, by one of those who try at once.
 * @param socket folder that this process will listen in, if it will: commands look for it there
 * @throws with a sentence when another living process has it, or it is another user's.
 */
export function takeLock(dataDir: string, socket = ''): void {
  const owner = otherOwner(dataDir)
  if (owner !== null) {
    throw new Error(`The database in ${dataDir} belongs to the user ${owner}. Run this as that user.`)
  }
  // Whole under a name of its own first: nobody ever reads half a lock, and of several only one can link it.
  const draft = ownName(dataDir)
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''} ${socket}`)
  try {
    while (!isLinked(draft, lockFile(dataDir))) clearStale(dataDir)
  } finally {
    rmSync(draft, { force: true })
  }
}

const ownName = (dataDir: string) => `${lockFile(dataDir)}.${randomUUID()}`

/** @returns false where there is a file of that name already */
function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Removes the lock of a process that is gone. Another who does the same may have been quicker, and what stands there by
 * now be its lock: that is put back.
 * @throws with a sentence when a living process has it
 */
function clearStale(dataDir: string): void {
  const aside = ownName(dataDir)
  try {
    const found = readFileSync(lockFile(dataDir), 'utf8')
    const { pid, start } = parseLock(found)
    if (isAlive(pid, start)) {
      throw new Error(`The data directory ${dataDir} is in use by process ${pid}. Stop it first.`)
    }
    renameSync(lockFile(dataDir), aside)
    if (readFileSync(aside, 'utf8') !== found) isLinked(aside, lockFile(dataDir))
  } catch (error) {
    // Given back meanwhile, or cleared by another.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** The folder that the running embedded database of a data directory listens in; null where none runs, or none says. */
export function socketOf(dataDir: string): string | null {
  try {
    const { pid, start, socket } = parseLock(readFileSync(lockFile(dataDir), 'utf8'))
    return socket !== '' && isAlive(pid, start) ? socket : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}

function parseLock(text: string): { pid: number; start: number; socket: string } {
  const [pid, start, ...socket] = text.split(' ')
  return { pid: Number(pid), start: Number(start ?? 0), socket: socket.join(' ') }
}

/**
 * Whose a database is, by name, if it is not this user's: files that root makes in it shut its owner out.
 * Where there is none yet, a folder that is not ours is not ours to fill, unless it was opened to us.
 * @returns null where it is ours, nobody's yet, or the system knows no users
 */
export function otherOwner(dataDir: string): string | null {
  const user = process.getuid?.()
  if (user === undefined) return null
  const owner = uidOf(embeddedFolder(dataDir)) ?? uidOf(restoredFolder(dataDir))
  // Root may write everywhere, so that it can says nothing.
  const folder = owner === 'hidden' || (owner === null && user === 0) ? uidOf(dataDir) : owner
  return typeof folder === 'number' && folder !== user ? nameOf(folder) : null
}

/** Null where there is nothing of that name. */
function uidOf(path: string): number | 'hidden' | null {
  try {
    return statSync(path).uid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'hidden' : null
  }
}

function nameOf(uid: number): string {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.split(':')[2] === String(uid))
    return line?.split(':')[0] ?? String(uid)
  } catch {
    return String(uid)
  }
}

export function releaseLock(dataDir: string): void {
  rmSync(lockFile(dataDir), { force: true })
}

/**
 * Whether the process that took the lock still runs. Numbers are given out again, in containers the very same
 * ones at each start, so where the kernel tells when a process began (Linux), that must agree as well.
 */
function isAlive(pid: number, start: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  // A number of one's own is that of a process before, unless it began when this one did.
  if (pid === process.pid) return start !== 0 && startOf(pid) === start
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const begun = startOf(pid)
  return begun === undefined || (begun !== null && (start === 0 || begun === start))
}

/** When a process began, in the kernel's ticks; null if it has ended, undefined where nobody says. */
function startOf(pid: number): number | null | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the state follows it. A zombie has ended and was not asked after.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? null : Number(fields[18])
  } catch {
    return null
  }
}

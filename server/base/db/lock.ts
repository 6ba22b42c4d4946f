import { readFileSync, rmSync, writeFileSync } from 'node:fs'

const lockFile = (dataDir: string) => `${dataDir}/embedded.pid`

/**
 * Makes this process the only one to use the data directory. A lock left by a process that is gone is taken
 * over.
 * @throws with a sentence when another living process has it.
 */
export function takeLock(dataDir: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lockFile(dataDir), `${process.pid} ${startOf(process.pid) ?? ''}`, { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [owner = Number.NaN, start = 0] = readFileSync(lockFile(dataDir), 'utf8').split(' ').map(Number)
      if (isAlive(owner, start)) {
        throw new Error(`The data directory ${dataDir} is in use by process ${owner}. Stop it first.`)
      }
      rmSync(lockFile(dataDir), { force: true })
    }
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

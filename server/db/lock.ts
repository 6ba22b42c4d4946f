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
      writeFileSync(lockFile(dataDir), String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readFileSync(lockFile(dataDir), 'utf8'))
      if (isAlive(owner)) {
        throw new Error(`The data directory ${dataDir} is in use by process ${owner}. Stop it first.`)
      }
      rmSync(lockFile(dataDir), { force: true })
    }
  }
}

export function releaseLock(dataDir: string): void {
  rmSync(lockFile(dataDir), { force: true })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

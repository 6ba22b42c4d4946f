import { readdirSync, readFileSync } from 'node:fs'

/** How often it is looked at what is held, in ms: a page that takes gigabytes does so within a second. */
export const WATCH_MS = 200

/** A process and what it holds. */
export interface Held {
  readonly pid: number
  /** Resident, in bytes; of what several share, each has all. */
  readonly rss: number
  /** Of that what no file and no other process has as well. */
  readonly own: number
  readonly command: string
}

/** Of Linux on all machines that it is found on. */
const PAGE = 4_096

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It has ended meanwhile, or this machine has no such files.
    return ''
  }
}

/** All processes that descend from one, nearest first; none on a machine that does not say. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  let names: string[] = []
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
  for (const name of names) {
    // The name of a program may hold anything; what follows it is numbers.
    const [, , parent] = /\) (\S) (\d+)/.exec(textOf(`/proc/${name}/stat`)) ?? []
    if (parent === undefined) continue
    const of = children.get(Number(parent)) ?? []
    of.push(Number(name))
    children.set(Number(parent), of)
  }
  const found: number[] = []
  for (let some = [pid]; some.length > 0; ) {
    some = some.flatMap((one) => children.get(one) ?? [])
    found.push(...some)
  }
  return found
}

/** What these processes hold. */
export function heldBy(pids: readonly number[]): Held[] {
  return pids.flatMap((pid) => {
    const [, resident, shared] = textOf(`/proc/${pid}/statm`).split(' ')
    if (resident === undefined) return []
    const [rss, own] = [Number(resident) * PAGE, (Number(resident) - Number(shared)) * PAGE]
    return [{ pid, rss, own, command: textOf(`/proc/${pid}/cmdline`) }]
  })
}

/** What a process and all that descend from it hold together, each shared part counted once; bytes. */
export function sharedOut(pid: number): number {
  const kilobytes = [pid, ...descendantsOf(pid)].map((one) =>
    Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${one}/smaps_rollup`))?.[1] ?? 0),
  )
  return kilobytes.reduce((sum, kb) => sum + kb * 1_024, 0)
}

/** Ends processes at once; those that have ended are passed over. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

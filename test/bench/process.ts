import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/*
 * What the kernel knows of a process (Linux, /proc). Elsewhere these figures are NaN and the table says so.
 */

const TICKS = (() => {
  try {
    return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  } catch {
    return 100
  }
})()

interface Stat {
  pid: number
  parent: number
  /** Of the process and of its children that have ended, ms. */
  cpuMs: number
}

function stat(pid: number, thread = ''): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}${thread}/stat`, 'utf8')
    // The name in brackets may hold anything, so count from its end.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
    return { pid, parent: Number(fields[1]), cpuMs: (ticks * 1000) / TICKS }
  } catch {
    return null
  }
}

/** CPU time that a process has used, ms. */
export function cpuMs(pid: number): number {
  return stat(pid)?.cpuMs ?? Number.NaN
}

/** CPU time that the main thread of a process has used, ms. */
export function mainCpuMs(pid: number): number {
  return stat(pid, `/task/${pid}`)?.cpuMs ?? Number.NaN
}

/** CPU time of a process and all its living descendants, ms. */
export function treeCpuMs(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, one) => sum + cpuMs(one), 0)
}

export function descendants(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => stat(Number(name)) ?? [])
  const found: number[] = []
  const walk = (parent: number) => {
    for (const one of all) {
      if (one.parent !== parent) continue
      found.push(one.pid)
      walk(one.pid)
    }
  }
  walk(pid)
  return found
}

/** What a process was started with. */
export function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
}

/** Memory of a process in MB: `rss` as `ps` says it, `pss` with shared pages divided among those who share. */
export function memoryMb(pid: number): { rss: number; pss: number } {
  const read = (file: string, field: string) => {
    const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
      readFileSync(`/proc/${pid}/${file}`, 'utf8'),
    )
    return Number(match?.[1]) / 1024
  }
  return { rss: read('status', 'VmRSS'), pss: read('smaps_rollup', 'Pss') }
}

export function sumMemory(pids: readonly number[]): { rss: number; pss: number } {
  return pids
    .map(memoryMb)
    .reduce((sum, one) => ({ rss: sum.rss + one.rss, pss: sum.pss + one.pss }), { rss: 0, pss: 0 })
}

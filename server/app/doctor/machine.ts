import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Config, draws, serves } from '../../base/config.ts'
import { type Chromium, chromiumPath, findChromium } from '../../monitor/rendering/browser/chromium.ts'
import { type Finding, fault, fine, type Look, warn, whyOf } from './finding.ts'

const GB = 2 ** 30
/** So many gigabytes of the data's disk must be free, and should be. */
const DISK_GB = { must: 1, should: 5 } as const
/** Web and monitor in one process with the embedded database take half a gigabyte; peaks, and the system, as much again. */
const MEMORY_GB = { must: 0.75, should: 1.5 } as const
/** Files that a process may have open: each visit under way has two sockets at most, each browser one. */
const FILES = { must: 1_024, should: 4_096 } as const

/** A browser says its version within it, also where it has to be unpacked first. */
const START_MS = 10_000

const gb = (bytes: number): number => Number((bytes / GB).toFixed(1))

export const lookAtNode: Look = async () => [
  fine('node', 'node', { version: process.versions.node, platform: `${process.platform} ${process.arch}` }),
]

export const lookAtPages: Look = async ({ config, webDir }) => {
  if (!serves(config.role)) return [fine('pages', 'pages.notNeeded')]
  return [
    existsSync(join(webDir, 'index.html'))
      ? fine('pages', 'pages.built', { folder: webDir })
      : fault('pages', 'pages.missing', 'mend.pages', { folder: webDir }),
  ]
}

/** The nearest folder that is there: the data directory is made at the first start. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
}

export const lookAtDisk: Look = async ({ config }) => {
  const folder = nearest(resolve(config.dataDir))
  const { bsize, bavail, blocks, files, ffree } = await statfs(folder)
  const values = { folder, free: gb(bavail * bsize), total: gb(blocks * bsize) }
  if (!mayWrite(folder)) return [closedFolder(config, values)]
  const inodes = files > 0 && ffree < files / 50
  if (values.free < DISK_GB.must || (inodes && ffree < 1_000)) {
    return [fault('disk', 'disk.full', 'mend.disk', values)]
  }
  if (values.free < DISK_GB.should || inodes) return [warn('disk', 'disk.full', 'mend.disk', values)]
  return [fine('disk', 'disk.fine', values)]
}

/** A folder that may not be written to. With a PostgreSQL only a browser is unpacked there, and a key that nobody has set. */
export const closedFolder = (
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  values: Finding['values'],
): Finding => (databaseUrl === undefined ? fault : warn)('disk', 'disk.readOnly', 'mend.readOnly', values)

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** @param limits what the kernel says of this process, `/proc/self/limits` */
export function filesFinding(limits: string): Finding {
  const [, soft = ''] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? []
  if (soft === '') return fine('files', 'files.unknown')
  const values = { limit: soft, should: FILES.should }
  const count = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
  if (count < FILES.must) return fault('files', 'files.few', 'mend.files', values)
  return count < FILES.should
    ? warn('files', 'files.few', 'mend.files', values)
    : fine('files', 'files.fine', values)
}

export const lookAtFiles: Look = async () => [filesFinding(textOf('/proc/self/limits'))]

/** A container has less than the machine says. */
const memoryOfContainer = (): number => Number(textOf('/sys/fs/cgroup/memory.max').trim() || Number.NaN)

export const lookAtMemory: Look = async () => {
  const limit = memoryOfContainer()
  const total = Number.isFinite(limit) ? Math.min(limit, totalmem()) : totalmem()
  const [, available] = /^MemAvailable:\s+(\d+) kB/m.exec(textOf('/proc/meminfo')) ?? []
  const free = Math.min(total, available ? Number(available) * 1_024 : freemem())
  const values = { free: gb(free), total: gb(total) }
  if (total < MEMORY_GB.must * GB) return [fault('memory', 'memory.little', 'mend.memory', values)]
  return [
    Math.min(total / MEMORY_GB.should, free * 2) < GB
      ? warn('memory', 'memory.little', 'mend.memory', values)
      : fine('memory', 'memory.fine', values),
  ]
}

/** Whether pages can be drawn by a browser, by a process that would do so. */
export const lookForBrowser: Look = async ({ config }) => {
  if (!draws(config.role)) return [fine('browser', 'browser.notNeeded')]
  if (!config.rendering) return [fine('browser', 'browser.off')]
  const found = await findChromium(config.chromiumPath)
  if (!found) return [warn('browser', 'browser.none', 'mend.browser')]
  const path = 'path' in found ? found.path : `@sparticuz/chromium ${found.version}`
  const why = await whyItFails(found, join(config.dataDir, 'chromium'))
  return why === null
    ? [fine('browser', 'browser.there', { path })]
    : [warn('browser', 'browser.broken', 'mend.browser', { path, why })]
}

/** Whether it starts, which it does not where a library of the system is missing; null: it does. */
async function whyItFails(chromium: Chromium, folder: string): Promise<string | null> {
  try {
    await promisify(execFile)(await chromiumPath(chromium, folder), ['--version'], { timeout: START_MS })
    return null
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || whyOf(error)
    return said.split('\n', 1)[0]?.slice(0, 200) ?? ''
  }
}

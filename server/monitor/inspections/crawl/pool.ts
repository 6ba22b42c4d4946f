import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { MINUTE } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Config } from '../../../base/config.ts'
import { ThreadPool, wholeBytes } from '../../../base/threads/thread-pool.ts'
import { type Inspected, type InspectOrder, type Inspector, slicedInspector } from './inspector.ts'
import type { ThreadOrder } from './thread.ts'

/** Pages of megabytes and documents of all kinds are unpacked in it. */
const MEMORY_MB = 320
/** Beyond that, by what a document unpacks to. */
const GROWTH_MB = 400
/** One core at most goes into looking, and none while nothing is crawled. */
const THREADS = 1
const IDLE_MS = MINUTE

const IS_SOURCE = import.meta.url.endsWith('.ts')
const PROGRAM = fileURLToPath(new URL(IS_SOURCE ? './thread.ts' : './inspector.js', import.meta.url))

export interface InspectorPoolParts {
  readonly log: Pick<Logger, 'error'>
  readonly limitMs?: number
  readonly fileLimitMs?: number
  /** Another program for the thread: one that does what no page can be made to do. */
  readonly program?: string
}

/** Looks at pages in a thread of its own: one that hangs or eats all memory costs itself. */
export function inspectorPool({
  log,
  limitMs = MACHINE.crawl.limitMs,
  fileLimitMs = MACHINE.crawl.fileLimitMs,
  program = PROGRAM,
}: InspectorPoolParts): Inspector {
  const pool = new ThreadPool<ThreadOrder, Inspected>({
    ...{ program, log, limitMs, threads: THREADS, memoryMb: MEMORY_MB, growthMb: GROWTH_MB },
    ...{ does: 'inspects pages', idleMs: IDLE_MS },
  })
  return {
    look({ page, ...order }: InspectOrder) {
      const bytes = wholeBytes(page.bytes)
      const by = { zone: zoneInForce() }
      const limit = page.kind === 'file' ? fileLimitMs : limitMs
      return pool.run({ ...order, page: { ...page, bytes }, by }, [bytes.buffer], limit)
    },
    close: () => pool.close(),
  }
}

/** Who looks at the pages of this process: a thread of its own or, where none is wanted, its own. */
export const inspectorOf = ({ readerThreads }: Pick<Config, 'readerThreads'>, log: Logger): Inspector =>
  readerThreads === 0 ? slicedInspector : inspectorPool({ log })

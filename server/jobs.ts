import PgBoss from 'pg-boss'
import type { Context } from './context.ts'

/** Looking for jobs, in seconds: background work is not urgent, and each look is a query. */
const POLL_S = 5
/** For work under way to come to its end; what does not is taken up again by the next process. */
const STOP_MS = 1_500

export interface JobOptions {
  /** Seconds from now before it may begin. */
  readonly afterS?: number
}

/** Background work that must survive a restart. Every process may send it; processes that monitor do it. */
export interface Jobs {
  send(queue: string, data: object, options?: JobOptions): Promise<void>
  /** Does the jobs of a queue, up to `atOnce` side by side. A job that throws is tried again, later and later. */
  work<T extends object>(queue: string, atOnce: number, handle: (data: T) => Promise<void>): Promise<void>
  /** Sends a job by the clock (cron, Asia/Shanghai), once for all processes. */
  every(cron: string, queue: string): Promise<void>
  stop(): Promise<void>
}

type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

/**
 * Starts pg-boss on the connections that are there: the embedded database has only one, and a second would take
 * its session away. Its tables are in a schema of their own, `pgboss`.
 */
export async function startJobs(ctx: Context, query: Query, isWorker: boolean): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => query(text, values) },
    supervise: isWorker,
    schedule: isWorker,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 1,
  })
  boss.on('error', (error) => ctx.log.warn({ err: error }, 'background work'))
  await boss.start()
  const known = new Map<string, Promise<void>>()
  const workers = new Map<string, string[]>()
  const ensure = (queue: string): Promise<void> => {
    const made =
      known.get(queue) ??
      boss.createQueue(queue, {
        name: queue,
        retryLimit: 5,
        retryDelay: 10,
        retryBackoff: true,
        expireInSeconds: 180,
      })
    known.set(queue, made)
    return made
  }
  return {
    async send(queue, data, { afterS } = {}) {
      await ensure(queue)
      await boss.send(queue, data, afterS === undefined ? {} : { startAfter: afterS })
      // Those of this process look at once; others at their next turn.
      for (const id of workers.get(queue) ?? []) boss.notifyWorker(id)
    },
    async work<T extends object>(queue: string, atOnce: number, handle: (data: T) => Promise<void>) {
      await ensure(queue)
      // One worker each, rather than a batch: a batch is as slow as its slowest job, and fails as a whole.
      const ids: string[] = []
      for (let n = 0; n < atOnce; n++) {
        const once = async ([job]: PgBoss.Job<T>[]) => {
          if (job) await handle(job.data)
        }
        ids.push(await boss.work<T>(queue, { pollingIntervalSeconds: POLL_S }, once))
      }
      workers.set(queue, ids)
    },
    async every(cron, queue) {
      await ensure(queue)
      await boss.schedule(queue, cron, {}, { tz: 'Asia/Shanghai' })
    },
    stop: () => boss.stop({ graceful: true, wait: true, timeout: STOP_MS, close: false }),
  }
}

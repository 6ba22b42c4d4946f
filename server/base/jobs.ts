import PgBoss from 'pg-boss'
import { zoneInForce } from '../../shared/base/zone.ts'
import { doOrSetAside } from './aside/set-aside.ts'
import type { Context } from './context.ts'
import { againAfterDeadlock } from './db/deadlock.ts'
import type { Alone } from './db/start-turn.ts'

/** Between two looks for jobs, ms: background work is not urgent. One look is for all queues; each by itself looks as seldom as may be. */
const LOOK_MS = 5_000
const ALONE_S = 120
/** For work under way to come to its end; what does not is taken up again by the next process. */
const STOP_MS = 1_500
/** The two statements by which pg-boss says that a job is done, or has failed: it does not wait for what comes of them. */
const ENDS_A_JOB = /^\s*WITH (?:results|deleted_jobs) AS \(/

export interface JobOptions {
  /** Seconds from now before it may begin. */
  readonly afterS?: number
  /** Seconds within which it is done; else it counts as broken off, and is begun anew. Three minutes, unless said. */
  readonly withinS?: number
  /** What it is for. It is not sent where another for the same waits in the queue and may begin as soon. */
  readonly key?: string
}

/**
 * A job for the same that waits and may begin as soon. By looking, not by a policy of its queue: those of a version beside this one work on
 * the queue as it is. Two that are sent in the same instant are both there, and the second finds the work done.
 */
const WAITING = `select 1 from pgboss.job where name = $1 and singleton_key = $2 and state < 'active'
  and start_after <= now() + $3::float8 * interval '1 second' limit 1`

/** The queues among those given in which a job waits that may begin. */
const READY = `select queue.name from unnest($1::text[]) as queue(name) where exists (
  select from pgboss.job where job.name = queue.name and job.state < 'active' and job.start_after < now())`

/** The name of a queue. */
export type Queue = string & { readonly ofJobs: unique symbol }

const queues = new Set<Queue>()

/** Names a queue that the program has, once, in the module that does its work. */
export function queue(name: string): Queue {
  queues.add(name as Queue)
  return name as Queue
}

/**
 * Makes all queues that the program has in a database in which nobody is at work yet. Otherwise each is made by the first who needs it;
 * each is a table with its indexes, so that all of them take two seconds.
 */
export async function makeQueues({ query, alone }: JobsDatabase): Promise<void> {
  const boss = new PgBoss({ db: { executeSql: query }, supervise: false, schedule: false })
  await alone(() => boss.start())
  for (const name of queues) await makeQueue(boss, name, alone)
  await boss.stop({ graceful: false, close: false })
}

async function makeQueue(boss: PgBoss, name: string, alone: Alone): Promise<void> {
  if (await boss.getQueue(name)) return
  const options = { name, retryLimit: 5, retryDelay: 10, retryBackoff: true, expireInSeconds: 180 }
  // The workers of others, who fetch jobs meanwhile, may stand in its way still.
  await alone(() => againAfterDeadlock(() => boss.createQueue(name, options)))
}

/** Background work that must survive a restart. Every process may send it; processes that monitor do it. */
export interface Jobs {
  send(queue: Queue, data: object, options?: JobOptions): Promise<void>
  /** Does the jobs of a queue, up to `atOnce` side by side. A job that throws is tried again, later and later, and set aside if that is of no use. */
  work<T extends object>(queue: Queue, atOnce: number, handle: (data: T) => Promise<void>): Promise<void>
  /** Sends a job by the clock (cron, local time), once for all processes. */
  every(cron: string, queue: Queue): Promise<void>
  stop(): Promise<void>
}

export interface JobsDatabase {
  readonly query: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>
  readonly alone: Alone
}

/**
 * Starts pg-boss on the connections that are there: the embedded database has only one, and a second would take
 * its session away. Its tables are in a schema of their own, `pgboss`.
 */
export async function startJobs(
  ctx: Context,
  { query, alone }: JobsDatabase,
  isWorker: boolean,
): Promise<Jobs> {
  let isOver = false
  // A job that has not ended in time ends when the connections are gone: what it says then nobody waits for.
  const unheard = new Promise<never>(() => {})
  // Nobody catches what such a statement throws, and that would end the process.
  const notEnded = (error: unknown) => {
    ctx.log.warn(
      { err: error },
      'the end of a job could not be stored; it is begun anew when its time is over',
    )
    return { rows: [{ count: 0 }] }
  }
  const ask = (text: string, values: unknown[]) =>
    ENDS_A_JOB.test(text) ? query(text, values).catch(notEnded) : query(text, values)
  const executeSql = (text: string, values: unknown[]) => (isOver ? unheard : ask(text, values))
  const boss = new PgBoss({
    db: { executeSql },
    supervise: isWorker,
    schedule: isWorker,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 1,
  })
  boss.on('error', (error) => ctx.log.warn({ err: error }, 'background work'))
  // Its tables, and each queue is one of them, are made by one process at a time: several would deadlock.
  await alone(() => boss.start())
  const known = new Map<string, Promise<void>>()
  const workers = new Map<string, string[]>()
  let isEnding = false
  let looking: NodeJS.Timeout | null = null
  let isAway = false
  const look = async (): Promise<void> => {
    try {
      const { rows } = await executeSql(READY, [[...workers.keys()]])
      for (const { name } of rows as { name: string }[]) wake(name)
      isAway = false
    } catch (error) {
      // Said once: the database may be away for long.
      if (!isAway && !isEnding) ctx.log.warn({ err: error }, 'looking for background work')
      isAway = true
    }
  }
  const wake = (queue: string): void => {
    for (const id of workers.get(queue) ?? []) boss.notifyWorker(id)
  }
  /** One look after another, however long one takes. */
  const goOnLooking = (): void => {
    looking = setTimeout(() => {
      void look().then(() => isEnding || goOnLooking())
    }, LOOK_MS)
  }
  const ensure = (queue: string): Promise<void> => {
    const made = known.get(queue) ?? makeQueue(boss, queue, alone)
    known.set(queue, made)
    // One that could not be made is made by the next who needs it.
    made.catch(() => known.delete(queue))
    return made
  }
  return {
    async send(queue, data, { afterS, withinS, key } = {}) {
      await ensure(queue)
      if (key !== undefined && (await executeSql(WAITING, [queue, key, afterS ?? 0])).rows.length > 0) return
      await boss.send(queue, data, {
        ...(afterS !== undefined && { startAfter: afterS }),
        ...(withinS !== undefined && { expireInSeconds: withinS }),
        ...(key !== undefined && { singletonKey: key }),
      })
      // Those of this process look at once; others at their next look.
      wake(queue)
    },
    async work<T extends object>(queue: Queue, atOnce: number, handle: (data: T) => Promise<void>) {
      await ensure(queue)
      // One worker each, rather than a batch: a batch is as slow as its slowest job, and fails as a whole.
      const ids: string[] = []
      for (let n = 0; n < atOnce; n++) {
        const once = async ([job]: PgBoss.Job<T>[]) => {
          if (!job) return
          const item = { kind: 'job', ref: `${queue} ${JSON.stringify(job.data)}`, data: job.data } as const
          await doOrSetAside(ctx, item, () => handle(job.data))
        }
        ids.push(await boss.work<T>(queue, { pollingIntervalSeconds: ALONE_S }, once))
      }
      workers.set(queue, ids)
      if (looking === null) goOnLooking()
    },
    async every(cron, queue) {
      await ensure(queue)
      await boss.schedule(queue, cron, {}, { tz: zoneInForce() })
    },
    async stop() {
      isEnding = true
      if (looking) clearTimeout(looking)
      await boss.stop({ graceful: true, wait: true, timeout: STOP_MS, close: false })
      isOver = true
    },
  }
}

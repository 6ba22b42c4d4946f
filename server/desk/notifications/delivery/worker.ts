import { sql } from 'kysely'
import { DAY, MINUTE } from '../../../../shared/base/time.ts'
import { notAside } from '../../../base/aside/queries.ts'
import { doOrSetAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import type { Jobs } from '../../../base/jobs.ts'
import type { Outlet } from '../channels/outlet.ts'
import { deliver, type Outcome } from './deliver.ts'
import { dispatch } from './dispatch.ts'

const QUEUE = 'notifications.deliver'
const TIDY_QUEUE = 'notifications.tidy'
/** Messages that arrived are kept for so long; what they told of stands in the facts. */
const KEEP_MS = 90 * DAY
/** Messages under way in one process. */
const AT_ONCE = 4
const LOOK_MS = 2_000
/** A message whose job came to nothing is asked for again. */
const LOST_MS = 2 * MINUTE

export interface NotificationWorker {
  stop(): Promise<void>
}

/** Tells subscribers what the fact log tells, and sends what is on its way, in every process that monitors; each message is taken by one of them. */
export async function startNotificationWorker(
  ctx: Context,
  jobs: Jobs,
  line: Outlet,
): Promise<NotificationWorker> {
  await jobs.work<{ id: number }>(QUEUE, AT_ONCE, async ({ id }) => {
    await doOrSetAside(ctx, { kind: 'delivery', ref: String(id) }, async () => {
      const outcome = await deliver(ctx, line, id)
      if ('nextMs' in outcome)
        await jobs.send(QUEUE, { id }, { afterS: secondsUntil(outcome, ctx.clock.now()) })
    })
  })
  await jobs.work(TIDY_QUEUE, 1, () => tidy(ctx.db, ctx.clock.now()))
  await jobs.every('30 3 * * *', TIDY_QUEUE)
  let running: Promise<void> | null = null
  const look = async () => {
    // What is on its way already waits for nothing that is to be told.
    await dispatchAll(ctx)
    await queueDue(ctx.db, ctx.clock.now(), (id) => jobs.send(QUEUE, { id }))
  }
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'notices could not be sent on their way'))
      .finally(() => {
        running = null
      })
  }, LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

async function dispatchAll(ctx: Context): Promise<void> {
  try {
    while (await dispatch(ctx));
  } catch (error) {
    ctx.log.warn({ err: error }, 'what is new could not be told; it is tried again')
  }
}

const secondsUntil = ({ nextMs }: Extract<Outcome, { nextMs: number }>, now: number) =>
  Math.max(1, Math.ceil((nextMs - now) / 1000))

/**
 * Asks for a job for each message that is due and has none, or whose job was lost. Asked for first and noted then:
 * a process that ends in between asks twice, and `deliver` sends once.
 */
export async function queueDue(db: Db, now: number, send: (id: number) => Promise<void>): Promise<void> {
  const rows = await db
    .selectFrom('notification_delivery')
    .select('id')
    // As the index has it.
    .where(sql<boolean>`state in ('held', 'waiting', 'retrying')`)
    .where('next_at', '<=', new Date(now))
    .where((eb) => eb.or([eb('queued_at', 'is', null), eb('queued_at', '<', new Date(now - LOST_MS))]))
    .where(notAside('delivery', sql`notification_delivery.id::text`))
    .orderBy('id')
    .limit(500)
    .execute()
  const ids = rows.map((row) => row.id)
  for (const id of ids) await send(id)
  if (ids.length === 0) return
  await db
    .updateTable('notification_delivery')
    .set({ queued_at: new Date(now) })
    .where(sql<boolean>`id = any(${ids}::int[])`)
    .execute()
}

async function tidy(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('notification_delivery')
    .where('state', 'in', ['sent', 'dead'])
    .where('created_at', '<', new Date(now - KEEP_MS))
    .execute()
}

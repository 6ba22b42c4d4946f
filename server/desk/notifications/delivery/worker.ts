import { sql } from 'kysely'
import { DAY, MINUTE } from '../../../../shared/base/time.ts'
import { notAside } from '../../../base/aside/queries.ts'
import { doOrSetAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { type Jobs, queue } from '../../../base/jobs.ts'
import type { Outlet } from '../channels/outlet.ts'
import { deliver } from './deliver.ts'
import { dispatch } from './dispatch.ts'
import { isOpen } from './rest.ts'

const QUEUE = queue('notifications.deliver')
const TIDY_QUEUE = queue('notifications.tidy')
/** Messages that arrived are kept for so long; what they told of stands in the facts. */
const KEEP_MS = 90 * DAY
/** Messages under way in one process. */
const AT_ONCE = 4
/** Of them those of one channel. */
const OF_CHANNEL = 2
/** And those to endpoints that were not there when last asked, one of each. */
const PROBES = 2
const ASKED_AT_ONCE = 500
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
  let asking: Promise<void> = Promise.resolve()
  /** One after the other: two that look at once would ask for the same. */
  const ask = (): Promise<void> => {
    asking = asking
      .catch(() => {})
      .then(() => queueDue(ctx.db, ctx.clock.now(), (id) => jobs.send(QUEUE, { id })))
    return asking
  }
  await jobs.work<{ id: number }>(QUEUE, AT_ONCE, async ({ id }) => {
    const item = { kind: 'delivery', ref: String(id) } as const
    await doOrSetAside(ctx, item, async () => void (await deliver(ctx, line, id)))
    await ask()
  })
  await jobs.work(TIDY_QUEUE, 1, () => tidy(ctx.db, ctx.clock.now()))
  await jobs.every('30 3 * * *', TIDY_QUEUE)
  let running: Promise<void> | null = null
  const look = async () => {
    // What is on its way already waits for nothing that is to be told.
    await dispatchAll(ctx, ask)
    await ask()
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

/** @param told is called after each page: what it has put on its way does not wait for the others. */
async function dispatchAll(ctx: Context, told: () => Promise<void>): Promise<void> {
  try {
    while (await dispatch(ctx)) await told()
  } catch (error) {
    ctx.log.warn({ err: error }, 'what is new could not be told; it is tried again')
  }
}

/**
 * Asks for jobs for messages that are due and have none, or whose job was lost: of each channel for few at a time, so
 * that nobody waits behind all that another has to send, nor behind an endpoint that does not answer. Noted first, since a
 * job may be done before its sender goes on; what a process noted and did not ask for counts as lost.
 */
export async function queueDue(db: Db, now: number, send: (id: number) => Promise<void>): Promise<void> {
  const lost = new Date(now - LOST_MS)
  const asked = sql`${isOpen} and queued_at >= ${lost}`
  const { rows } = await sql<{ id: number; wasAway: boolean; probes: number }>`
    select due.id, c.failures > 0 as "wasAway", (select count(*)::int from notification_delivery
      where ${asked} and channel_id in (select id from notification_channel where failures > 0)) as probes
    from notification_channel c
      cross join lateral (select count(*) as n from notification_delivery where channel_id = c.id and ${asked}) one
      cross join lateral (
        select id, next_at from notification_delivery
        where channel_id = c.id and ${isOpen} and next_at <= ${new Date(now)}
          and (queued_at is null or queued_at < ${lost})
          and ${notAside('delivery', sql`notification_delivery.id::text`)}
        order by next_at, id
        limit greatest(0, case when c.failures > 0 then 1 else ${OF_CHANNEL}::int end - one.n)
      ) due
    where c.disabled_at is null and (c.rest_until is null or c.rest_until <= ${new Date(now)})
    order by c.rest_until nulls first, due.next_at, due.id limit ${ASKED_AT_ONCE}
  `.execute(db)
  let probes = rows[0]?.probes ?? 0
  const ids = rows.flatMap(({ id, wasAway }) => (!wasAway || ++probes <= PROBES ? [id] : []))
  if (ids.length === 0) return
  await db
    .updateTable('notification_delivery')
    .set({ queued_at: new Date(now) })
    .where(sql<boolean>`id = any(${ids}::int[])`)
    .execute()
  for (const id of ids) await send(id)
}

async function tidy(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('notification_delivery')
    .where('state', 'in', ['sent', 'dead'])
    .where('created_at', '<', new Date(now - KEEP_MS))
    .execute()
}

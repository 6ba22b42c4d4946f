import { sql } from 'kysely'
import { HOUR, MINUTE } from '../../../../shared/base/time.ts'
import type { DeliveryAnswer } from '../../../../shared/desk/notifications/notifications.ts'
import { notAside } from '../../../base/aside/queries.ts'
import { setAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { isLasting } from '../../../base/db/failure.ts'
import type { Outlet } from '../channels/outlet.ts'
import { ROBOT_LIMITS } from '../channels/robots.ts'
import { endRest, isResting, restChannel } from './rest.ts'
import { nextTry, roomAt } from './retry.ts'
import { attempt, type Outgoing } from './send.ts'

type Sender = Pick<Context, 'db' | 'clock' | 'config' | 'log' | 'wake' | 'after'>

/** Whoever took a message and died is not waited for longer. */
const LEASE_MS = MINUTE

/** What becomes of a message after one try. `postponed`: its channel has sent as much as it may just now. */
export type Outcome =
  | { state: 'sent' | 'dead' | 'gone' }
  | { state: 'retrying' | 'postponed'; nextMs: number }

/**
 * Tries to send one message that is due. At least once: if this process ends between the endpoint's answer and our
 * note of it, the message is sent again.
 * @returns `gone` when there is nothing to do: it was sent, given up, or another process is at it.
 */
export async function deliver(ctx: Sender, line: Outlet, id: number): Promise<Outcome> {
  const now = ctx.clock.now()
  const claimed = await claim(ctx, id, now)
  if (!claimed) return { state: 'gone' }
  if ('nextMs' in claimed) return { state: 'postponed', nextMs: claimed.nextMs }
  const { out, channelId, attempts, createdMs } = claimed
  const { answer, isFinal, isAway, retryAfterMs } = await attempt(line, out, {
    origin: ctx.config.publicOrigin,
    now,
    keys: ctx.config.secretKeys,
  })
  const doneMs = ctx.clock.now()
  const nextMs = answer.ok || isFinal ? null : nextTry({ attempts, createdMs, retryAfterMs }, doneMs)
  const state = answer.ok ? 'sent' : nextMs === null ? 'dead' : 'retrying'
  const note = { id, attempts, state, nextMs, doneMs } as const
  if (!(await noteAnswer(ctx, note, answer))) return { state: 'gone' }
  if (!isAway) await endRest(ctx.db, channelId)
  else {
    const givenUp = await restChannel(ctx.db, channelId, answer, doneMs)
    if (givenUp > 0) ctx.log.warn({ channel: channelId, count: givenUp }, 'notices could not be delivered')
  }
  if (state === 'dead') {
    const { status, code } = answer
    ctx.log.warn({ delivery: id, channel: out.kind, status, code }, 'a notice could not be delivered')
  }
  return nextMs === null ? { state: state as 'sent' | 'dead' } : { state: 'retrying', nextMs }
}

interface Note {
  readonly id: number
  readonly attempts: number
  readonly state: 'sent' | 'dead' | 'retrying'
  readonly nextMs: number | null
  readonly doneMs: number
}

/**
 * Notes what came of a try. An answer that cannot be stored for a reason that will stay is set aside and noted without
 * its words, so that what arrived is not sent again.
 * @returns false when not even that could be noted: while it is set aside, it is not tried again.
 */
async function noteAnswer(ctx: Sender, note: Note, answer: DeliveryAnswer): Promise<boolean> {
  try {
    await storeNote(ctx.db, note, answer)
    return true
  } catch (error) {
    const item = { kind: 'delivery', ref: String(note.id), data: { ...note, answer } } as const
    if (!isLasting(error) || !(await setAside(ctx, item, error))) throw error
  }
  try {
    await storeNote(ctx.db, note, { ...answer, text: '', code: null })
    return true
  } catch (error) {
    if (!isLasting(error)) throw error
    return false
  }
}

async function storeNote(
  db: Db,
  { id, attempts, state, nextMs, doneMs }: Note,
  answer: DeliveryAnswer,
): Promise<void> {
  await db
    .updateTable('notification_delivery')
    .set({
      state,
      answer: JSON.stringify(answer),
      next_at: nextMs === null ? null : new Date(nextMs),
      queued_at: null,
      ...(answer.ok && { sent_at: new Date(doneMs) }),
    })
    .where('id', '=', id)
    // Another try that was quicker has the last word.
    .where('attempts', '=', attempts)
    .execute()
}

type Claimed = { out: Outgoing; channelId: number; attempts: number; createdMs: number } | { nextMs: number }

/** Takes a message that is due, for as long as one try lasts, unless its channel has to rest. */
function claim({ db }: Sender, id: number, now: number): Promise<Claimed | null> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('notification_delivery as d')
      .innerJoin('notification_channel as c', 'c.id', 'd.channel_id')
      .select(['d.id', 'd.address', 'd.notice', 'd.attempts', 'd.created_at', 'd.channel_id'])
      .select(['c.kind', 'c.mail', 'c.secrets', 'c.disabled_at', 'c.rest_until'])
      .where('d.id', '=', id)
      .where('d.state', 'in', ['held', 'waiting', 'retrying'])
      .where('d.next_at', '<=', new Date(now))
      .where(notAside('delivery', sql`d.id::text`))
      // Not of its channel: others that go there at the same moment would be passed over.
      .forUpdate('d')
      .skipLocked()
      .executeTakeFirst()
    if (!row) return null
    const restMs = await restOf(tx, row, now)
    const taken = await tx
      .updateTable('notification_delivery')
      .set(
        restMs === null
          ? {
              state: 'retrying',
              attempts: sql`attempts + 1`,
              tried_at: new Date(now),
              next_at: new Date(now + LEASE_MS),
            }
          : { next_at: new Date(restMs), queued_at: null },
      )
      .where('id', '=', id)
      .returning('attempts')
      .executeTakeFirstOrThrow()
    if (restMs !== null) return { nextMs: restMs }
    const { kind, mail, secrets, address, notice } = row
    return {
      out: { id, kind, mail, secrets, address, notice },
      channelId: row.channel_id,
      attempts: taken.attempts,
      createdMs: row.created_at.getTime(),
    }
  })
}

interface ChannelRow {
  readonly channel_id: number
  readonly kind: Outgoing['kind']
  readonly disabled_at: Date | null
  readonly rest_until: Date | null
}

/** Until when a channel has to rest, if it has to now. */
async function restOf(db: Db, channel: ChannelRow, now: number): Promise<number | null> {
  if (channel.disabled_at) return now + HOUR
  if (isResting(channel.rest_until, now)) return channel.rest_until.getTime()
  return roomOf(db, channel.channel_id, channel.kind, now)
}

/** Robots may speak so often a minute; DingTalk is silent for ten minutes after one message too many. */
async function roomOf(
  db: Db,
  channelId: number,
  kind: Outgoing['kind'],
  now: number,
): Promise<number | null> {
  if (!(kind in ROBOT_LIMITS)) return null
  const limit = ROBOT_LIMITS[kind as keyof typeof ROBOT_LIMITS].perMinute
  // One lock a channel: two messages that are tried at once must not both see room for one.
  await db.selectFrom('notification_channel').select('id').where('id', '=', channelId).forUpdate().execute()
  const rows = await db
    .selectFrom('notification_delivery')
    .select('tried_at')
    .where('channel_id', '=', channelId)
    .where('tried_at', '>', new Date(now - MINUTE))
    .orderBy('tried_at')
    .execute()
  const tried = rows.map((row) => row.tried_at?.getTime() ?? now)
  return roomAt(tried, limit, MINUTE)
}

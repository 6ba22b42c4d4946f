import { type RawBuilder, sql } from 'kysely'
import type { Session } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { endSessions } from '../accounts/queries.ts'
import { recordAudit } from '../audit/record.ts'

/** Names a session without being of use to open it. */
const nameOf = (sid: string | RawBuilder<string>) =>
  sql<string>`left(encode(sha256(convert_to(${sid}, 'UTF8')), 'hex'), 32)`

interface Stored {
  cookie?: { originalMaxAge?: number | null }
  begun?: { at: string; address: string; agent: string }
  provider?: unknown
}

/** Where somebody is signed in, the last used first. @param currentSid the one that asks, if it is one of them */
export async function listSessions(db: Db, userId: number, currentSid?: string): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .select(['sid', 'sess', 'expire', nameOf(sql.ref('sid')).as('name')])
    .where(sql<boolean>`sess->>'userId' = ${String(userId)}`)
    .where('expire', '>', sql<Date>`now()`)
    .orderBy('expire', 'desc')
    .execute()
  return rows.map(({ sid, sess, expire, name }) => {
    const { cookie, begun, provider } = sess as Stored
    return {
      id: name,
      current: sid === currentSid,
      begunAt: begun?.at ?? null,
      lastUsedAt: new Date(expire.getTime() - (cookie?.originalMaxAge ?? 0)).toISOString(),
      address: begun?.address ?? '',
      agent: begun?.agent ?? '',
      provider: provider !== undefined,
    }
  })
}

/** Ends one session of somebody; its sockets are cut. @throws Refusal not_found */
export async function endSessionOf(ctx: Context, by: User, userId: number, name: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom('session')
      .where(sql<boolean>`sess->>'userId' = ${String(userId)}`)
      .where(nameOf(sql.ref('sid')), '=', name)
      .executeTakeFirst()
    if (ended.numDeletedRows === 0n) {
      throw new Refusal('not_found', 'sessions.sessionEnded')
    }
    await audit(tx, ctx, by, userId, 1)
  })
  ctx.recheck(userId)
}

/** Ends every session of somebody but the one named. @returns how many */
export async function endSessionsOf(
  ctx: Context,
  by: User,
  userId: number,
  except?: string,
): Promise<{ ended: number }> {
  const ended = await ctx.db.transaction().execute(async (tx) => {
    const count = await endSessions(tx, { key: 'userId', id: userId, ...(except ? { except } : {}) })
    if (count > 0) await audit(tx, ctx, by, userId, count)
    return count
  })
  ctx.recheck(userId)
  return { ended }
}

function audit(tx: Db, ctx: Context, by: User, userId: number, count: number): Promise<void> {
  return recordAudit(tx, {
    at: new Date(ctx.clock.now()),
    actor: by,
    action: 'user.sessions_ended',
    entity: 'user',
    entityId: userId,
    detail: { count },
  })
}

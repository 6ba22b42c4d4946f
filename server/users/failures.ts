import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import type { Lockout } from '../../shared/accounts.ts'
import { DAY, MINUTE } from '../../shared/time.ts'
import type { User } from '../../shared/users.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../refusal.ts'

/** Ten wrong passwords for one name from one address in a quarter of an hour. */
const MAX_FAILURES = 10
/** From one address for all names together: somebody tries one password on many people. */
const MAX_FAILURES_OF_NETWORK = 100
const WINDOW_MS = 15 * MINUTE
/** Each further lockout within a day lasts twice as long, up to this. */
const MAX_LOCKOUT_MS = 240 * MINUTE
const MEMORY_MS = DAY

/** The name under which all names of a network are counted. */
const ANYBODY = ''

interface Counter {
  readonly failures: number
  readonly lockouts: number
  readonly until: Date
  readonly last_at: Date
}

/** What a counter says after one more failure. */
export function afterFailure(before: Counter | undefined, max: number, now: Date): Counter {
  const isRemembered = before !== undefined && now.getTime() - before.last_at.getTime() < MEMORY_MS
  const isRunning = isRemembered && before.until > now
  const failures = isRunning ? before.failures + 1 : 1
  const lockouts = isRemembered ? before.lockouts : 0
  const isFull = failures >= max
  const windowEnd = isRunning ? before.until : new Date(now.getTime() + WINDOW_MS)
  const lockoutEnd = new Date(now.getTime() + Math.min(WINDOW_MS * 2 ** lockouts, MAX_LOCKOUT_MS))
  return {
    failures,
    lockouts: lockouts + (isFull ? 1 : 0),
    until: isFull && lockouts > 0 ? lockoutEnd : windowEnd,
    last_at: now,
  }
}

export interface FailureLimit {
  /**
   * Lets one attempt at a time run for a name and address, so that no burst passes the limit together.
   * `attempt` answers null when it failed. Success clears the count of that name and address; an attempt that
   * throws counts neither way.
   * @throws Refusal too_many_requests; `retryAfter` is told the seconds until the next attempt may be made.
   */
  guard<T>(
    who: { address: string; username: string },
    retryAfter: (seconds: number) => void,
    attempt: () => Promise<T | null>,
  ): Promise<T | null>
}

/** Counts failed sign-ins in the database: every web process knows of them, and a restart forgets none. */
export function createFailureLimit(ctx: Pick<Context, 'db' | 'clock'>): FailureLimit {
  const turns = new Map<string, Promise<unknown>>()

  async function check(username: string, network: string, retryAfter: (s: number) => void): Promise<void> {
    const now = new Date(ctx.clock.now())
    const full = await lockedAt(ctx.db, now)
      .where('network', '=', network)
      .where('username', 'in', [username, ANYBODY])
      .orderBy('until', 'desc')
      .executeTakeFirst()
    if (!full) return
    const seconds = Math.ceil((full.until.getTime() - now.getTime()) / 1000)
    retryAfter(seconds)
    const minutes = Math.ceil(seconds / 60)
    throw new Refusal(
      'too_many_requests',
      `登录失败次数过多，请 ${minutes} 分钟后再试。Too many failed sign-ins. Try again in ${minutes} min.`,
    )
  }

  /** After all earlier attempts with the same key. */
  function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(run, run)
    const settled = turn.catch(() => {})
    turns.set(key, settled)
    settled.then(() => {
      if (turns.get(key) === settled) turns.delete(key)
    })
    return turn
  }

  return {
    guard({ address, username }, retryAfter, attempt) {
      const network = networkOf(address)
      return inTurn(`${network} ${username}`, async () => {
        await check(username, network, retryAfter)
        const result = await attempt()
        const now = new Date(ctx.clock.now())
        if (result !== null) await forget(ctx.db, username, network)
        else await count(ctx.db, username, network, now)
        return result
      })
    },
  }
}

/** Who is shut out now, the longest first. */
export async function listLockouts(ctx: Pick<Context, 'db' | 'clock'>): Promise<Lockout[]> {
  const rows = await lockedAt(ctx.db, new Date(ctx.clock.now())).orderBy('until', 'desc').execute()
  return rows.map((row) => ({ ...row, until: row.until.toISOString() }))
}

/** Lets a name or network try again. @throws Refusal not_found when it is no longer shut out */
export async function liftLockout(ctx: Context, by: User, id: number): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const lifted = await tx
      .deleteFrom('sign_in_failure')
      .where('id', '=', id)
      .returning(['username', 'network'])
      .executeTakeFirst()
    if (!lifted) throw new Refusal('not_found', '该锁定已解除。That lockout is over.')
    const detail = { username: lifted.username, address: lifted.network }
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: by,
      action: 'user.lockout_lifted',
      entity: 'user',
      entityId: null,
      detail,
    })
  })
}

/** Until when each username is shut out from some network. */
export function networkLockouts(db: Db, now: Date) {
  return db
    .selectFrom(lockedAt(db, now).as('one'))
    .select((eb) => ['one.username', eb.fn.max('one.until').as('until')])
    .groupBy('one.username')
}

function lockedAt(db: Db, now: Date) {
  return db
    .selectFrom('sign_in_failure')
    .select(['id', 'username', 'network', 'failures', 'until'])
    .where('until', '>', now)
    .where(
      'failures',
      '>=',
      sql<number>`case when username = ${ANYBODY} then ${MAX_FAILURES_OF_NETWORK}::int else ${MAX_FAILURES}::int end`,
    )
}

async function forget(db: Db, username: string, network: string): Promise<void> {
  await db
    .deleteFrom('sign_in_failure')
    .where('username', '=', username)
    .where('network', '=', network)
    .execute()
}

async function count(db: Db, username: string, network: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('sign_in_failure')
      .where('last_at', '<', new Date(now.getTime() - MEMORY_MS))
      .where('until', '<', now)
      .execute()
    for (const [name, max] of [
      [username, MAX_FAILURES],
      [ANYBODY, MAX_FAILURES_OF_NETWORK],
    ] as const) {
      const before = await tx
        .selectFrom('sign_in_failure')
        .select(['failures', 'lockouts', 'until', 'last_at'])
        .where('username', '=', name)
        .where('network', '=', network)
        .forUpdate()
        .executeTakeFirst()
      const after = afterFailure(before, max, now)
      await tx
        .insertInto('sign_in_failure')
        .values({ username: name, network, ...after })
        .onConflict((on) => on.columns(['username', 'network']).doUpdateSet(after))
        .execute()
    }
  })
}

/** The address, or its /64 for IPv6: a household or an office has a whole one. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString()
}

import { sql } from 'kysely'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import type { Lockout } from '../../../shared/people/accounts/accounts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { networkOf } from '../../base/http/proxy.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../audit/record.ts'

/** Ten wrong passwords for one name from one address, or one device, in a quarter of an hour. */
const MAX_FAILURES = 10
/**
 * From one address for all names together: somebody tries one password on many people. A whole office sits behind
 * one address, so nobody is shut out for it: each name has fewer tries there.
 */
const MAX_FAILURES_OF_NETWORK = 1_000
const TRIES_AT_BUSY_NETWORK = 3
/** For one name from everywhere: so many are free, and each further one doubles the wait, up to the longest. */
const FREE_FAILURES = 30
const MAX_DELAY_MS = 5 * MINUTE
const ANYWHERE_MEMORY_MS = 60 * MINUTE
const WINDOW_MS = 15 * MINUTE
/** Each further lockout within a day lasts twice as long, up to this. */
const MAX_LOCKOUT_MS = 240 * MINUTE
const MEMORY_MS = DAY

/** The name under which all names of a network are counted. */
const ANYBODY = ''
/** The network under which all networks of a name are counted, but for devices that it has signed in on before. */
const ANYWHERE = 'any:'

/**
 * Who tries: a name at an address, on a device that the name has signed in on before if that is known; or an account
 * wherever it is, for what only its holder can try.
 */
export type Trier = { username: string } & ({ address: string; device?: string | null } | { account: number })

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

/** What the counter of a name over all networks says after one more failure. */
export function afterFailureAnywhere(before: Counter | undefined, now: Date): Counter {
  const isRemembered = before !== undefined && now.getTime() - before.last_at.getTime() < ANYWHERE_MEMORY_MS
  const failures = isRemembered ? before.failures + 1 : 1
  const over = failures - FREE_FAILURES
  const delayMs = over <= 0 ? 0 : Math.min(1000 * 2 ** (over - 1), MAX_DELAY_MS)
  return { failures, lockouts: 0, until: new Date(now.getTime() + delayMs), last_at: now }
}

export interface FailureLimit {
  /**
   * Lets one attempt at a time run for a name and address, so that no burst passes the limit together.
   * `attempt` answers null when it failed. Success clears the count of that name and address; an attempt that
   * throws counts neither way.
   * @param doubly where password and code were given: whoever has both right is let through whatever was counted,
   *   for this is what nobody guesses. Else nothing is told of what was right.
   * @throws Refusal too_many_requests; `retryAfter` is told the seconds until the next attempt may be made.
   */
  guard<T>(
    who: Trier,
    retryAfter: (seconds: number) => void,
    attempt: () => Promise<T | null>,
    doubly?: () => Promise<T | null>,
  ): Promise<T | null>
}

/** Counts failed sign-ins in the database: every web process knows of them, and a restart forgets none. */
export function createFailureLimit(ctx: Pick<Context, 'db' | 'clock'>): FailureLimit {
  const turns = new Map<string, Promise<unknown>>()

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
    guard(who, retryAfter, attempt, doubly) {
      const { username } = who
      const place = placeOf(who)
      return inTurn(`${place} ${username}`, async () => {
        const until = await shutOutUntil(ctx.db, who, place, new Date(ctx.clock.now()))
        if (until) {
          const proven = doubly ? await doubly().catch(nullIfRefused) : null
          if (proven !== null) return proven
          throw tooMany(until.getTime() - ctx.clock.now(), retryAfter)
        }
        const result = await attempt()
        if (result !== null) await forget(ctx.db, username, place)
        else await count(ctx.db, who, place, new Date(ctx.clock.now()))
        return result
      })
    },
  }
}

function tooMany(waitMs: number, retryAfter: (seconds: number) => void): Refusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  retryAfter(seconds)
  const minutes = Math.ceil(seconds / 60)
  return seconds < 60
    ? new Refusal('too_many_requests', 'sessions.tryAgainInSeconds', { values: { seconds } })
    : new Refusal('too_many_requests', 'sessions.tryAgainInMinutes', { values: { minutes } })
}

function nullIfRefused(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}

/** Where an attempt is counted. */
function placeOf(who: Trier): string {
  if ('account' in who) return `any:${who.account}`
  return who.device ? `device:${who.device}` : networkOf(who.address)
}

/** Whether what is known of the network and of other networks counts, too. */
const isFromUnknown = (who: Trier) => 'address' in who && !who.device

/** Until when this name may try nothing here; null when it may. */
async function shutOutUntil(db: Db, who: Trier, place: string, now: Date): Promise<Date | null> {
  const rows = await db
    .selectFrom('sign_in_failure')
    .select(['username', 'network', 'failures', 'until'])
    .where('username', 'in', [who.username, ANYBODY])
    .where('network', 'in', [place, ANYWHERE])
    .where('until', '>', now)
    .execute()
  const find = (username: string, network: string) =>
    rows.find((row) => row.username === username && row.network === network)
  const isUnknown = isFromUnknown(who)
  const isBusy = isUnknown && (find(ANYBODY, place)?.failures ?? 0) >= MAX_FAILURES_OF_NETWORK
  const here = find(who.username, place)
  if (here && here.failures >= (isBusy ? TRIES_AT_BUSY_NETWORK : MAX_FAILURES)) return here.until
  const anywhere = isUnknown ? find(who.username, ANYWHERE) : undefined
  return anywhere && anywhere.failures > FREE_FAILURES ? anywhere.until : null
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
    if (!lifted) throw new Refusal('not_found', 'sessions.lockoutOver')
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
      sql<number>`case when username = ${ANYBODY} then ${MAX_FAILURES_OF_NETWORK}::int
        when network = ${ANYWHERE} then ${FREE_FAILURES + 1}::int else ${MAX_FAILURES}::int end`,
    )
}

async function forget(db: Db, username: string, network: string): Promise<void> {
  await db
    .deleteFrom('sign_in_failure')
    .where('username', '=', username)
    .where('network', '=', network)
    .execute()
}

async function count(db: Db, who: Trier, place: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('sign_in_failure')
      .where('last_at', '<', new Date(now.getTime() - MEMORY_MS))
      .where('until', '<', now)
      .execute()
    await add(tx, who.username, place, (before) => afterFailure(before, MAX_FAILURES, now))
    if (!isFromUnknown(who)) return
    await add(tx, ANYBODY, place, (before) => afterFailure(before, Number.POSITIVE_INFINITY, now))
    await add(tx, who.username, ANYWHERE, (before) => afterFailureAnywhere(before, now))
  })
}

async function add(
  tx: Db,
  username: string,
  network: string,
  next: (before: Counter | undefined) => Counter,
): Promise<void> {
  const before = await tx
    .selectFrom('sign_in_failure')
    .select(['failures', 'lockouts', 'until', 'last_at'])
    .where('username', '=', username)
    .where('network', '=', network)
    .forUpdate()
    .executeTakeFirst()
  const after = next(before)
  await tx
    .insertInto('sign_in_failure')
    .values({ username, network, ...after })
    .onConflict((on) => on.columns(['username', 'network']).doUpdateSet(after))
    .execute()
}

import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { Refusal } from '../../base/refusal.ts'

const MB = 1024 * 1024
/** So long the content of a hidden file is kept: time to see what somebody has hidden. */
export const HIDDEN_KEPT_MS = 30 * DAY
/** Bytes that may be added in a day: by one person, by the people of the same units or districts, and in all. */
const BYTES_PER_DAY = { own: 300 * MB, place: 1_000 * MB, all: 5_000 * MB }
/** Held by who adds and by who cleans, so that no content goes that is being added again. */
const LOCK = sql`hashtext('file_content')`

/** Whether something holds that row of `file_content`, but for what was hidden before that instant. */
type Holds = (hiddenBefore: Date) => RawBuilder<boolean>
/** Tables of files (`hash`, `uploaded_by`, `uploaded_at`) whose content lies in `file_content`. */
const tables: string[] = []
const holders: Holds[] = []
/** What nouns keep there, they say: their table of files, and SQL for whether it has that row of `file_content`. */
export function bringHolder(table: string, holds: Holds): void {
  tables.push(table)
  holders.push(holds)
}

/**
 * Call in the transaction that adds a file of whatever kind: all of a day are summed. Held until its end, so that
 * nobody cleans meanwhile.
 * @throws Refusal too_many_requests
 */
export async function refuseBeyondDay(tx: Tx, user: Pick<Principal, 'id'>, now: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(tx)
  const since = new Date(now - DAY)
  const added = (table: string) =>
    sql`select hash, uploaded_by from ${sql.table(table)} where uploaded_at > ${since}`
  const { rows } = await sql<{ own: number; place: number; all: number }>`
    select coalesce(sum(content.size) filter (where file.uploaded_by = ${user.id}), 0)::float8 as own,
      coalesce(sum(content.size) filter (where file.uploaded_by in (
        select other.id from user_account me
        join user_account other on other.districts && me.districts or other.unit_ids && me.unit_ids
        where me.id = ${user.id})), 0)::float8 as place,
      coalesce(sum(content.size), 0)::float8 as all
    from (${sql.join(tables.map(added), sql` union all `)}) file join file_content content on content.hash = file.hash
  `.execute(tx)
  const { own, place, all } = rows[0] ?? { own: 0, place: 0, all: 0 }
  if (own >= BYTES_PER_DAY.own || place >= BYTES_PER_DAY.place || all >= BYTES_PER_DAY.all) {
    throw new Refusal('too_many_requests', 'attachments.muchAttachedOneDayMay')
  }
}

/** Keeps what a file holds, once however often it is added; call it before the row that has its hash. */
export async function keepContent(tx: Tx, bytes: Buffer): Promise<string> {
  await sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(tx)
  const hash = createHash('sha256').update(bytes).digest('hex')
  await tx
    .insertInto('file_content')
    .values({ hash, size: bytes.length, bytes })
    .onConflict((on) => on.doNothing())
    .execute()
  return hash
}

/** Removes content that only files have which were hidden long ago; their names and hashes stay. @returns how many */
export async function cleanHidden(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const before = new Date(ctx.clock.now() - HIDDEN_KEPT_MS)
  return ctx.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    const held = holders.map((holds) => holds(before))
    const { numAffectedRows } = await sql`
      delete from file_content where not (${sql.join([sql`false`, ...held], sql` or `)})`.execute(tx)
    return Number(numAffectedRows ?? 0)
  })
}

const QUEUE = queue('hidden-attachments')

export async function startFileWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, async () => {
    const removed = await cleanHidden(ctx)
    if (removed > 0) ctx.log.info({ removed }, 'content of files that were hidden long ago is gone')
  })
  await jobs.every('40 3 * * *', QUEUE)
}

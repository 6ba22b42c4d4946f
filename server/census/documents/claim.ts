import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import './tables.ts'

/** Who makes a document says so this often; one that was not heard of for so long is gone: killed, or cut off. */
const BEAT_MS = 5_000
const GONE_MS = 30_000

/** A document that is being made, and by nobody else. */
export interface Claim {
  readonly id: number
  readonly maker: string
  /** Ends it. What has failed waits to be tried again by whoever tries work again. */
  end(hasFailed: boolean): Promise<void>
}

type Parts = Pick<Context, 'db' | 'clock' | 'log'>

/** Takes a document that nobody is making, without what was made of it before; null where somebody is, or it is made. */
export async function claimDocument({ db, clock, log }: Parts, id: number): Promise<Claim | null> {
  const maker = randomUUID()
  const now = () => new Date(clock.now())
  const gone = new Date(clock.now() - GONE_MS)
  const isMine = await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('document')
      .set({ maker, seen_at: now() })
      .where('id', '=', id)
      .where('data_hash', 'is', null)
      .where(sql<boolean>`(maker is null or seen_at < ${gone} or seen_at = 'infinity')`)
      .executeTakeFirst()
    await tx
      .deleteFrom('document_part')
      .where('document_id', '=', id)
      .where(sql<boolean>`${numUpdatedRows > 0n}`)
      .execute()
    return numUpdatedRows > 0n
  })
  if (!isMine) return null
  const seen = (at: Date | 'infinity') =>
    sql`update document set seen_at = ${at} where id = ${id} and maker = ${maker}`.execute(db)
  const beat = setInterval(() => {
    seen(now()).catch((error: unknown) =>
      log.warn({ err: error, id }, 'a document that is made cannot say so'),
    )
  }, BEAT_MS)
  beat.unref()
  const end = async (hasFailed: boolean) => {
    clearInterval(beat)
    if (hasFailed) await seen('infinity')
  }
  return { id, maker, end }
}

/**
 * Keeps a piece of a document. @throws Refusal conflict for who was taken for gone: another makes it by now, and pieces
 * of two would be mixed
 */
export async function keepPart(
  { db }: Parts,
  { id, maker }: Claim,
  part: number,
  rows: readonly unknown[],
): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    with mine as (select id from document where id = ${id} and maker = ${maker} for share)
    insert into document_part (document_id, part, rows) select id, ${part}, ${JSON.stringify(rows)}::jsonb from mine
  `.execute(db)
  if (numAffectedRows === 0n) throw new Refusal('conflict', 'documents.changedMeanwhile')
}

/**
 * Documents whose makers are gone, which nobody has any more, and those that nobody has begun for so long that their
 * job must be lost. One that waits for its turn is left alone.
 * @returns their ids
 */
export async function takeFromGone({ db, clock }: Parts, mostWaitMs: number): Promise<number[]> {
  const before = (ms: number) => new Date(clock.now() - ms)
  const rows = await db
    .updateTable('document')
    .set({ maker: null, seen_at: new Date(clock.now()) })
    .where('data_hash', 'is', null)
    .where(
      sql<boolean>`case when maker is not null then seen_at < ${before(GONE_MS)}
        else coalesce(seen_at, drafted_at) < ${before(mostWaitMs)} end`,
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

import { sql } from 'kysely'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Filing } from '../../../../shared/register/filings/filings.ts'
import { MOST_FILING_FILES } from '../../../../shared/register/filings/filings-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { type Claim, checkContent } from '../../../people/files/content.ts'
import { bringHolder, keepContent, refuseBeyondDay } from '../../../people/files/keep.ts'
import { findFiling } from '../queries.ts'
import { hold, inOne, told, update } from '../steps.ts'
import '../refusals.ts'

bringHolder(
  'filing_file',
  (before) => sql`exists (select from filing_file file
    where file.hash = file_content.hash and (file.hidden_at is null or file.hidden_at > ${before}))`,
)

/** Those that were hidden counted with the others, so that nobody fills the disk by turns. */
const MOST_KEPT = 3 * MOST_FILING_FILES

/**
 * Adds a document to a filing that is not decided yet; whoever decides has to have seen it.
 * @throws Refusal not_found, forbidden; conflict once it is decided, or has as many as it may; invalid for what is
 * other than it says; too_many_requests
 */
export async function addFilingFile(
  ctx: Context,
  user: Principal,
  id: number,
  claim: Claim,
  bytes: Buffer,
): Promise<Filing> {
  const { name, type } = await checkContent(bytes, claim)
  return inOne(ctx, async (tx, now) => {
    const before = await hold(tx, user, id, null, 'attach')
    await refuseFull(tx, id, before.files.length)
    await refuseBeyondDay(tx, user, now)
    const hash = await keepContent(tx, bytes)
    await tx
      .insertInto('filing_file')
      .values({
        ...{ filing_id: id, name, type, size: bytes.length, hash },
        ...{ uploaded_by: user.id, uploaded_at: new Date(now), hidden_by: null, hidden_at: null },
      })
      .execute()
    await update(tx, id, {})
    return told(tx, user, id, 'filing.attached', name, now)
  })
}

/** Hides a document of a filing that is not decided yet. @throws Refusal not_found, forbidden, conflict */
export async function removeFilingFile(ctx: Context, user: Principal, id: number): Promise<Filing> {
  const { filing_id, name } = await fileOf(ctx.db, user, id)
  return inOne(ctx, async (tx, now) => {
    await hold(tx, user, filing_id, null, 'attach')
    const { numUpdatedRows } = await tx
      .updateTable('filing_file')
      .set({ hidden_by: user.id, hidden_at: new Date(now) })
      .where('id', '=', id)
      .where('hidden_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw noSuchFile()
    await update(tx, filing_id, {})
    return told(tx, user, filing_id, 'filing.detached', name, now)
  })
}

/** Asked before a document is read: whether this person may add one. @throws Refusal not_found, forbidden, conflict */
export const requireOpen = (ctx: Context, user: Principal, id: number): Promise<unknown> =>
  ctx.db.transaction().execute((tx) => hold(tx, user, id, null, 'attach'))

/** A document of a filing that is seen, with what it holds. @throws Refusal not_found */
export async function contentOfFile(db: Context['db'], user: Principal, id: number) {
  const { name, type, hash } = await fileOf(db, user, id)
  const content = await db
    .selectFrom('file_content')
    .select('bytes')
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (!content) throw noSuchFile()
  return { name, type, hash, bytes: content.bytes }
}

async function fileOf(db: Context['db'], user: Principal, id: number) {
  const row = await db
    .selectFrom('filing_file')
    .select(['filing_id', 'name', 'type', 'hash'])
    .where('id', '=', id)
    .where('hidden_at', 'is', null)
    .executeTakeFirst()
  if (!row || !(await findFiling(db, user, row.filing_id))) throw noSuchFile()
  return row
}

const noSuchFile = () => new Refusal('not_found', 'attachments.noSuchAttachment')

/** @param shown how many it has that are not hidden. @throws Refusal conflict */
async function refuseFull(tx: Tx, filingId: number, shown: number): Promise<void> {
  const { n } = await tx
    .selectFrom('filing_file')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('filing_id', '=', filingId)
    .executeTakeFirstOrThrow()
  if (shown < MOST_FILING_FILES && n < MOST_KEPT) return
  throw new Refusal('conflict', 'filings.tooManyFiles', { values: { most: MOST_FILING_FILES } })
}

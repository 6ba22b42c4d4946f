import { sql } from 'kysely'
import { localDay, yearOf } from '../../../../shared/base/time.ts'
import type { Document } from '../../../../shared/census/documents/documents.ts'
import { seriesOf } from '../../../../shared/census/documents/documents-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { DocumentRow } from '../queries.ts'
import { holdDocument } from '../service.ts'
import { demand, tellUnits } from './demands.ts'
import { nextSerial } from './number.ts'
import { slugOf } from './slug.ts'
import { tell } from './told.ts'

interface Step {
  readonly version: number
}

/** Hands a draft to a second person. @throws Refusal not_found, forbidden, conflict */
export const reviewDocument = (ctx: Context, user: Principal, id: number, { version }: Step) =>
  inOne(ctx, async (tx) => {
    await holdDocument(tx, user, id, version, 'review')
    await set(tx, id, { state: 'in_review' })
    return tell(ctx, tx, user, id, 'document.inReview')
  })

/**
 * Gives it back, with what is to be changed; that stands in the document, and is told to nobody who may not read drafts.
 * @throws Refusal not_found, forbidden, conflict
 */
export const returnDocument = (
  ctx: Context,
  user: Principal,
  id: number,
  { version, note }: Step & { note: string },
) =>
  inOne(ctx, async (tx) => {
    await holdDocument(tx, user, id, version, 'return')
    await set(tx, id, { state: 'returned', ...reviewedBy(ctx, user), review_note: note })
    return tell(ctx, tx, user, id, 'document.returned')
  })

/**
 * Issues it: from now on it is as it is. It gets its number and its address, what it demands is raised, the units are
 * told, and what it takes the place of is superseded; all of it or nothing.
 * @throws Refusal not_found, forbidden; conflict also where its round is no longer closed, or another has taken the place
 */
export const issueDocument = (ctx: Context, user: Principal, id: number, { version }: Step) =>
  inOne(ctx, async (tx) => {
    if (!may(user, 'document.review')) throw new Refusal('forbidden', 'requests.roleMayNot')
    const row = await holdDocument(tx, user, id, version, 'issue')
    await requireRoundClosed(tx, row)
    await supersede(tx, row)
    const now = ctx.clock.now()
    const [series, year] = [seriesOf(row.kind), yearOf(localDay(now))]
    const serial = await nextSerial(tx, series, year)
    await set(tx, id, {
      ...{ state: 'issued', series, year, serial, slug: slugOf() },
      ...{ ...reviewedBy(ctx, user), review_note: '', issued_by: user.id, issued_at: new Date(now) },
    })
    await tellUnits(ctx, tx, user, id)
    // From here on facts are told, which nobody else can meanwhile.
    await demand(ctx, tx, user, row)
    if (row.supersedes !== null) await tell(ctx, tx, user, row.supersedes, 'document.superseded')
    return tell(ctx, tx, user, id, 'document.issued')
  })

/** A circular says what came of a round: one that was declared void meanwhile, or goes on, has come to nothing yet. */
async function requireRoundClosed(tx: Tx, { kind, round_id }: DocumentRow): Promise<void> {
  if (kind !== 'circular' || round_id === null) return
  const { state } = await tx
    .selectFrom('census_round')
    .select('state')
    .where('id', '=', round_id)
    .forShare()
    .executeTakeFirstOrThrow()
  if (state !== 'closed') throw new Refusal('conflict', 'documents.roundOpenAgain')
}

async function supersede(tx: Tx, row: DocumentRow): Promise<void> {
  if (row.supersedes === null) return
  const { numUpdatedRows } = await tx
    .updateTable('document')
    .set({ state: 'superseded', version: sql<number>`version + 1` })
    .where('id', '=', row.supersedes)
    .where('state', '=', 'issued')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Refusal('conflict', 'documents.supersededAlready')
}

const reviewedBy = (ctx: Pick<Context, 'clock'>, { id }: Principal) => ({
  ...{ reviewed_by: id, reviewed_at: new Date(ctx.clock.now()) },
})

async function inOne(ctx: Context, work: (tx: Tx) => Promise<Document>): Promise<Document> {
  const after = await ctx.db.transaction().execute(work)
  ctx.wake()
  return after
}

async function set(tx: Tx, id: number, change: object): Promise<void> {
  await tx
    .updateTable('document')
    .set({ ...change, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

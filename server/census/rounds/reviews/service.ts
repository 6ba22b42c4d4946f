import { sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import type { ReviewDetail } from '../../../../shared/census/rounds/reviews/reviews.ts'
import type { Seat } from '../../../../shared/census/rounds/reviews/reviews-rules.ts'
import { isEnded } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { Measured } from '../../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { findEdition } from '../../../register/rule-editions/in-force.ts'
import { measureSites } from '../../score-sheets/measure.ts'
import { setRound } from '../service.ts'
import { findReview, looksAt, managesRounds, type ReviewRow, saidBy, toReview } from './queries.ts'
import { answersFor, type Looks, settled } from './rules.ts'

/** One look with what whoever takes it may see. @throws Refusal not_found */
export async function requireReview(ctx: Context, user: Principal, id: number): Promise<ReviewDetail> {
  const row = await findReview(ctx.db, user, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  return detailOf(ctx, ctx.db, user, row)
}

/**
 * Submits what somebody has counted, once. Where that settles a site, its result stands from then on.
 * @throws Refusal not_found, forbidden; conflict where it is in already, or the round has ended; invalid for a rule that
 * is none of the edition's
 */
export async function submitReview(
  ctx: Context,
  user: Principal,
  id: number,
  { version, measured, note }: { version: number; measured: Measured; note: string },
): Promise<ReviewDetail> {
  return ctx.db.transaction().execute(async (tx) => {
    const row = await lockReview(tx, user, id)
    const before = await detailOf(ctx, tx, user, row)
    refuseUnlessOpen(before, row, user, version)
    const edition = await editionOf(tx, row)
    const stranger = Object.keys(measured).find((rule) => !edition.rules.some((one) => one.id === rule))
    if (stranger !== undefined)
      throw new Refusal('invalid', 'rounds.noSuchRule', { values: { rule: stranger } })
    const of = { counted: countedBy(measured, 'person'), isPortal: row.level.endsWith('_portal') }
    const { outcome, points } = scoreSheet(edition, of)
    const at = new Date(ctx.clock.now())
    await tx
      .updateTable('census_review')
      .set({ submitted_at: at, measured: JSON.stringify(measured), note, outcome, points })
      .set({ version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
    // What was found is not said here: a second who is still to look may read it.
    const detail = { round: before.round, code: row.code, seat: row.seat }
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'review.submitted',
      entity: 'review',
      entityId: id,
      detail,
    })
    await settle(tx, row)
    const after = await findReview(tx, user, id)
    return detailOf(ctx, tx, user, after ?? row)
  })
}

export const roundOver = (before: ReviewDetail) =>
  new Refusal('conflict', 'rounds.roundOver', { values: { number: before.round }, current: before })

/** A look, its round held: nobody closes it or settles it meanwhile. @throws Refusal not_found */
export async function lockReview(tx: Tx, user: Principal, id: number): Promise<ReviewRow> {
  await sql`
    select from census_round where id = (select round_id from census_review where id = ${id}) for update
  `.execute(tx)
  const row = await findReview(tx, user, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  return row
}

function refuseUnlessOpen(before: ReviewDetail, row: ReviewRow, user: Principal, version: number): void {
  if (row.reviewer_id !== user.id) throw new Refusal('forbidden', 'rounds.notYourLook')
  if (row.submitted_at) throw new Refusal('conflict', 'rounds.lookIsIn', { current: before })
  if (isEnded(row.state)) throw roundOver(before)
  const now = { district: row.district_now, unitId: row.unit_now }
  if (answersFor(user, now) || answersFor(user, { district: row.district, unitId: row.unit_id })) {
    throw new Refusal('forbidden', 'rounds.answersFor', { values: { name: user.name, site: row.site_name } })
  }
  if (row.version !== version) throw new Refusal('conflict', 'rounds.changedMeanwhile', { current: before })
}

/** Keeps what stands for the site of a look, and tells the round when all first looks are in. */
async function settle(tx: Tx, { round_id, site_id }: ReviewRow): Promise<void> {
  const site = await tx
    .selectFrom('census_round_site')
    .select('second')
    .where('round_id', '=', round_id)
    .where('site_id', '=', site_id)
    .executeTakeFirstOrThrow()
  const looks: Looks<{ outcome: NonNullable<ReviewRow['outcome']>; points: number | null }> = {}
  for (const { seat, outcome, points } of await looksAt(tx, round_id, site_id)) {
    if (outcome) looks[seat as Seat] = { outcome, points }
  }
  const result = settled(looks, site.second)
  if (result) {
    await tx
      .updateTable('census_round_site')
      .set({ result: result.outcome, points: result.points })
      .where('round_id', '=', round_id)
      .where('site_id', '=', site_id)
      .execute()
  }
  const { rows } = await sql`
    select from census_round_site s where s.round_id = ${round_id} and s.draw = 'chosen' and not exists (
      select from census_review v where v.round_id = s.round_id and v.site_id = s.site_id and v.seat = 'first'
        and v.submitted_at is not null) limit 1`.execute(tx)
  const { state } = await tx
    .selectFrom('census_round')
    .select('state')
    .where('id', '=', round_id)
    .executeTakeFirstOrThrow()
  if (rows.length === 0 && state === 'checking') await setRound(tx, round_id, { state: 'reviewing' })
}

/** A look as `user` may see it: the first sees what the monitor has counted, the third what the two have found. */
export async function detailOf(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  user: Principal,
  row: ReviewRow,
): Promise<ReviewDetail> {
  const isOwn = row.reviewer_id === user.id
  const isOpen = row.submitted_at === null && !isEnded(row.state)
  return {
    ...toReview(row),
    ...{ url: row.url, level: row.level, edition: row.edition, revision: row.revision },
    measured: row.blind ? {} : (row.measured ?? {}),
    machine: isOwn && isOpen && row.seat === 'first' ? await machineOf(ctx, db, row) : null,
    others: row.seat === 'third' && !row.blind ? await othersOf(db, row) : [],
    may: [
      ...(isOwn && isOpen && may(user, 'round.review') ? (['submit'] as const) : []),
      ...(isOpen && managesRounds(user) ? (['reassign'] as const) : []),
    ],
  }
}

/** What the round froze at its start. */
const editionOf = (db: Db, { edition, revision }: ReviewRow) =>
  findEdition(db, edition, { revision: revision ?? undefined })

async function machineOf(ctx: Pick<Context, 'clock'>, db: Db, row: ReviewRow): Promise<Measured> {
  const atMs = ctx.clock.now()
  const day = { atMs, today: localDay(atMs) }
  const found = await measureSites(db, [row.site_id], await editionOf(db, row), day)
  const counted = Object.entries(found.get(row.site_id)?.counted ?? {})
  return Object.fromEntries(counted.flatMap(([rule, one]) => (one ? [[rule, one.count]] : [])))
}

async function othersOf(db: Db, row: ReviewRow): Promise<ReviewDetail['others']> {
  const looks = await looksAt(db, row.round_id, row.site_id)
  return looks.flatMap(({ seat, reviewer_id, reviewer, measured, ...look }) => {
    const said = saidBy(look)
    if (seat === 'third' || !said) return []
    return [{ ...said, seat, reviewer: { id: reviewer_id, name: reviewer }, measured: measured ?? {} }]
  })
}

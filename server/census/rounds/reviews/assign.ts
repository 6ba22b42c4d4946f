import { sql } from 'kysely'
import type { ReviewDetail } from '../../../../shared/census/rounds/reviews/reviews.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { listUsers } from '../../../people/accounts/queries.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { setRound, takeRound } from '../service.ts'
import { findReview } from './queries.ts'
import { answersFor, assignSeats, type OpenSeat } from './rules.ts'
import { detailOf } from './service.ts'

/**
 * Gives every look that nobody has to some people.
 * @throws Refusal not_found, forbidden; conflict also where there is nothing to give; invalid for somebody who may not
 * look, or a site that all of them answer for
 */
export const assignReviews = (
  ctx: Context,
  user: Principal,
  id: number,
  { version, reviewers: ids }: { version: number; reviewers: readonly number[] },
) =>
  takeRound(ctx, user, id, { version, step: 'assign' }, async (tx, before) => {
    const seats = await openSeats(tx, before)
    if (seats.length === 0) throw new Refusal('conflict', 'rounds.nothingToAssign')
    const reviewers = await reviewersOf(tx, ids)
    const { assigned, left } = assignSeats(seats, reviewers, await loadOf(tx, id))
    const [first] = left
    if (first)
      throw new Refusal('invalid', 'rounds.nobodyFor', { values: { code: first.code, n: left.length } })
    const given = {
      assigned_by: user.id,
      assigned_at: new Date(ctx.clock.now()),
      submitted_at: null,
      measured: null,
    }
    await tx
      .insertInto('census_review')
      .values(
        assigned.map(({ seat: { siteId, seat }, reviewerId }) => ({
          ...given,
          ...{ round_id: id, site_id: siteId, seat, reviewer_id: reviewerId, outcome: null, points: null },
        })),
      )
      .execute()
    await setRound(tx, id, { state: before.state === 'open' ? 'checking' : before.state })
    return 'round.assigned'
  })

/** Gives a look that is not in to somebody else. @throws Refusal not_found, forbidden, conflict, invalid */
export async function reassignReview(
  ctx: Context,
  user: Principal,
  id: number,
  { version, reviewerId }: { version: number; reviewerId: number },
): Promise<ReviewDetail> {
  return ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('census_review').select('id').where('id', '=', id).forUpdate().execute()
    const row = await findReview(tx, user, id)
    if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
    const before = await detailOf(ctx, tx, user, row)
    if (row.version !== version || !before.may.includes('reassign')) {
      throw new Refusal('conflict', 'rounds.changedMeanwhile', { current: before })
    }
    const [reviewer] = await reviewersOf(tx, [reviewerId])
    if (reviewer && answersFor(reviewer, { district: row.district, unitId: row.unit_id })) {
      throw new Refusal('invalid', 'rounds.answersFor', {
        values: { name: reviewer.name, site: row.site_name },
      })
    }
    const other = await tx
      .selectFrom('census_review')
      .select('id')
      .where('round_id', '=', row.round_id)
      .where('site_id', '=', row.site_id)
      .where('reviewer_id', '=', reviewerId)
      .executeTakeFirst()
    if (other) throw new Refusal('invalid', 'rounds.looksAlready')
    await tx
      .updateTable('census_review')
      .set({ reviewer_id: reviewerId, assigned_by: user.id, version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
    const at = new Date(ctx.clock.now())
    const detail = { code: row.code, seat: row.seat, before: row.reviewer, after: reviewer?.name }
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'review.reassigned',
      entity: 'review',
      entityId: id,
      detail,
    })
    const after = await findReview(tx, user, id)
    return detailOf(ctx, tx, user, after ?? row)
  })
}

/** The people, each of whom may look at sites. @throws Refusal invalid */
async function reviewersOf(db: Db, ids: readonly number[]) {
  const users = await listUsers(db, { kind: 'city' }, { assignable: false, district: undefined })
  return [...new Set(ids)].map((id) => {
    const found = users.find((one) => one.id === id)
    if (!found || !may(found, 'round.review')) throw new Refusal('invalid', 'rounds.mayNotReview')
    return found
  })
}

async function loadOf(tx: Tx, roundId: number): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom('census_review')
    .where('round_id', '=', roundId)
    .groupBy('reviewer_id')
    .select(['reviewer_id', sql<number>`count(*)::int`.as('n')])
    .execute()
  return new Map(rows.map(({ reviewer_id, n }) => [reviewer_id, n]))
}

/** Looks that nobody has: a first at each chosen site, a second where it was drawn, a third where the two differ. */
async function openSeats(tx: Tx, { id }: Round): Promise<OpenSeat[]> {
  const { rows } = await sql<
    { [K in keyof OpenSeat as K extends 'unitId' | 'siteId' ? never : K]: OpenSeat[K] } & {
      site_id: number
      unit_id: number
    }
  >`
    with looks as (
      select site_id, array_agg(reviewer_id) as taken, array_agg(seat) as seats,
        max(outcome) filter (where seat = 'first') as one, max(outcome) filter (where seat = 'second') as two
      from census_review where round_id = ${id} group by site_id)
    select s.site_id, s.code, s.district, s.unit_id, wanted.seat, coalesce(looks.taken, '{}') as taken
    from census_round_site s
      left join looks on looks.site_id = s.site_id
      cross join lateral (values ('first', true), ('second', s.second),
        ('third', coalesce(looks.one <> looks.two, false))) as wanted(seat, is_due)
    where s.round_id = ${id} and s.draw = 'chosen' and wanted.is_due
      and not (wanted.seat = any(coalesce(looks.seats, '{}')))
    order by s.position, wanted.seat
  `.execute(tx)
  return rows.map(({ site_id, unit_id, ...row }) => ({ ...row, siteId: site_id, unitId: unit_id }))
}

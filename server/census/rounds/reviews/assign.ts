import { sql } from 'kysely'
import type { ReviewDetail } from '../../../../shared/census/rounds/reviews/reviews.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import { isEnded } from '../../../../shared/census/rounds/rounds-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { listUsers } from '../../../people/accounts/queries.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { setRound, takeRound } from '../service.ts'
import { findReview } from './queries.ts'
import { answersFor, assignSeats, type OpenSeat } from './rules.ts'
import { detailOf, lockReview, roundOver } from './service.ts'

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
    const given = assigned.map(({ seat: { siteId, seat }, reviewerId }) => ({ siteId, seat, reviewerId }))
    // As one parameter: a nation's sample has more rows than a statement has places for.
    await sql`
      insert into census_review (round_id, site_id, seat, reviewer_id, assigned_by, assigned_at)
      select ${id}, "siteId", seat, "reviewerId", ${user.id}, ${new Date(ctx.clock.now())}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as one("siteId" int, seat text, "reviewerId" int)
    `.execute(tx)
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
    const row = await lockReview(tx, user, id)
    const before = await detailOf(ctx, tx, user, row)
    if (isEnded(row.state)) throw roundOver(before)
    if (row.version !== version || !before.may.includes('reassign')) {
      throw new Refusal('conflict', 'rounds.changedMeanwhile', { current: before })
    }
    const [reviewer] = await reviewersOf(tx, [reviewerId])
    const places = [
      { district: row.district, unitId: row.unit_id },
      { district: row.district_now, unitId: row.unit_now },
    ]
    if (reviewer && places.some((place) => answersFor(reviewer, place))) {
      throw new Refusal('invalid', 'rounds.answersFor', {
        values: { name: reviewer.name, site: row.site_name },
      })
    }
    const other = await tx
      .selectFrom('census_review')
      .select('id')
      .where('round_id', '=', row.round_id)
      .where('site_id', '=', row.site_id)
      .where(sql<boolean>`(reviewer_id = ${reviewerId} or (id <> ${id} and ${reviewerId} = any(former)))`)
      .executeTakeFirst()
    if (other) throw new Refusal('invalid', 'rounds.looksAlready')
    await tx
      .updateTable('census_review')
      .set({ reviewer_id: reviewerId, assigned_by: user.id, version: sql`version + 1` })
      .set({ former: sql`former || ${row.reviewer_id}::int` })
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
    Omit<OpenSeat, 'unitId' | 'siteId' | 'now'> & {
      site_id: number
      unit_id: number
      district_now: string
      unit_now: number
    }
  >`
    with looks as (
      select site_id, array_agg(seat) as seats,
        (select array_agg(distinct one) from unnest(array_agg(reviewer_id) || array(
          select unnest(had.former) from census_review had
          where had.round_id = ${id} and had.site_id = v.site_id)) one) as taken,
        max(outcome) filter (where seat = 'first') as one, max(outcome) filter (where seat = 'second') as two
      from census_review v where round_id = ${id} group by site_id)
    select s.site_id, s.code, s.district, s.unit_id, site.district as district_now, site.unit_id as unit_now,
      wanted.seat, coalesce(looks.taken, '{}') as taken
    from census_round_site s
      join site on site.id = s.site_id
      left join looks on looks.site_id = s.site_id
      cross join lateral (values ('first', true), ('second', s.second),
        ('third', coalesce(looks.one <> looks.two, false))) as wanted(seat, is_due)
    where s.round_id = ${id} and s.draw = 'chosen' and wanted.is_due
      and not (wanted.seat = any(coalesce(looks.seats, '{}')))
    order by s.position, wanted.seat
  `.execute(tx)
  return rows.map(({ site_id, unit_id, district_now, unit_now, ...row }) => ({
    ...{ ...row, siteId: site_id, unitId: unit_id },
    now: { district: district_now, unitId: unit_now },
  }))
}

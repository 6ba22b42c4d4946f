import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Review } from '../../../../shared/census/rounds/reviews/reviews.ts'
import { roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import type { CensusReviewTable } from './tables.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

export const managesRounds = (who: Who): boolean => may(who, 'round.manage', { district: null, unitId: null })

interface ReviewFilter {
  readonly round?: number | undefined
  readonly isOpen?: boolean | undefined
}

/** Looks of `who`, or with `round` of all to whoever manages rounds; newest first, at most `limit` before `before`. */
export async function listReviews(
  db: Db,
  who: Who,
  { round, isOpen }: ReviewFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: Review[]; total: number }> {
  const isOfAll = round !== undefined && managesRounds(who)
  const matching = sql<boolean>`(${isOfAll ? sql`true` : sql`v.reviewer_id = ${who.id}`}
    and ${round === undefined ? sql`r.state <> 'void'` : sql`v.round_id = ${round}`}
    and ${isOpen === undefined ? sql`true` : isOpen ? isStillOpen : sql`v.submitted_at is not null`})`
  let query = reviewRows(db, who).where(matching)
  if (page.before !== undefined) query = query.where('v.id', '<', page.before)
  const rows = await query.orderBy('v.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('census_review as v')
    .innerJoin('census_round as r', 'r.id', 'v.round_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toReview), total }
}

/** Not in, in a round that still takes it. */
const isStillOpen: RawBuilder<boolean> = sql`(v.submitted_at is null and r.state not in ('closed', 'void'))`

/** One look, if it is of `who`, or `who` manages rounds. */
export async function findReview(db: Db, who: Who, id: number): Promise<ReviewRow | undefined> {
  let query = reviewRows(db, who).where('v.id', '=', id)
  if (!managesRounds(who)) query = query.where('v.reviewer_id', '=', who.id)
  return query.executeTakeFirst()
}

/** All looks at a site of a round, of those that are in. */
export function looksAt(db: Db, roundId: number, siteId: number) {
  return db
    .selectFrom('census_review as v')
    .innerJoin('user_account as u', 'u.id', 'v.reviewer_id')
    .selectAll('v')
    .select('u.name as reviewer')
    .where('v.round_id', '=', roundId)
    .where('v.site_id', '=', siteId)
    .where('v.submitted_at', 'is not', null)
    .execute()
}

/** How far two looks agree, of the sites that both are in of. */
export async function agreementOf(db: Db, roundId: number) {
  const { rows } = await sql<{ n: number; agreed: number; settled: number }>`
    select count(*)::int as n, (count(*) filter (where a.outcome = b.outcome))::int as agreed,
      (count(*) filter (where a.outcome <> b.outcome and c.outcome is not null))::int as settled
    from census_review a
      join census_review b on b.round_id = a.round_id and b.site_id = a.site_id and b.seat = 'second'
      left join census_review c on c.round_id = a.round_id and c.site_id = a.site_id and c.seat = 'third'
    where a.round_id = ${roundId} and a.seat = 'first' and a.submitted_at is not null and b.submitted_at is not null
  `.execute(db)
  return rows[0] ?? { n: 0, agreed: 0, settled: 0 }
}

/**
 * Whoever is still to look at a site is shown nothing of what others found there; and of a site that is looked at twice
 * nobody but who found it, before both are in: the second may be given to anybody yet.
 */
const isBlind = (
  who: Who,
) => sql<boolean>`(exists (select from census_review own where own.round_id = v.round_id
    and own.site_id = v.site_id and own.reviewer_id = ${who.id} and own.submitted_at is null and own.id <> v.id)
  or (s.second and v.reviewer_id <> ${who.id} and v.seat <> 'third' and 2 > (
    select count(*) from census_review other where other.round_id = v.round_id and other.site_id = v.site_id
      and other.seat <> 'third' and other.submitted_at is not null)))`

function reviewRows(db: Db, who: Who) {
  return db
    .selectFrom('census_review as v')
    .innerJoin('census_round as r', 'r.id', 'v.round_id')
    .innerJoin('census_round_site as s', (join) =>
      join.onRef('s.round_id', '=', 'v.round_id').onRef('s.site_id', '=', 'v.site_id'),
    )
    .innerJoin('site', 'site.id', 'v.site_id')
    .innerJoin('user_account as u', 'u.id', 'v.reviewer_id')
    .selectAll('v')
    .select(['r.kind', 'r.year', 'r.serial', 'r.due_on', 'r.state', 'r.edition', 'r.revision'])
    .select(['s.code', 's.name as site_name', 's.level', 's.district', 's.unit_id', 'site.url'])
    .select(['site.district as district_now', 'site.unit_id as unit_now'])
    .select('u.name as reviewer')
    .select(isBlind(who).as('blind'))
}

export type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewRows>['executeTakeFirstOrThrow']>>

export function toReview(row: ReviewRow): Review {
  return {
    ...{ id: row.id, version: row.version, roundId: row.round_id, dueOn: row.due_on },
    round: roundNumber(row.kind, row.year, row.serial),
    ...{ code: row.code, siteId: row.site_id, site: row.site_name, district: row.district, seat: row.seat },
    reviewer: { id: row.reviewer_id, name: row.reviewer },
    submitted: row.blind ? null : saidBy(row),
    isIn: row.submitted_at !== null,
  }
}

/** What somebody has submitted; null: nothing yet. */
export const saidBy = ({
  submitted_at,
  outcome,
  points,
  note,
}: Pick<Selectable<CensusReviewTable>, 'submitted_at' | 'outcome' | 'points' | 'note'>) =>
  submitted_at && outcome ? { at: submitted_at.toISOString(), outcome, points: points ?? 0, note } : null

import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { Move, MoveProof, MoveState } from '../../../shared/census/consolidation/consolidation.ts'
import { may, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { shownAddress } from '../../monitor/persons/address.ts'
import { within } from '../../people/rights/scope.ts'

const moveRows = (db: Db | Tx) =>
  db
    .selectFrom('site_move as move')
    .innerJoin('site', 'site.id', 'move.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .innerJoin('user_account as planner', 'planner.id', 'move.planned_by')
    .leftJoin('user_account as settler', 'settler.id', 'move.settled_by')
    .leftJoin('site_imprint as imprint', 'imprint.site_id', 'site.id')
    .selectAll('move')
    .select(['site.name as site_name', 'site.code', 'site.district', 'site.unit_id', 'site.url'])
    .select(['unit.name as unit', 'planner.name as planner_name', 'settler.name as settler_name'])
    .select(['imprint.final_url', 'imprint.read_at'])

export type MoveRow = Awaited<ReturnType<ReturnType<typeof moveRows>['executeTakeFirstOrThrow']>>

/** The move of that number, if it is of a site within the scope. */
export const findMove = (db: Db | Tx, scope: Scope, id: number): Promise<MoveRow | undefined> =>
  moveRows(db).where('move.id', '=', id).where(within(scope, 'site')).executeTakeFirst()

export interface MovesAsked {
  readonly state?: MoveState | undefined
  readonly district?: string | undefined
  readonly to?: string | undefined
  readonly late?: boolean | undefined
}

/** Moves of sites within a scope, newest first. */
export async function listMoves(
  db: Db,
  user: Principal,
  { state, district, to, late }: MovesAsked,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  now: number,
): Promise<{ items: Move[]; total: number }> {
  const isAsked = sql<boolean>`(${within(user.scope, 'site')}
    and ${state === undefined ? sql`true` : sql`move.state = ${state}`}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    and ${to === undefined ? sql`true` : sql`move.to_platform = ${to}`}
    and ${late === undefined ? sql`true` : sql`(move.state = 'planned' and move.planned_on < ${localDay(now)}) = ${late}`})`
  const rows = moveRows(db).where(isAsked)
  const { total } = await db
    .selectFrom('site_move as move')
    .innerJoin('site', 'site.id', 'move.site_id')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(isAsked)
    .executeTakeFirstOrThrow()
  const found = await (before === undefined ? rows : rows.where('move.id', '<', before))
    .orderBy('move.id', 'desc')
    .limit(limit)
    .execute()
  return { items: found.map((row) => toMove(row, user, now)), total }
}

/** A move as it is told. */
export function toMove(row: MoveRow, user: Principal, now: number): Move {
  const isPlanned = row.state === 'planned'
  return {
    ...{ id: row.id, version: row.version, siteId: row.site_id, siteName: row.site_name, code: row.code },
    ...{ district: row.district, unit: row.unit, from: row.from_platform, to: row.to_platform },
    ...{ plannedOn: row.planned_on, doneOn: row.done_on, state: row.state, note: row.note },
    isLate: isPlanned && row.planned_on < localDay(now),
    proof: isPlanned ? proofOf(row, localDay(now)) : row.seen,
    planned: { by: { id: row.planned_by, name: row.planner_name }, at: row.planned_at.toISOString() },
    settled:
      row.settled_by === null || row.settled_at === null
        ? null
        : { by: { id: row.settled_by, name: row.settler_name ?? '' }, at: row.settled_at.toISOString() },
    may:
      isPlanned && may(user, 'move.plan', { district: row.district, unitId: row.unit_id })
        ? ['finish', 'cancel']
        : [],
  }
}

/** The address of the site leads to another host than its own: it has moved, whatever the register says yet. */
function proofOf({ url, final_url, read_at }: MoveRow, today: string): MoveProof | null {
  if (!final_url || !read_at || hostOf(url) === hostOf(final_url)) return null
  return { kind: 'redirect', at: read_at.toISOString(), said: shownAddress(final_url, today) }
}

const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url

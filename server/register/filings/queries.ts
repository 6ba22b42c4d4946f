import { type RawBuilder, sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Filing, FilingFile } from '../../../shared/register/filings/filings.ts'
import {
  type FilingAsk,
  type FilingState,
  type FilingTimes,
  isGoing,
  NOTICE_DAYS,
  type NoticeState,
  noticeDays,
  noticeState,
} from '../../../shared/register/filings/filings-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { seenOf } from './notices/follow.ts'

export interface FilingFilter {
  readonly site?: number | undefined
  readonly state?: FilingState | undefined
  readonly ask?: FilingAsk | undefined
  readonly district?: string | undefined
  /** By the notice of sites that go; `short`: gone with fewer days of it than it takes. */
  readonly notice?: NoticeState | 'short' | undefined
}

const filingRows = (db: Db | Tx) =>
  db
    .selectFrom('filing as f')
    .innerJoin('site', 'site.id', 'f.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .leftJoin('filing_notice as n', 'n.filing_id', 'f.id')
    .selectAll('f')
    .select([
      'n.looked_at',
      'n.since',
      'n.last_at',
      'n.missing_at',
      'n.text as notice_text',
      'n.says_on',
      'n.days_at_end',
    ])
    .select([
      'site.name as site_name',
      'site.code',
      'site.district',
      'site.unit_id',
      'unit.name as unit_name',
    ])
    .select([
      sql<string>`(select name from user_account where id = f.filed_by)`.as('filer_name'),
      sql<string | null>`(select name from user_account where id = f.decided_by)`.as('decider_name'),
      sql<
        FilingFile[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'type', d.type,
        'size', d.size, 'at', d.uploaded_at, 'by', jsonb_build_object('id', u.id, 'name', u.name)) order by d.id), '[]')
        from filing_file d join user_account u on u.id = d.uploaded_by
        where d.filing_id = f.id and d.hidden_at is null)`.as('files'),
    ])
export type FilingRow = Awaited<ReturnType<ReturnType<typeof filingRows>['executeTakeFirstOrThrow']>>

const matches = (
  { scope }: Principal,
  { site, state, ask, district, notice }: FilingFilter,
): RawBuilder<boolean> =>
  sql<boolean>`(${within(scope, 'site')}
    and ${site === undefined ? sql`true` : sql`f.site_id = ${site}`}
    and ${state === undefined ? sql`true` : sql`f.state = ${state}`}
    and ${ask === undefined ? sql`true` : sql`f.ask = ${ask}`}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    and ${notice === undefined ? sql`true` : hasNotice(notice)})`

/** Of what goes and has begun, by its notice. */
function hasNotice(notice: NoticeState | 'short'): RawBuilder<boolean> {
  const row = (where: RawBuilder<unknown>) =>
    sql<boolean>`exists (select from filing_notice n where n.filing_id = f.id and ${where})`
  const isStanding = sql`n.since is not null and n.missing_at is null`
  const goes = sql`f.ask in ('closed', 'moved') and f.begun_at is not null`
  if (notice === 'short') return row(sql`n.days_at_end < ${NOTICE_DAYS}`)
  if (notice === 'unmeasured') return sql<boolean>`(${goes} and not ${row(sql`true`)})`
  return sql<boolean>`(${goes} and ${row(notice === 'seen' ? isStanding : sql`not (${isStanding})`)})`
}

/** Filings about sites of the scope, newest first: at most `limit`, with ids before `before`. */
export async function listFilings(
  db: Db,
  user: Principal,
  filter: FilingFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: Filing[]; total: number }> {
  const matching = matches(user, filter)
  let query = filingRows(db).where(matching)
  const { total } = await db
    .selectFrom('filing as f')
    .innerJoin('site', 'site.id', 'f.site_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  if (page.before !== undefined) query = query.where('f.id', '<', page.before)
  const rows = await query.orderBy('f.id', 'desc').limit(page.limit).execute()
  return { items: rows.map((row) => toFiling(row, user)), total }
}

export const findFiling = (db: Db | Tx, user: Principal, id: number): Promise<FilingRow | undefined> =>
  filingRows(db).where('f.id', '=', id).where(within(user.scope, 'site')).executeTakeFirst()

/** Those of a site that are approved and not over, but for one. */
export const approvedOf = (tx: Tx, siteId: number, except: number | null) =>
  tx
    .selectFrom('filing')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('state', '=', 'approved')
    .where('ended_at', 'is', null)
    .where('id', 'is distinct from', except)
    .execute()

/** How many visits have counted since an instant. */
export async function countedSince(tx: Tx, siteId: number, at: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(total), 0)::int as n from visit_hour where site_id = ${siteId} and hour >= ${at}
  `.execute(tx)
  return rows[0]?.n ?? 0
}

export const timesOf = (row: { ask: FilingAsk; from_on: string; to_on: string | null }): FilingTimes => ({
  ...{ ask: row.ask, from: row.from_on, to: row.to_on },
})

export function toFiling(row: FilingRow, user: Principal): Filing {
  const { decided_by, decided_at } = row
  return {
    ...{ id: row.id, version: row.version, siteId: row.site_id, siteName: row.site_name, code: row.code },
    ...{ district: row.district, unit: row.unit_name, target: row.target, reason: row.reason },
    ...{ ...timesOf(row), state: row.state },
    filed: { by: { id: row.filed_by, name: row.filer_name }, at: row.filed_at.toISOString() },
    decided:
      decided_by === null || decided_at === null
        ? null
        : {
            by: { id: decided_by, name: row.decider_name ?? '' },
            ...{ at: decided_at.toISOString(), note: row.note ?? '' },
          },
    begunAt: row.begun_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    notice: noticeOf(row),
    files: row.files.map((file) => ({ ...file, at: new Date(file.at).toISOString() })),
    may: stepsFor(row, user),
  }
}

/** What was seen of the notice of a site that goes, by the last reading of its page. */
function noticeOf(row: FilingRow): Filing['notice'] {
  if (!isGoing(row.ask) || !row.begun_at) return null
  const seen = row.looked_at && { ...seenOf(row), on: localDay(row.looked_at.getTime()) }
  const days = row.days_at_end ?? (seen ? noticeDays(seen, timesOf(row), seen.on) : 0)
  return {
    ...{ state: noticeState(seen), days, of: NOTICE_DAYS },
    since: row.since?.toISOString() ?? null,
    missingSince: row.missing_at?.toISOString() ?? null,
    lookedAt: row.looked_at?.toISOString() ?? null,
    isShort: row.days_at_end !== null && row.days_at_end < NOTICE_DAYS,
    ...{ text: row.notice_text, on: row.says_on },
  }
}

function stepsFor({ state, begun_at, district, unit_id }: FilingRow, user: Principal): Filing['may'] {
  const where = { district, unitId: unit_id }
  const mayFile = may(user, 'filing.file', where)
  if (state === 'returned') return mayFile ? ['refile', 'withdraw', 'attach'] : []
  // What was approved by mistake is taken back before it begins.
  if (state === 'approved' && !begun_at && may(user, 'filing.approve', where)) return ['withdraw']
  if (state !== 'filed') return []
  const decides = may(user, 'filing.approve', where) ? (['approve', 'return', 'refuse'] as const) : []
  return [...decides, ...(mayFile ? (['withdraw', 'attach'] as const) : [])]
}

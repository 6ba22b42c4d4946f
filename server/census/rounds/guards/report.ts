import { type RawBuilder, sql } from 'kysely'
import { MINUTE } from '../../../../shared/base/time.ts'
import type {
  ClosingReport,
  ClosingRow,
  Guard,
  ZeroReport,
} from '../../../../shared/census/rounds/guards/guards.ts'
import { spanOf } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import { covers, districtsOf, type Principal, type Scope } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { countZeroReports } from './counts.ts'
import { desksOf } from './roster.ts'
import { toZeroReport, zeroRows } from './zero-reports.ts'

/** So many outages are named. */
const NAMED = 30
const CITY: Scope = { kind: 'city' }

type Ctx = Pick<Context, 'db' | 'clock'>

/** The closing report as somebody reads it: the one that was kept, else as of now; of it what lies in the scope. */
export async function closingReportOf(
  ctx: Ctx,
  { scope }: Pick<Principal, 'scope'>,
  round: Round,
): Promise<ClosingReport> {
  const kept = await ctx.db
    .selectFrom('census_guard')
    .select('report')
    .where('round_id', '=', round.id)
    .executeTakeFirst()
  if (!kept || !round.guard) throw new Refusal('not_found', 'rounds.noGuard')
  return partOf(kept.report ?? (await makeReport(ctx, ctx.db, round, round.guard, null)), scope)
}

/** Makes the closing report of the whole city as of now. @param user who closes the round with it; null: it is not closed yet */
export async function makeReport(
  { clock }: Pick<Context, 'clock'>,
  db: Db,
  { id, number }: Pick<Round, 'id' | 'number'>,
  guard: Guard,
  user: Principal | null,
): Promise<ClosingReport> {
  const now = new Date(clock.now())
  const { name, from, to, everyS } = guard
  // Nothing can be signed once it is closed: then what is unsigned is missing, though its grace be not over.
  const zeroAt = user ? new Date(Math.max(now.getTime(), graceEnd(guard))) : now
  const desks = await desksOf(db, CITY, id, guard)
  const zero = new Map((await countZeroReports(db, CITY, id, zeroAt)).map((one) => [one.district, one]))
  const figures = await figuresOf(db, id, guard)
  const withZero = ({ district, ...rest }: Figures & { district: string | null }) => {
    const own =
      district === null ? [...zero.values()] : [zero.get(district)].filter((one) => one !== undefined)
    const sum = (key: 'due' | 'onTime' | 'late' | 'missing') => own.reduce((all, one) => all + one[key], 0)
    return { ...rest, due: sum('due'), onTime: sum('onTime'), late: sum('late'), missing: sum('missing') }
  }
  const all = figures.find(({ district }) => district === null)
  return {
    ...{ roundId: id, number, name, from, to, everyS, final: user !== null, madeAt: now.toISOString() },
    madeBy: user && { id: user.id, name: user.name },
    all: all ? withZero(all) : null,
    districts: figures.flatMap((row): ClosingRow[] => {
      const { district } = row
      const hours = desks.find((desk) => desk.district === district)?.uncovered ?? 0
      return district === null ? [] : [{ district, ...withZero(row), uncovered: hours }]
    }),
    desks,
    outages: await outagesOf(db, id, guard),
    noted: await notedOf(db, id, zeroAt.getTime()),
    unready: await unreadyOf(db, id),
  }
}

/** When the grace of the last zero report that a period can have is over (epoch ms). */
const graceEnd = (guard: Guard): number => spanOf(guard).endMs + guard.graceMin * MINUTE

/** What of a report lies in a scope. The sums of the whole are for who sees the whole. */
function partOf(report: ClosingReport, scope: Scope): ClosingReport {
  if (scope.kind === 'city') return report
  const own = districtsOf(scope)
  const isSeen = ({ district, unitId }: { district: string; unitId: number | null }) =>
    covers(scope, { district, unitId })
  return {
    ...report,
    all: null,
    districts: report.districts.filter(({ district }) => own.includes(district)),
    desks: report.desks.filter(({ district }) => district !== null && own.includes(district)),
    outages: report.outages.filter(isSeen),
    noted: report.noted.filter(({ district, unit }) => isSeen({ district, unitId: unit?.id ?? null })),
    unready: report.unready.filter(isSeen),
  }
}

type Figures = Omit<ClosingRow, 'district' | 'uncovered' | 'due' | 'onTime' | 'late' | 'missing'>

/** SQL for how many of some minutes there are, their median and the longest, as JSON. */
const times = (from: string, to: string): RawBuilder<ClosingRow['taken']> => {
  const minutes = sql`extract(epoch from (${sql.ref(to)} - ${sql.ref(from)})) / 60`
  return sql`jsonb_build_object('n', count(${sql.ref(to)})::int,
    'median', round((percentile_cont(0.5) within group (order by ${minutes}))::numeric, 1),
    'longest', round(max(${minutes})::numeric, 1))`
}

/** Figures of each district of the list, and with null of all of it. */
async function figuresOf(
  db: Db,
  roundId: number,
  period: Pick<Guard, 'from' | 'to'>,
): Promise<(Figures & { district: string | null })[]> {
  const { startMs, endMs } = spanOf(period)
  const [from, until] = [new Date(startMs), new Date(endMs)]
  const { rows } = await sql<Figures & { district: string | null }>`
    with listed as (select site_id, district from census_round_site where round_id = ${roundId}),
    list as (select district, count(*)::int as sites from listed group by grouping sets ((district), ())),
    visited as (
      select l.district, sum(v.total + v.beside)::int as visits, sum(v.failed + v.beside_failed)::int as failed
      from listed l join visit_day v on v.site_id = l.site_id and v.day between ${period.from} and ${period.to}
      group by grouping sets ((l.district), ())
    ), broken as (
      select l.district, count(*)::int as outages, (count(distinct a.site_id))::int as sites,
        ${times('a.opened_at', 'a.acknowledged_at')} as taken, ${times('a.opened_at', 'a.resolved_at')} as recovered
      from listed l join alert a on a.site_id = l.site_id and a.rule = 'DOWN' and a.false_alarm is null
        and a.opened_at >= ${from} and a.opened_at < ${until}
      group by grouping sets ((l.district), ())
    ), fixed as (
      select l.district, count(*)::int as raised, (count(f.closed_at))::int as verified
      from listed l join rectification f on f.site_id = l.site_id and f.raised_at >= ${from} and f.raised_at < ${until}
      group by grouping sets ((l.district), ())
    ), polled as (
      select district, count(*)::int as asked, (count(*) filter (where state in ('handed_in', 'accepted')))::int as answered,
        (coalesce(sum((select count(*) from jsonb_array_elements(answers->'sites') one where one->'agrees' = 'false')
          ) filter (where state in ('handed_in', 'accepted')), 0))::int as unready
      from census_submission where round_id = ${roundId} group by grouping sets ((district), ())
    )
    select list.district, list.sites, coalesce(visits, 0) as visits, coalesce(failed, 0) as failed,
      coalesce(outages, 0) as outages, coalesce(b.sites, 0) as "outageSites",
      coalesce(taken, ${NONE}::jsonb) as taken, coalesce(recovered, ${NONE}::jsonb) as recovered,
      coalesce(raised, 0) as rectifications, coalesce(verified, 0) as "rectificationsVerified",
      coalesce(asked, 0) as asked, coalesce(answered, 0) as answered, coalesce(unready, 0) as unready
    from list left join visited on visited.district is not distinct from list.district
      left join broken b on b.district is not distinct from list.district
      left join fixed on fixed.district is not distinct from list.district
      left join polled on polled.district is not distinct from list.district
    order by list.district nulls first
  `.execute(db)
  return rows
}

const NONE = JSON.stringify({ n: 0, median: null, longest: null })

async function outagesOf(
  db: Db,
  roundId: number,
  period: Pick<Guard, 'from' | 'to'>,
): Promise<ClosingReport['outages']> {
  const { startMs, endMs } = spanOf(period)
  const rows = await db
    .selectFrom('alert as a')
    .innerJoin('census_round_site as l', (join) =>
      join.onRef('l.site_id', '=', 'a.site_id').on('l.round_id', '=', roundId),
    )
    .leftJoin('user_account as u', 'u.id', 'a.acknowledged_by')
    .select(['a.id', 'a.opened_at', 'a.acknowledged_at', 'a.resolved_at', 'u.name as taker'])
    .select(['l.site_id', 'l.name', 'l.district', 'l.unit_id'])
    .where('a.rule', '=', 'DOWN')
    .where('a.false_alarm', 'is', null)
    .where('a.opened_at', '>=', new Date(startMs))
    .where('a.opened_at', '<', new Date(endMs))
    // Those that are open still come first; nothing is subtracted from infinity, which not every PostgreSQL can.
    .orderBy(sql`a.resolved_at is null`, 'desc')
    .orderBy(sql`a.resolved_at - a.opened_at`, 'desc')
    .orderBy('a.id')
    .limit(NAMED)
    .execute()
  return rows.map((row) => ({
    ...{ alertId: row.id, siteId: row.site_id, site: row.name, district: row.district, unitId: row.unit_id },
    ...{ openedAt: row.opened_at.toISOString(), takenAt: row.acknowledged_at?.toISOString() ?? null },
    ...{ takenBy: row.taker, resolvedAt: row.resolved_at?.toISOString() ?? null },
  }))
}

/** Nobody in particular, who sees all of it. */
const READER = { id: 0, role: 'viewer' as const, scope: CITY }

async function notedOf(db: Db, roundId: number, nowMs: number): Promise<ClosingReport['noted']> {
  const rows = await zeroRows(db)
    .where('z.round_id', '=', roundId)
    .orderBy('z.due_at')
    .orderBy('z.district')
    .execute()
  const isNoted = ({ standing, happened }: ZeroReport) =>
    standing === 'missing' || (happened !== null && happened !== '')
  return rows
    .map((row) => toZeroReport(row, READER, nowMs))
    .filter(isNoted)
    .map(({ district, unit, dueAt, standing, happened, signed }) => ({
      district,
      unit,
      dueAt,
      standing,
      happened,
      signed,
    }))
}

async function unreadyOf(db: Db, roundId: number): Promise<ClosingReport['unready']> {
  const { rows } = await sql<ClosingReport['unready'][number]>`
    select l.site_id as "siteId", l.name as site, l.district, l.unit_id as "unitId", l.unit_name as unit,
      coalesce(one->>'note', '') as why
    from census_submission s cross join jsonb_array_elements(s.answers->'sites') one
      join census_round_site l on l.round_id = s.round_id and l.site_id = (one->>'siteId')::int
    where s.round_id = ${roundId} and s.state in ('handed_in', 'accepted') and one->'agrees' = 'false'
    order by l.position
  `.execute(db)
  return rows
}

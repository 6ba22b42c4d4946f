import { type RawBuilder, sql } from 'kysely'
import { addDays, localDay } from '../../../shared/base/time.ts'
import type {
  QualityCase,
  QualityError,
  QualityNight,
  QualityReport,
} from '../../../shared/monitor/quality/quality.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { ratesOf } from './rate.ts'
import './tables.ts'

/** How the monitor did in the `nights` to today; by night of one rule only, where that is asked for. */
export async function qualityOf(
  ctx: Pick<Context, 'db' | 'after'>,
  { nights, rule }: { readonly nights: number; readonly rule?: string | undefined },
  now: number,
): Promise<QualityReport> {
  const to = localDay(now)
  const from = addDays(to, 1 - nights)
  const rules = await ratesOf(ctx, nights, now)
  const history = await historyOf(ctx.db, from, rule)
  return { from, to, counted: history.length, rules, nights: history }
}

async function historyOf(db: Db, from: string, rule: string | undefined): Promise<QualityNight[]> {
  const { rows } = await sql<QualityNight>`
    select night, sum(planted)::int as planted, sum(found)::int as found, sum(clean)::int as clean,
      sum(wrong)::int as wrong, sum(unmeasured)::int as unmeasured
    from quality_night where night >= ${from} and ${rule === undefined ? sql`true` : sql`rule = ${rule}`}
    group by night order by night`.execute(db)
  return rows
}

interface CaseFilter {
  readonly rule?: string | undefined
  readonly error?: QualityError | undefined
}

/** What was missed or wrongly told of within a scope, newest first. @param page at most `limit`, with ids below `below` */
export async function qualityCases(
  db: Db,
  scope: Scope,
  filter: CaseFilter,
  page: { readonly limit: number; readonly below?: number | undefined },
): Promise<{ items: QualityCase[]; total: number }> {
  const from = sql`quality_case c left join site on site.id = c.site_id where ${matching(scope, filter)}`
  const { rows } = await sql<Row>`
    select c.id, c.night, c.place, c.rule, c.error, c.what, c.page, c.from_at, c.to_at,
      site.id as site_id, site.name, site.district from ${from}
      and ${page.below === undefined ? sql`true` : sql`c.id < ${page.below}`}
    order by c.id desc limit ${page.limit}`.execute(db)
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(db)
  return { items: rows.map(toCase), total: counted[0]?.n ?? 0 }
}

type Row = Pick<QualityCase, 'id' | 'night' | 'place' | 'rule' | 'error' | 'what' | 'page'> & {
  readonly from_at: Date
  readonly to_at: Date
  readonly site_id: number | null
  readonly name: string | null
  readonly district: string | null
}

function matching(scope: Scope, { rule, error }: CaseFilter): RawBuilder<boolean> {
  return sql<boolean>`((c.site_id is null or ${within(scope, 'site')})
    and ${rule === undefined ? sql`true` : sql`c.rule = ${rule}`}
    and ${error === undefined ? sql`true` : sql`c.error = ${error}`})`
}

function toCase({ from_at, to_at, site_id, name, district, ...row }: Row): QualityCase {
  const site = site_id === null ? null : { id: site_id, name: name ?? '', district: district ?? '' }
  return { ...row, site, from: from_at.toISOString(), to: to_at.toISOString() }
}

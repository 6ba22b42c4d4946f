import { sql } from 'kysely'
import type { z } from 'zod'
import { localDay, monthOf } from '../../../shared/base/time.ts'
import type { summaryEndpoints } from '../../../shared/census/summary/api.ts'
import type { SummarySite } from '../../../shared/census/summary/summary.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { endsOf } from './ends.ts'
import { around } from './sheets.ts'

type Asked = z.output<(typeof summaryEndpoints)['summarySites']['query']>

/** Above every place in the list. */
const MOST_CURSOR = 1_000_000

/** The sites behind a number of a month, those with most vetoes and fewest points left first. */
export async function summarySites(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { scope }: Pick<Principal, 'scope'>,
  { month, district, rule, outcome, ten, limit, cursor }: Asked,
): Promise<{ items: SummarySite[]; nextCursor: string | null; total: number }> {
  const today = localDay(clock.now())
  const of = month ?? monthOf(today)
  const day = (await endsOf(db, [of], today)).get(of)
  if (day === undefined) return { items: [], nextCursor: null, total: 0 }
  const from = /^\d{1,6}$/.test(cursor ?? '') ? Math.min(MOST_CURSOR, Number(cursor)) : 0
  const conditions = [
    rule !== undefined && sql`vetoes @> array[${rule}]::text[]`,
    outcome !== undefined && sql`outcome = ${outcome}`,
    ten !== undefined && sql`score is not null and least(9, floor(score / 10))::int = ${ten}`,
  ].filter((one) => one !== false)
  const seen = around(scope, day, district === undefined ? sql`` : sql`and site.district = ${district}`)
  const { rows } = await sql<SummarySite & { total: number }>`
    with listed as materialized (
      select s.*, (count(*) over ())::int as total
      from (${seen}) s where ${sql.join([sql`true`, ...conditions], sql` and `)}
      order by cardinality(vetoes) desc, points desc, site_id limit ${limit} offset ${from}
    )
    select site_id as id, site.name, site.district, outcome, points::float8 as points, score::float8 as score, vetoes, total
    from listed join site on site.id = listed.site_id
    order by cardinality(vetoes) desc, points desc, site_id`.execute(db)
  const total = rows[0]?.total ?? 0
  const next = from + rows.length
  return {
    items: rows.map(({ total: _, ...site }) => site),
    nextCursor: rows.length > 0 && next < total ? String(next) : null,
    total,
  }
}

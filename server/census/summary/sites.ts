import { sql } from 'kysely'
import type { z } from 'zod'
import { localDay, monthOf } from '../../../shared/base/time.ts'
import type { summaryEndpoints } from '../../../shared/census/summary/api.ts'
import type { SummarySite } from '../../../shared/census/summary/summary.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { endOf } from './service.ts'
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
  const day = await endOf(db, month ?? monthOf(today), today)
  if (day === null) return { items: [], nextCursor: null, total: 0 }
  const from = /^\d{1,6}$/.test(cursor ?? '') ? Math.min(MOST_CURSOR, Number(cursor)) : 0
  const conditions = [
    district !== undefined && sql`district = ${district}`,
    rule !== undefined && sql`vetoes @> array[${rule}]::text[]`,
    outcome !== undefined && sql`outcome = ${outcome}`,
    ten !== undefined && sql`score is not null and least(9, floor(score / 10))::int = ${ten}`,
  ].filter((one) => one !== false)
  const { rows } = await sql<SummarySite & { total: number }>`
    select site_id as id, name, district, outcome, points::float8 as points, score::float8 as score, vetoes,
      (count(*) over ())::int as total
    from (${around(scope, day)}) s where ${sql.join([sql`true`, ...conditions], sql` and `)}
    order by cardinality(vetoes) desc, points desc, site_id limit ${limit} offset ${from}`.execute(db)
  const total = rows[0]?.total ?? 0
  const next = from + rows.length
  return {
    items: rows.map(({ total: _, ...site }) => site),
    nextCursor: rows.length > 0 && next < total ? String(next) : null,
    total,
  }
}

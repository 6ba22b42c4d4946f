import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type {
  AnswersOfDistrict,
  UnsettledFilter,
  UnsettledSite,
} from '../../../../shared/register/ledger/ledger.ts'
import { QUESTIONS, type Question } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import { recordRows } from '../queries.ts'

/** How many answers a question has. */
export const lengthOf = (question: Question) =>
  sql<number>`jsonb_array_length(coalesce(site.profile -> ${question}, '[]'))`
/** Who is over has nobody to look after it. */
export const isThere = sql<boolean>`site.lifecycle not in ('closed', 'moved', 'merged')`
export const isSettled = sql<boolean>`(${sql.join(
  QUESTIONS.map((question) => sql`${lengthOf(question)} = 1`),
  sql` and `,
)})`

/** By district, in the order of the administration. */
export async function answersByDistrict(db: Db, scope: Scope): Promise<AnswersOfDistrict[]> {
  const counts = sql.join(
    QUESTIONS.flatMap((question) => [
      sql`count(*) filter (where ${lengthOf(question)} = 0)::int as ${sql.ref(`${question}_none`)}`,
      sql`count(*) filter (where ${lengthOf(question)} > 1)::int as ${sql.ref(`${question}_several`)}`,
    ]),
  )
  type Row = { district: string; sites: number; settled: number } & Record<
    `${Question}_none` | `${Question}_several`,
    number
  >
  const { rows } = await sql<Row>`
    select site.district, count(*)::int as sites, count(*) filter (where ${isSettled})::int as settled, ${counts}
    from site join district on district.code = site.district
    where ${isThere} and ${within(scope, 'site')}
    group by site.district, district.position order by district.position
  `.execute(db)
  return rows.map((row) => ({
    ...{ district: row.district, sites: row.sites, settled: row.settled },
    questions: {
      builders: { none: row.builders_none, several: row.builders_several },
      operators: { none: row.operators_none, several: row.operators_several },
      supervisors: { none: row.supervisors_none, several: row.supervisors_several },
      maintainers: { none: row.maintainers_none, several: row.maintainers_several },
    },
  }))
}

/** Sites that are not settled, by number: at most `limit`, after `after`. */
export async function unsettledSites(
  db: Db,
  scope: Scope,
  { district, question, gap }: UnsettledFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Promise<{ items: UnsettledSite[]; total: number }> {
  const asked: readonly Question[] = question ? [question] : QUESTIONS
  const has = (one: Question): RawBuilder<unknown> =>
    gap === 'none'
      ? sql`${lengthOf(one)} = 0`
      : gap === 'several'
        ? sql`${lengthOf(one)} > 1`
        : sql`${lengthOf(one)} <> 1`
  const where = sql<boolean>`(${isThere} and ${within(scope, 'site')}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    and (${sql.join(asked.map(has), sql` or `)}))`
  const { rows } = await sql<{
    total: number
  }>`select count(*)::int as total from site where ${where}`.execute(db)
  const found = await recordRows(db)
    .where(where)
    .where('site.id', '>', page.after ?? 0)
    .orderBy('site.id')
    .limit(page.limit)
    .execute()
  const items = found.map(({ id, code, name, district: at, unit, profile }) => {
    const of = (one: Question): readonly string[] => {
      const value = profile[one]
      return Array.isArray(value) ? value : []
    }
    const all = { builders: of('builders'), operators: of('operators') }
    const more = { supervisors: of('supervisors'), maintainers: of('maintainers') }
    return { id, code, name, district: at, unit, answers: { ...all, ...more } }
  })
  return { items, total: rows[0]?.total ?? 0 }
}

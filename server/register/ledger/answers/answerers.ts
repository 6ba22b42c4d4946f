import { sql } from 'kysely'
import type { Answerer } from '../../../../shared/register/ledger/ledger.ts'
import { QUESTIONS } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { nameMatches } from '../../../base/search/letters.ts'
import { type RecordRow, valuesOf } from '../queries.ts'

const MOST_FOUND = 12

/** Every name that some site gives as an answer, once. */
const named = sql`(select distinct answer.name from site, lateral (${sql.join(
  QUESTIONS.map((question) => sql`select jsonb_array_elements_text(site.profile -> ${question}) as name`),
  sql` union all `,
)}) as answer)`

/**
 * Who may answer for a site: units of the register, found by name or pinyin, then firms that other sites have named.
 * A unit of several districts stands there once, with the first of them.
 */
export async function findAnswerers(db: Db, q: string): Promise<Answerer[]> {
  const matches = await nameMatches(db, q)
  const units = await db
    .selectFrom('unit')
    .select((eb) => ['name', eb.fn.min('id').as('unitId')])
    .where(matches('unit.name'))
    .groupBy('name')
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .limit(MOST_FOUND)
    .execute()
  const left = MOST_FOUND - units.length
  if (left === 0) return units
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ name: string }>`
    select name from ${named} as firm where name ilike ${like}
      and not exists (select from unit where unit.name = firm.name) order by length(name), name limit ${left}
  `.execute(db)
  return [...units, ...rows.map(({ name }) => ({ name, unitId: null }))]
}

/** Of those whom a site names, the units that the register knows: that of its own district before another of that name. */
export async function answerersOf(db: Db, row: RecordRow): Promise<Answerer[]> {
  const values = valuesOf(row)
  const names = [...new Set(QUESTIONS.flatMap((question) => namesIn(values[question])))]
  if (names.length === 0) return []
  const units = await db
    .selectFrom('unit')
    .select(['id', 'name'])
    .where('name', 'in', names)
    .orderBy(sql`district <> ${row.district}`)
    .orderBy('id')
    .execute()
  return names.map((name) => ({ name, unitId: units.find((unit) => unit.name === name)?.id ?? null }))
}

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [])

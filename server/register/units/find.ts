import { sql } from 'kysely'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import {
  type Found,
  type FoundItem,
  foundOf,
  isDigit,
  MOST_FOUND,
  NOTHING_FOUND,
} from '../../base/search/found.ts'
import { patternOf, spelledLike } from '../../base/search/letters.ts'
import { dealtWith } from '../../people/accounts/queries.ts'
import { unitNamed, unitsWithin } from './queries.ts'

type Who = Pick<Principal, 'role' | 'scope'>

/** Units as their list finds them: whose name begins so first, then the shortest names. */
export async function findUnits(db: Db, { scope }: Who, q: string, limit: number): Promise<Found> {
  if (isDigit(q)) return NOTHING_FOUND
  const { rows } = await sql<{ total: number; items: FoundItem[] | null }>`
    with found as materialized (select unit.id, unit.name, unit.district from unit
      where ${unitsWithin(scope)} and ${await unitNamed(db, q)}),
    best as (select *, starts_with(name, ${q}) as begins from found order by begins desc, length(name), id limit ${limit})
    select (select count(*)::int from found) as total,
      (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'district', district)
        order by begins desc, length(name), id) from best) as items
  `.execute(db)
  const { total, items } = rows[0] ?? { total: 0, items: [] }
  return { items: items ?? [], total, isMore: false }
}

/** A number of a telephone is looked for from so many digits on. */
const LEAST_DIGITS = 5

/**
 * People whom somebody deals with, by name or pinyin: those with an account, and the contacts of units for whoever may
 * read them, by their telephone as well.
 */
export async function findPeople(db: Db, who: Who, q: string, limit: number): Promise<Found> {
  if (isDigit(q)) return NOTHING_FOUND
  const spelled = await spelledLike(db, q)
  // In the letters of a name small and capital ones are one.
  const named = (column: string) =>
    sql`(${sql.ref(column)} like ${patternOf(q)} ${spelled ? sql`or ${spelled(column)}` : sql``})`
  const digits = /^[\d\s+-]+$/.test(q) ? q.replace(/\D/g, '') : ''
  const isPhone = digits.length >= LEAST_DIGITS
  const byPhone = isPhone
    ? sql`or c.mobile like ${patternOf(digits)} or regexp_replace(c.phone, '\\D', '', 'g') like ${patternOf(digits)}`
    : sql``
  const contacts = sql`union all
    select 1, c.id, c.name, c.kind, unit.district, unit.id, unit.name from unit_contact c
      join unit on unit.id = c.unit_id
      where ${unitsWithin(who.scope)} and (${named('c.name')} ${byPhone})`
  const { rows } = await sql<FoundItem>`
    select id, name, "is", district,
      case when unit_id is not null then jsonb_build_object('id', unit_id, 'name', unit_name) end as unit
    from (
      select 0 as place, u.id, u.name, u.role as "is",
        case when cardinality(u.districts) = 1 then u.districts[1] end as district, unit.id as unit_id, unit.name as unit_name
      from user_account u left join unit on unit.id = u.unit_ids[1]
      where u.disabled_at is null and ${dealtWith(who.scope)} and ${named('u.name')}
      ${may(who, 'contact.read') ? contacts : sql``}
    ) as found (place, id, name, "is", district, unit_id, unit_name)
    order by place, length(name), name, id limit ${sql.lit(MOST_FOUND + 1)}
  `.execute(db)
  return foundOf(rows, limit)
}

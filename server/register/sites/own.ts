import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db/database.ts'
import { patternOf } from '../../base/search/letters.ts'

/**
 * A condition on what sites say in a field that the installation has defined: a text contains it, all else is it; without
 * a value, they say nothing. A field that there is not, or is asked for no more, is that of no site.
 * @param key as `own3`
 */
export async function ownIs(db: Db, key: string, value: string | undefined): Promise<RawBuilder<boolean>> {
  const field = await db
    .selectFrom('own_field')
    .select('kind')
    .where('id', '=', Number(key.replace(/^own/, '')))
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!field) return sql<boolean>`false`
  if (value === undefined || value === '') return sql<boolean>`(site.profile -> ${key}) is null`
  if (field.kind === 'text') return sql<boolean>`(site.profile ->> ${key}) ilike ${patternOf(value)}`
  return sql<boolean>`(site.profile ->> ${key}) = ${value}`
}

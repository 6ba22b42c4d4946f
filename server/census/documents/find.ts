import { sql } from 'kysely'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Found, foundOf, isDigit, MOST_FOUND } from '../../base/search/found.ts'
import { nameMatches } from '../../base/search/letters.ts'
import { numberOf } from './issue/number.ts'
import { isSeen } from './queries.ts'

/** Documents that somebody may read, the newest first: by title, its pinyin, or number, as `〔2026〕3号`, `2026-3` or `3`. */
export async function findDocuments(
  db: Db,
  who: Pick<Principal, 'id' | 'role' | 'scope'>,
  q: string,
  limit: number,
): Promise<Found> {
  const named = isDigit(q) ? () => sql<boolean>`false` : await nameMatches(db, q)
  const rows = await db
    .selectFrom('document as d')
    .select(['d.id', 'd.title', 'd.kind', 'd.district', 'd.series', 'd.year', 'd.serial'])
    .where(isSeen(who))
    .where(sql<boolean>`(${named('d.title')} or ${numbered(q)})`)
    .orderBy('d.id', 'desc')
    .limit(MOST_FOUND + 1)
    .execute()
  const items = rows.map((row) => ({
    ...{ id: row.id, name: row.title, number: numberOf(row), is: row.kind, district: row.district },
  }))
  return foundOf(items, limit)
}

/** The year is left out by who knows which one is meant. */
function numbered(q: string) {
  const [, year, serial] = /(?:^|\D)(?:(\d{4})\D{1,2})?(\d{1,6})\D?$/.exec(q) ?? []
  if (serial === undefined) return sql<boolean>`false`
  const isOfYear = year === undefined ? sql`true` : sql`d.year = ${Number(year)}`
  return sql<boolean>`(d.serial = ${Number(serial)} and ${isOfYear})`
}

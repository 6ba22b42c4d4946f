import { type RawBuilder, type Selectable, sql } from 'kysely'
import { letterNumber } from '../../../../shared/census/letters/letters-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { type Found, foundOf, isDigit, MOST_FOUND, NOTHING_FOUND } from '../../../base/search/found.ts'
import { letterVisible } from '../queries.ts'
import type { LetterTable } from '../tables.ts'
import { letterNumbered, titleFits } from './named.ts'

/** So many of the newest are looked through one by one. */
const NEWEST = 20_000

/** Letters that somebody may read, the newest first. */
export async function findLetters(
  db: Db,
  who: Pick<Principal, 'role' | 'scope'>,
  q: string,
  limit: number,
): Promise<Found> {
  if (!may(who, 'letter.read')) return NOTHING_FOUND
  const [isVisible, most] = [letterVisible(who.scope), sql.lit(MOST_FOUND + 1)]
  const fits = isDigit(q) ? sql<boolean>`false` : await titleFits(db, q)
  const search = async (searched: RawBuilder<unknown>) => {
    const { rows } = await sql<Row>`
      with named as materialized (select l.id from ${searched} s join letter l on l.id = s.letter_id
          where ${fits} and ${isVisible} order by s.letter_id desc limit ${most}),
        numbered as (select l.id from letter l where ${letterNumbered(q)} and ${isVisible})
      select l.id, l.title, l.year, l.serial, l.state, l.district from letter l
        where l.id in (select id from named union select id from numbered) order by l.id desc limit ${most}
    `.execute(db)
    return rows
  }
  // What stands in many titles is found among the newest; what does not is rare, and the index has it at once.
  const newest = await search(sql`(select * from letter_searched
    where letter_id > (select max(letter_id) from letter_searched) - ${sql.lit(NEWEST)} offset 0)`)
  const rows = newest.length > MOST_FOUND ? newest : await search(sql`letter_searched`)
  const items = rows.map(({ id, title, year, serial, state, district }) => ({
    ...{ id, name: title, number: letterNumber(year, serial), is: state, district },
  }))
  return foundOf(items, limit)
}

type Row = Pick<Selectable<LetterTable>, 'id' | 'title' | 'year' | 'serial' | 'state' | 'district'>

import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import { patternOf } from '../../../base/search/letters.ts'
import { compact, isLetters, piecesFor } from '../../../base/search/pieces.ts'
import { spellLetters } from './spell.ts'
import './tables.ts'

/** Letters that are made findable at a search: those of a form that was just sent. The rest is done in the background. */
const AT_SEARCH = 50

/** What of `letter_searched s` fits what was typed: a part of its title, or of its pinyin. */
export async function titleFits(db: Db, q: string): Promise<RawBuilder<boolean>> {
  await spellLetters(db, AT_SEARCH)
  const pieces = piecesFor(q)
  const text = sql`s.title like ${patternOf(compact(q))}`
  const fits = isLetters(q)
    ? sql`(${text} or s.letters like ${`%${q.toLowerCase().replace(/[\s']/g, '')}%`})`
    : text
  // One sign alone has no pieces: every title is looked at.
  return pieces.length > 0
    ? sql<boolean>`(s.pieces @> ${pieces}::int[] and ${fits})`
    : sql<boolean>`(${fits})`
}

/** What of `letter l` has this number, of its own or elsewhere. */
export function letterNumbered(q: string): RawBuilder<boolean> {
  const [, year, serial] = /^(\d{4})-(\d{1,9})$/.exec(q) ?? []
  return year && serial
    ? sql<boolean>`(l.year = ${Number(year)} and l.serial = ${Number(serial)})`
    : sql<boolean>`l.reference = ${q}`
}

/** A condition for `letter l`: by its number, the number that it has elsewhere, or a part of its title or of its pinyin. */
export async function letterNamed(db: Db, q: string): Promise<RawBuilder<boolean>> {
  return sql<boolean>`l.id in (select s.letter_id from letter_searched s where ${await titleFits(db, q)}
    union all select l.id from letter l where ${letterNumbered(q)})`
}

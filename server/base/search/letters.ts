import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { isLetters, piecesFor, piecesOf } from './pieces.ts'
import { pinyin } from './pinyin.ts'

/** Names that are spelled at a search: those of a form that was just saved. The rest is spelled in the background. */
const AT_SEARCH = 50
/** Names of one statement: a few milliseconds that nobody notices. */
const SLICE = 100

/** What was typed, as a pattern: it stands for itself, `%` and `_` are no wildcards. */
export const patternOf = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`

/**
 * A condition for names whose pinyin contains what was typed, in full or by its initials (tianhe and th find 天河); null
 * where that is no letters.
 * @param column such as `unit.name`
 */
export async function spelledLike(
  db: Db,
  q: string,
): Promise<((column: string) => RawBuilder<boolean>) | null> {
  if (!isLetters(q)) return null
  await spellNames(db, AT_SEARCH)
  const letters = `%${q.toLowerCase().replace(/[\s']/g, '')}%`
  const pieces = piecesFor(q)
  const has = pieces.length > 0 ? sql`l.pieces @> ${pieces}::int[] and` : sql``
  return (column) =>
    sql<boolean>`${sql.ref(column)} in (select l.name from name_letters l where ${has} l.letters like ${letters})`
}

/**
 * A condition for names that contain what was typed or, where that is letters, whose pinyin does.
 * @param column such as `unit.name`
 */
export async function nameMatches(db: Db, q: string): Promise<(column: string) => RawBuilder<boolean>> {
  const like = patternOf(q)
  const spelled = await spelledLike(db, q)
  if (spelled === null) return (column) => sql<boolean>`${sql.ref(column)} ilike ${like}`
  return (column) => sql<boolean>`(${sql.ref(column)} ilike ${like} or ${spelled(column)})`
}

const syllablesOf = (name: string): string[] =>
  pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((one) =>
    one.toLowerCase().replace(/[^a-z0-9]/g, ''),
  )

/** Initials and whole syllables, so that either is found. */
export function lettersOf(name: string): string {
  const syllables = syllablesOf(name)
  return `${syllables.map((one) => one.charAt(0)).join('')} ${syllables.join('')}`
}

function spelled(name: string) {
  const letters = lettersOf(name)
  return { name, letters, pieces: piecesOf('', letters) }
}

/**
 * Spells names that are not spelled yet. Two who do it at once do some twice, which changes nothing.
 * @param most so many at most
 * @returns how many were spelled
 */
export async function spellNames(db: Db, most: number): Promise<number> {
  const rows = await db.selectFrom('name_unspelled').select('name').limit(most).execute()
  for (let at = 0; at < rows.length; at += SLICE) {
    const names = rows.slice(at, at + SLICE).map(({ name }) => name)
    await db
      .insertInto('name_letters')
      .values(names.map(spelled))
      .onConflict((on) => on.doNothing())
      .execute()
    await db.deleteFrom('name_unspelled').where('name', 'in', names).execute()
  }
  return rows.length
}

import { type RawBuilder, sql } from 'kysely'
import { pinyin } from 'pinyin-pro'
import type { Db } from '../db/database.ts'

/** Names are spelled when they are first looked for: so many at a search, in slices that nobody notices. */
const AT_ONCE = 5_000
const SLICE = 50

/**
 * A condition for names that contain what was typed or, where that is letters, whose pinyin does: in full or by its
 * initials (tianhe and th find 天河). What was typed stands for itself: `%` and `_` are no wildcards.
 * @param column such as `unit.name`
 */
export async function nameMatches(db: Db, q: string): Promise<(column: string) => RawBuilder<boolean>> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  if (!/^[a-z\s']+$/i.test(q)) return (column) => sql<boolean>`${sql.ref(column)} ilike ${like}`
  await spellNames(db)
  const letters = `%${q.toLowerCase().replace(/[\s']/g, '')}%`
  return (column) => sql<boolean>`(${sql.ref(column)} ilike ${like}
    or exists (select from name_letters l where l.name = ${sql.ref(column)} and l.letters like ${letters}))`
}

/** Initials and whole syllables, so that either is found. */
export function lettersOf(name: string): string {
  const options = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const
  const syllables = pinyin(name, options).map((one) => one.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return `${syllables.map((one) => one.charAt(0)).join('')} ${syllables.join('')}`
}

async function spellNames(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select name from (select name from unit union select name from site union select name from user_account) n
    where not exists (select from name_letters l where l.name = n.name) limit ${AT_ONCE}
  `.execute(db)
  for (let at = 0; at < rows.length; at += SLICE) {
    const spelled = rows.slice(at, at + SLICE).map(({ name }) => ({ name, letters: lettersOf(name) }))
    await db
      .insertInto('name_letters')
      .values(spelled)
      .onConflict((on) => on.doNothing())
      .execute()
  }
}

import { sql } from 'kysely'
import '../../../shared/monitor/wrong-words/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { mayForAll } from '../../people/rights/scope.ts'

/*
 * Where somebody has said that a word is right as it stands there: whom that holds for (`docs/decisions/refusals-of-one-office.md`).
 */

/** What problems of wrong words are found by. */
export const WORD_RULE = 'wrong-words'

/** The places (`placeOf`) that hold for every site, in their order: whoever may change the dictionary, which is everybody's, has said so. */
export async function refusedForAll(db: Db | Tx): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct p.key from inspection_problem p join user_account who on who.id = p.decided_by
    where p.rule = ${WORD_RULE} and p.state = 'refused' and ${mayForAll('wrongWord.manage')} order by 1
  `.execute(db)
  return rows.map(({ key }) => key)
}

/** What people have said of places that concerns one site. */
export interface SaidHere {
  /** Refused by an office on another site of its own. */
  readonly refused: readonly string[]
  /** Decided on this site itself: what others say of the same words ends nothing of it. */
  readonly decided: readonly string[]
}

/** What concerns a site besides what holds for all. */
export async function saidHere(db: Db | Tx, siteId: number): Promise<SaidHere> {
  const { rows } = await sql<{ key: string; own: boolean }>`
    select p.key, true as own from inspection_problem p
    where p.site_id = ${siteId} and p.rule = ${WORD_RULE} and p.state <> 'open'
    union
    select p.key, false as own from inspection_problem p
    join user_account who on who.id = p.decided_by join site here on here.id = ${siteId}
    where p.rule = ${WORD_RULE} and p.state = 'refused' and p.site_id <> here.id
      and (here.district = any(who.districts) or here.unit_id = any(who.unit_ids))
    order by 1
  `.execute(db)
  const keys = (own: boolean) => rows.flatMap((row) => (row.own === own ? [row.key] : []))
  return { refused: keys(false), decided: keys(true) }
}

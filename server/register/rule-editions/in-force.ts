import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { findOwn, ownInForce, type WhichRevision } from './queries.ts'
import './refusals.ts'

/** One that the installation has made and that is in force; null: one that comes with the product is. */
let own: { readonly id: number; readonly body: EditionBody } | null = null

const chosen = (): EditionBody => BUILT_IN[settingsInForce().edition]

/** The edition of the census rules that everything is judged by now. */
export const editionInForce = (): EditionBody => own?.body ?? chosen()

/** Has this process go by what is in force on a local day: at its start, after a change, and with each look of the watchdog. */
export async function followEditions(db: Db | Tx, day: string): Promise<void> {
  const found = await ownInForce(db, day)
  // The same object as long as it is the same, since what is worked out of it is kept by it.
  if (found?.id !== own?.id) own = found ?? null
}

/** Has this process go by what comes with the product, as it begins. */
export function goByBuiltIn(): void {
  own = null
}

/** The edition that was in force on a local day that has ended. */
export const editionOn = async (db: Db | Tx, day: string): Promise<EditionBody> =>
  (await ownInForce(db, day))?.body ?? chosen()

/** Those that come with the product, the oldest first. */
export const builtIn = (): EditionBody[] => Object.values(BUILT_IN).sort((a, b) => (a.from < b.from ? -1 : 1))

/**
 * The edition of a code, by the revision that is said, that of a day, or the newest. Of what comes with the product there is
 * one revision.
 * @throws Refusal not_found
 */
export async function findEdition(db: Db | Tx, code: string, which: WhichRevision): Promise<EditionBody> {
  const brought = builtIn().find((edition) => edition.code === code)
  const found = brought ?? (await findOwn(db, code, which))?.body
  if (!found) throw new Refusal('not_found', 'editions.none', { values: { code } })
  return found
}

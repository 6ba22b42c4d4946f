import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import { Refusal } from '../../base/refusal.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import './refusals.ts'

/** The edition of the census rules that the installation has chosen. */
export const editionInForce = (): EditionBody => BUILT_IN[settingsInForce().edition]

/** All of them, the oldest first. */
export const listEditions = (): EditionBody[] =>
  Object.values(BUILT_IN).sort((a, b) => (a.from < b.from ? -1 : 1))

/** @throws Refusal not_found */
export function findEdition(code: string): EditionBody {
  const found = listEditions().find((edition) => edition.code === code)
  if (!found) throw new Refusal('not_found', 'editions.none', { values: { code } })
  return found
}

import type { EditionItem } from '../../../shared/register/rule-editions/editions.ts'
import type { EditionState } from '../../../shared/register/rule-editions/editions-rules.ts'
import type { Db } from '../../base/db/database.ts'
import { builtIn, editionInForce } from './in-force.ts'
import { listOwn, type OwnRow } from './queries.ts'

/**
 * All editions: those that come with the product, then those of the installation in the order in which they were made.
 * @param today local day
 */
export async function listEditions(
  db: Db,
  today: string,
  who: { readonly drafts: boolean },
): Promise<EditionItem[]> {
  const brought = builtIn().map((edition): EditionItem => {
    const { code, revision, from, name } = edition
    return {
      code,
      revision,
      from,
      name,
      state: edition === editionInForce() ? 'inForce' : 'published',
      own: null,
    }
  })
  return [...brought, ...(await listOwn(db, who)).map((row) => toItem(row, today))]
}

export function toItem(row: OwnRow, today: string): EditionItem {
  const { code, revision, name } = row.body
  return {
    ...{ code, revision, name, from: row.from_day ?? row.body.from, state: stateOf(row, today) },
    own: {
      ...{ version: row.version, basedOn: row.body.basedOn ?? row.code, hash: row.hash, reason: row.reason },
      ...{ madeBy: row.maker_name, publishedBy: row.publisher_name },
      ...{ retiredOn: row.retired_on, retiredReason: row.retired_reason },
    },
  }
}

function stateOf({ state, code, revision, from_day }: OwnRow, today: string): EditionState {
  if (state !== 'published') return state
  if (from_day !== null && from_day > today) return 'coming'
  const inForce = editionInForce()
  return inForce.code === code && inForce.revision === revision ? 'inForce' : 'published'
}

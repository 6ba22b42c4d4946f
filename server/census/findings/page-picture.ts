import { sql } from 'kysely'
import type { Tx } from '../../base/db/database.ts'
import { askPicture, type PictureAsk } from '../../monitor/pictures/ask.ts'
import { bringConcern } from '../../monitor/pictures/concerns.ts'
import { isSaid } from './queries.ts'

bringConcern({
  of: 'finding',
  isKept: sql<boolean>`p.reason = 'finding'`,
  // Owners of a site are not told of what was never confirmed.
  isSeen: (who) => sql<boolean>`exists (select from census_finding f where f.id = p.ref and ${isSaid(who)})`,
})

/** Has a picture taken of the page where something was found. */
export async function pictureFinding(
  tx: Tx,
  { id, siteId, rule, url }: Pick<PictureAsk, 'siteId' | 'rule' | 'url'> & { readonly id: number },
  now: number,
): Promise<void> {
  await askPicture(tx, { siteId, url, reason: 'finding', rule, ref: id, mark: null }, now)
}

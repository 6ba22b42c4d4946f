import { sql } from 'kysely'
import type { CensusFinding } from '../../../shared/census/findings/findings.ts'
import type { Tx } from '../../base/db/database.ts'
import { askPicture, type PictureAsk } from '../../monitor/pictures/ask.ts'
import { bringConcern } from '../../monitor/pictures/concerns.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { isSaid } from './queries.ts'

bringConcern({
  of: 'finding',
  isKept: sql<boolean>`p.reason = 'finding'`,
  // Owners of a site are not told of what was never confirmed.
  isSeen: async (_, who) =>
    sql<boolean>`exists (select from census_finding f where f.id = p.ref and ${isSaid(who)})`,
})

/** Has a picture taken again of what fails a site by itself (V4, V5), once it was confirmed, mended or was none after all. */
export async function pictureChange(
  tx: Tx,
  { id, siteId, rule: ruleId, target }: Pick<CensusFinding, 'id' | 'siteId' | 'rule' | 'target'>,
  now: number,
): Promise<void> {
  const rule = editionInForce().rules.find((one) => one.id === ruleId)
  if (rule?.effect.form !== 'veto') return
  const { url } = await tx.selectFrom('site').select('url').where('id', '=', siteId).executeTakeFirstOrThrow()
  await pictureFinding(tx, { id, siteId, rule: ruleId, url: target ?? url }, now)
}

/** Has a picture taken of the page where something was found. */
export async function pictureFinding(
  tx: Tx,
  { id, siteId, rule, url }: Pick<PictureAsk, 'siteId' | 'rule' | 'url'> & { readonly id: number },
  now: number,
): Promise<void> {
  await askPicture(tx, { siteId, url, reason: 'finding', rule, ref: id, mark: null }, now)
}

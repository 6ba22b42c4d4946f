import { type Action, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { findLocation } from './queries.ts'

export const noSuchSite = () => new Refusal('not_found', 'common.noSuchSite')

/** Nothing new is opened about a site that was merged: it is looked after where it went. @throws Refusal conflict */
export async function refuseMerged(tx: Tx, siteIds: readonly number[]): Promise<void> {
  if (siteIds.length === 0) return
  const merged = await tx
    .selectFrom('site')
    .select(['name', 'code'])
    .where('id', 'in', siteIds)
    .where('merged_into', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (!merged) return
  const { name, code } = merged
  throw new Refusal('conflict', 'common.siteMerged', { values: { name, code } })
}

/** @throws Refusal not_found, forbidden unless the person sees the site and may do that to it. */
export async function requireSite(tx: Tx, user: Principal, id: number, action: Action): Promise<void> {
  const site = await findLocation(tx, user.scope, id)
  if (!site) throw noSuchSite()
  if (!may(user, action, site)) {
    throw new Refusal('forbidden', 'common.mayNotSite')
  }
}

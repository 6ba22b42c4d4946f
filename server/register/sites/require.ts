import { type Action, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { findLocation } from './queries.ts'

export const noSuchSite = () => new Refusal('not_found', 'common.noSuchSite')

/** @throws Refusal not_found, forbidden unless the person sees the site and may do that to it. */
export async function requireSite(tx: Tx, user: Principal, id: number, action: Action): Promise<void> {
  const site = await findLocation(tx, user.scope, id)
  if (!site) throw noSuchSite()
  if (!may(user, action, site)) {
    throw new Refusal('forbidden', 'common.mayNotSite')
  }
}

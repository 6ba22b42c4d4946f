import { newFinding } from '../../../shared/census/findings/findings.ts'
import { MOST_NOTE } from '../../../shared/census/findings/findings-rules.ts'
import { hotlineOn, letterNumber, type SiteFault } from '../../../shared/census/letters/letters-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { requestVisitIn } from '../../monitor/standing/request-visit.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { recordFindingIn } from '../findings/service.ts'
import type { LetterRow } from './queries.ts'

interface About {
  readonly siteId: number
  readonly fault: SiteFault
  readonly note: string
}

/**
 * Ties a letter to the site that it is about. What a person alone can see becomes a finding of the site; of what the
 * monitor measures it is asked to look at once, and its alert goes with the letter.
 * @throws Refusal not_found, and as a finding or a visit is refused
 */
export async function linkToSite(
  ctx: Context,
  tx: Tx,
  user: Principal,
  row: LetterRow,
  { siteId, fault, note }: About,
) {
  const where = await findLocation(tx, user.scope, siteId)
  if (!where) throw new Refusal('not_found', 'common.noSuchSite')
  const rule = hotlineOn(row.received_on).about[fault].finding
  if (rule === null) {
    await requestVisitIn(ctx, tx, user, siteId)
    return { site_id: siteId, fault, finding_id: null }
  }
  // Findings are read by more people than letters: nothing of what the citizen wrote goes with it.
  const told = `${letterNumber(row.year, row.serial)} ${note}`.trim()
  const found = await recordFindingIn(
    ctx,
    tx,
    user,
    newFinding.parse({ siteId, rule, note: told.slice(0, MOST_NOTE) }),
  )
  return { site_id: siteId, fault, finding_id: found.id }
}

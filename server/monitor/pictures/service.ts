import { sql } from 'kysely'
import { DAY, localDay } from '../../../shared/base/time.ts'
import { ASKED_A_DAY, type PictureAsked } from '../../../shared/monitor/pictures/pictures.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { refuseMerged, requireSite } from '../../register/sites/require.ts'
import { shownAddress } from '../persons/address.ts'
import { canRender } from '../rendering/ask.ts'
import { askPicture } from './ask.ts'
import { shownMark } from './mark.ts'

/**
 * Has a picture taken of a page of a site, before those that nobody waits for.
 * @throws Refusal not_found, forbidden; invalid for a page of somebody else's; conflict where nothing takes pictures, or the
 * site was merged; too_many_requests
 */
export async function askForPicture(
  ctx: Context,
  user: Principal,
  siteId: number,
  { url, text }: PictureAsked,
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, siteId, 'site.visit')
    await refuseMerged(tx, [siteId])
    if (!(await canRender(tx, now))) throw new Refusal('conflict', 'pictures.nothingTakes')
    const home = await homeOf(tx, siteId)
    if (url !== undefined && new URL(url).host !== new URL(home).host) {
      throw new Refusal('invalid', 'pictures.notOfSite', {
        issues: [{ path: 'body.url', reason: 'pictures.notOfSite', values: {} }],
      })
    }
    await refuseManyToday(tx, siteId, now)
    const mark = text ? { text } : null
    const today = localDay(now)
    const detail = { url: shownAddress(url ?? home, today), ...shownMark(mark, today) }
    await askPicture(
      tx,
      { siteId, url: url ?? home, reason: 'asked', rule: null, ref: null, mark, by: user.id },
      now,
    )
    await recordAudit(tx, {
      ...{ at: new Date(now), actor: user, action: 'site.picture_asked', entity: 'site', entityId: siteId },
      detail,
    })
  })
}

async function homeOf(tx: Tx, siteId: number): Promise<string> {
  const { url } = await tx.selectFrom('site').select('url').where('id', '=', siteId).executeTakeFirstOrThrow()
  return url
}

async function refuseManyToday(tx: Tx, siteId: number, now: number): Promise<void> {
  const { n } = await tx
    .selectFrom('audit')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('entity', '=', 'site')
    .where('entity_id', '=', siteId)
    .where('action', '=', 'site.picture_asked')
    .where('at', '>', new Date(now - DAY))
    .executeTakeFirstOrThrow()
  if (n >= ASKED_A_DAY) {
    throw new Refusal('too_many_requests', 'pictures.manyToday', { values: { most: ASKED_A_DAY } })
  }
}

import { randomUUID } from 'node:crypto'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { SiteKin } from '../../../shared/register/merges/merges.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { change, holdRegister, holdSites, ofBoard, refuseTaken, told } from '../ledger/change.ts'
import type { RecordRow } from '../ledger/queries.ts'
import { handedOf } from '../ledger/service.ts'
import { mergeOf, refuseUnlessTheirs, requireBoth } from './merge.ts'
import { type Noted, note } from './note.ts'
import { kinOf } from './queries.ts'
import type { Was } from './tables.ts'
import './refusals.ts'

/**
 * Takes a merge back: the site that went is what it was, and the one that stayed says again what it said before. What was
 * open of the one and went over comes back, as it is by now.
 * @returns what the one that stayed has to do with others
 * @throws Refusal not_found, forbidden; conflict when it was taken back already, or something was changed since on one
 * of the two (then nobody can say what belongs to which), or the address is a third site's by now
 */
export async function undoMerge(ctx: Context, user: Principal, id: number, reason: string): Promise<SiteKin> {
  const at = new Date(ctx.clock.now())
  const kin = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      const known = await tx.selectFrom('site_merge').selectAll().where('id', '=', id).executeTakeFirst()
      if (!known) throw new Refusal('not_found', 'requests.noSuchThing')
      await holdSites(tx, [known.into_id, known.site_id], { states: true })
      const [stayed, went] = await requireBoth(tx, user, [known.into_id, known.site_id])
      refuseUnlessTheirs(user, stayed)
      refuseUnlessTheirs(user, went)
      if (known.undone_at) throw new Refusal('conflict', 'merges.undoneAlready')
      const touched =
        stayed.version !== known.into_version ? stayed : went.version !== known.site_version ? went : null
      if (touched) throw new Refusal('conflict', 'merges.changedSince', { values: { name: touched.name } })
      const batch = randomUUID()
      const noted: Noted = { at, actor: { id: user.id, name: user.name }, via: 'merge', batch, reason }
      await tx
        .updateTable('site_merge')
        .set({ undone_at: at, undone_by: user.name })
        .where('id', '=', id)
        .execute()
      // First what the one that stayed took over: the address is the other's again.
      const before = await tookOver(tx, stayed, known.into_version)
      const [changed] = await change(tx, user, [stayed], before, { at, by: noted, isGivenBack: true })
      // Both may have had it before they were merged; a third site may have been given it since.
      await refuseTaken(tx, went, [went.id, stayed.id])
      const said = { before: { mergedFrom: went.code }, after: { mergedFrom: null } }
      await note(tx, stayed.id, said, noted)
      const facts = await giveBack(ctx, tx, user, went, stayed, known.was, noted)
      const back = mergeOf(user, went, stayed, reason)
      const returned = known.was.moved
        ? await ctx.after.siteUnmerged(tx, back, known.was.moved, at.getTime())
        : []
      // What came back is not of the one that stayed any more.
      const sites = changed ? handedOf([stayed], [changed]) : []
      const handed = await ctx.after.sitesHanded(tx, { ...noted, sites }, at.getTime())
      const detail = { code: stayed.code, merged: went.code, reason }
      const about = { entity: 'site' as const, entityId: stayed.id, detail }
      await recordAudit(tx, { at, actor: user, action: 'site.unmerged', ...about })
      await appendFacts(tx, [
        ...facts,
        ...returned,
        ...handed,
        ...(changed ? [changed.fact] : []),
        told(went, user, at, 'ledger.edited', ['mergedInto'], reason),
        told(stayed, user, at, 'ledger.edited', ['mergedFrom'], reason),
        ofBoard(at, 0, 2),
      ])
      return kinOf(tx, user, stayed.id)
    }),
  )
  ctx.wake()
  return kin
}

/** What the merge has changed of the one that stayed, as it was. */
async function tookOver(tx: Tx, { id }: RecordRow, version: number) {
  const rows = await tx
    .selectFrom('site_change')
    .select(['before', 'batch'])
    .where('site_id', '=', id)
    .where('version', 'in', [version - 1, version])
    .orderBy('version', 'desc')
    .execute()
  const [noted, changed] = rows
  return changed && changed.batch === noted?.batch ? changed.before : {}
}

/** The site is what it was: visited again, unless it was paused or over by then. */
async function giveBack(
  { after }: Pick<Context, 'after'>,
  tx: Tx,
  user: Principal,
  went: RecordRow,
  stayed: RecordRow,
  was: Was,
  noted: Noted,
): Promise<NewFact[]> {
  const said = {
    before: { lifecycle: 'merged', mergedInto: stayed.code },
    after: { lifecycle: was.lifecycle, mergedInto: null },
  }
  await note(tx, went.id, said, noted, { merged_into: null, lifecycle: was.lifecycle })
  if (was.pauseReason === null) return after.siteReopened(tx, user, went.id, noted.at.getTime())
  const end = was.pausedUntil === null ? null : new Date(was.pausedUntil)
  const pause = { end, reason: was.pauseReason, planId: null }
  return after.siteEnded(tx, user, went.id, pause, noted.at.getTime())
}

import { randomUUID } from 'node:crypto'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import type { MergeInput } from '../../../shared/register/merges/merges.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { change, holdRegister, holdSites, ofBoard, told, whereOf } from '../ledger/change.ts'
import { findRecord, type RecordRow } from '../ledger/queries.ts'
import { conflictOf, handedOf, readRecord, requireRecord } from '../ledger/service.ts'
import type { MergeOf } from './moved.ts'
import { note } from './note.ts'
import type { Was } from './tables.ts'
import './refusals.ts'

/**
 * Merges another site into one that stays. The other is visited and counted no more; its code is a former one, and all
 * that is kept of it stays with it, but for what is open: alerts are resolved, rectifications and findings go over to the
 * one that stays. What that is to say from then on is changed with it.
 * @throws Refusal not_found, forbidden; conflict when one of the two has changed since the version that was seen, or
 * cannot be merged, invalid
 */
export async function mergeSites(
  ctx: Context,
  user: Principal,
  id: number,
  { version, otherId, otherVersion, reason, ...fields }: MergeInput,
): Promise<SiteRecord> {
  if (id === otherId) throw new Refusal('invalid', 'merges.itself')
  const at = new Date(ctx.clock.now())
  const record = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      await holdSites(tx, [id, otherId], { states: true })
      const stays = await requireRecord(tx, user, id)
      const goes = await requireRecord(tx, user, otherId)
      refuseUnlessTheirs(user, stays)
      refuseUnlessTheirs(user, goes)
      if (stays.version !== version) throw await conflictOf(tx, user, stays, version, fields)
      if (goes.version !== otherVersion) throw await conflictOf(tx, user, goes, otherVersion, {})
      await refuseUnfit(tx, stays, goes)
      const batch = randomUUID()
      const noted = { at, actor: { id: user.id, name: user.name }, via: 'merge', batch, reason } as const
      const was = await wasOf(tx, goes)
      const ended = await ctx.after.siteEnded(
        tx,
        user,
        goes.id,
        { end: null, reason, planId: null },
        at.getTime(),
      )
      const siteVersion = await note(
        tx,
        goes.id,
        {
          before: { lifecycle: goes.lifecycle, mergedInto: null },
          after: { lifecycle: 'merged', mergedInto: stays.code },
        },
        noted,
        { merged_into: stays.id, lifecycle: 'merged' },
      )
      // The address of the other is free by now.
      const [changed] = await change(tx, user, [stays], fields, { at, by: noted })
      const sites = changed ? handedOf([stays], [changed]) : []
      const handed = await ctx.after.sitesHanded(tx, { ...noted, sites }, at.getTime())
      const into = changed?.after ?? stays
      const over = await ctx.after.siteMerged(tx, mergeOf(user, goes, into, reason), at.getTime())
      const intoVersion = await note(
        tx,
        stays.id,
        { before: { mergedFrom: null }, after: { mergedFrom: goes.code } },
        noted,
      )
      await tx
        .insertInto('site_merge')
        .values({
          ...{ site_id: goes.id, into_id: stays.id, at, actor_id: user.id, actor_name: user.name, reason },
          ...{
            was: JSON.stringify({ ...was, moved: over.moved } satisfies Was),
            site_version: siteVersion,
            into_version: intoVersion,
          },
          ...{ undone_at: null, undone_by: null },
        })
        .execute()
      const detail = { code: stays.code, merged: goes.code, reason }
      const about = { entity: 'site' as const, entityId: stays.id, detail }
      await recordAudit(tx, { at, actor: user, action: 'site.merged', ...about })
      await appendFacts(tx, [
        ...ended,
        ...handed,
        ...over.facts,
        ...(changed ? [changed.fact] : []),
        told(goes, user, at, 'ledger.edited', ['mergedInto'], reason),
        told(stays, user, at, 'ledger.edited', ['mergedFrom'], reason),
        ofBoard(at, 0, 2),
      ])
      return readRecord(tx, user, id)
    }),
  )
  ctx.wake()
  return record
}

export const mergeOf = (
  { id, name }: Principal,
  goes: RecordRow,
  stays: RecordRow,
  reason: string,
): MergeOf => ({
  actor: { id, name },
  from: { id: goes.id, unitId: goes.unit_id },
  into: { id: stays.id, unitId: stays.unit_id },
  reason,
})

/** @throws Refusal forbidden */
export function refuseUnlessTheirs(user: Principal, site: RecordRow): void {
  if (!may(user, 'register.place', whereOf(site))) throw new Refusal('forbidden', 'common.mayNotSite')
}

/** @throws Refusal conflict */
async function refuseUnfit(tx: Tx, stays: RecordRow, goes: RecordRow): Promise<void> {
  const gone = [stays, goes].find(({ merged_into }) => merged_into !== null)
  if (gone)
    throw new Refusal('conflict', 'merges.mergedAlready', { values: { name: gone.name, code: gone.code } })
  if (stays.lifecycle === 'closed' || stays.lifecycle === 'moved') {
    throw new Refusal('conflict', 'merges.intoClosed', { values: { name: stays.name } })
  }
  const filing = await tx
    .selectFrom('filing')
    .select('id')
    .where('site_id', '=', goes.id)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['filed', 'returned']),
        eb.and([eb('state', '=', 'approved'), eb('ended_at', 'is', null)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  // It would take effect on a site that is none any more.
  if (filing) throw new Refusal('conflict', 'merges.filingOpen', { values: { name: goes.name } })
}

async function wasOf(tx: Tx, { id, lifecycle, lifecycle_until }: RecordRow): Promise<Was> {
  const { pause_reason, paused_until } = await tx
    .selectFrom('site')
    .select(['pause_reason', 'paused_until'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const paused = { pauseReason: pause_reason, pausedUntil: paused_until?.toISOString() ?? null }
  return { lifecycle, lifecycleUntil: lifecycle_until, ...paused }
}

/** Both, as they are. @throws Refusal not_found */
export async function requireBoth(
  tx: Tx,
  user: Principal,
  ids: readonly [number, number],
): Promise<readonly [RecordRow, RecordRow]> {
  const [one, other] = await Promise.all(ids.map((id) => findRecord(tx, user.scope, id)))
  if (!one || !other) throw new Refusal('not_found', 'requests.noSuchThing')
  return [one, other]
}

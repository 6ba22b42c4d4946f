import { sql } from 'kysely'
import type { RaiseManyInput } from '../../../../shared/desk/rectifications/rectifications.ts'
import { covers, may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { levelsOf } from '../../../register/sites/levels.ts'
import { refuseMerged } from '../../../register/sites/require.ts'
import { lockAlerts } from '../../alerts/queries.ts'
import { openRectificationsAbout } from '../queries.ts'
import { reckoningIn } from '../terms/due.ts'
import { termWanted } from '../terms/terms.ts'
import { appendAllRaised, insertRectification, type RectificationToInsert } from './insert.ts'
import { raiseFromAlerts } from './raise-alerts.ts'
import type { RaiseManyResult } from './raised.ts'

interface Wanted extends RectificationToInsert {
  readonly siteName: string
}

/**
 * Raises rectifications of many sites at once: for the live alerts of an incident, or for sites that somebody names. Each
 * site has its own, for its own unit; together they are a batch. A site that has an open rectification for the same is left
 * as it is, and said.
 * @throws Refusal not_found, forbidden, invalid; conflict when nothing is left to be raised.
 */
export async function raiseMany(
  ctx: Context,
  user: Principal,
  input: RaiseManyInput,
): Promise<RaiseManyResult> {
  if (input.source === 'alerts') return raiseFromAlerts(ctx, user, input)
  const now = ctx.clock.now()
  const result = await ctx.db.transaction().execute(async (tx) => {
    const wanted =
      input.source === 'incident' ? await ofIncident(tx, user, input) : await ofSites(tx, user, input)
    const rule = input.source === 'incident' ? 'DOWN' : input.rule
    const taken = await openRectificationsAbout(
      tx,
      wanted.map(({ siteId }) => siteId),
      rule,
    )
    const refused = wanted.flatMap(({ siteId, siteName }) => {
      const id = taken.get(siteId)
      if (id === undefined) return []
      return [{ siteId, siteName, said: { reason: 'rectifications.already', values: { id } } as const }]
    })
    const left = wanted.filter(({ siteId }) => !taken.has(siteId))
    if (left.length === 0) {
      throw new Refusal('conflict', 'rectifications.allTheseSitesRectificationAlready')
    }
    const ids: number[] = []
    const by = await reckoningIn(tx, now)
    for (const rectification of left) ids.push(await insertRectification(tx, user, rectification, by))
    const batchId = ids.length > 1 ? (ids[0] ?? null) : null
    if (batchId !== null) {
      await tx.updateTable('rectification').set({ batch_id: batchId }).where('id', 'in', ids).execute()
    }
    const items = await appendAllRaised(tx, user, ids, { ...input }, now)
    return { batchId, items, refused, sites: items.length }
  })
  ctx.wake()
  return result
}

async function ofIncident(
  tx: Tx,
  user: Principal,
  { incidentId, ...given }: Extract<RaiseManyInput, { source: 'incident' }>,
): Promise<Wanted[]> {
  const members = await tx
    .selectFrom('alert')
    .select('id')
    .where('incident_id', '=', incidentId)
    .where('rule', '=', 'DOWN')
    .where('status', '<>', 'resolved')
    .execute()
  const locked = await lockAlerts(
    tx,
    members.map(({ id }) => id),
  )
  const alerts = [...locked.values()]
    .filter((alert) => alert.status !== 'resolved' && covers(user.scope, alert))
    .sort((a, b) => a.id - b.id)
  if (alerts.length === 0) {
    throw new Refusal('not_found', 'rectifications.noSuchIncident')
  }
  if (!may(user, 'rectification.raise')) throw mayNot()
  const levels = await levelsOf(
    tx,
    alerts.flatMap(({ siteId }) => siteId ?? []),
  )
  return alerts.flatMap(({ id, siteId, siteName, unitId }) =>
    siteId === null || unitId === null
      ? []
      : [
          {
            siteId,
            siteName: siteName ?? '',
            unitId,
            term: termWanted(given, { rules: ['DOWN'], level: levels.get(siteId) ?? 'street' }),
            source: 'incident',
            incidentId,
            alertIds: [id],
          },
        ],
  )
}

async function ofSites(
  tx: Tx,
  user: Principal,
  { siteIds, dueWorkdays, dueHours, ...rest }: Extract<RaiseManyInput, { siteIds: number[] }>,
): Promise<Wanted[]> {
  const ids = [...new Set(siteIds)]
  // Locked, so that of two people who raise the same for one site one comes second.
  const { rows } = await sql<{ id: number; name: string; district: string; unit_id: number; level: Level }>`
    select id, name, district, unit_id, level from site where id = any(${ids}::int[]) order by id for no key update
  `.execute(tx)
  const seen = rows.filter((site) => covers(user.scope, { district: site.district, unitId: site.unit_id }))
  if (seen.length < ids.length) throw new Refusal('not_found', 'common.noSuchSite')
  if (!may(user, 'rectification.raise')) throw mayNot()
  await refuseMerged(tx, ids)
  return seen.map((site) => ({
    siteId: site.id,
    siteName: site.name,
    unitId: site.unit_id,
    term: termWanted({ dueWorkdays, dueHours }, { rules: [rest.rule], level: site.level }),
    ...rest,
  }))
}

const mayNot = () => new Refusal('forbidden', 'rectifications.mayNotRaiseRectification')

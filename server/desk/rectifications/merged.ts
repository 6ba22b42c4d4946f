import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { After } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import type { MergeOf, MovedRow } from '../../register/merges/moved.ts'
import '../../register/units/merges/after.ts'
import { factOf } from './facts.ts'
import { rectificationsById } from './queries.ts'

/**
 * What is open of a site that was merged goes over to the one that stays and to its unit, which has promised it from
 * then on; days and stage stay, and whoever it was given to, where it is theirs to do there. What waits for the monitor is verified on
 * the site that it visits.
 * @returns the facts, to be appended, and what went over
 */
export async function moveRectifications(
  tx: Tx,
  { actor, from, into, reason }: MergeOf,
  now: number,
): Promise<{ facts: NewFact[]; moved: MovedRow[] }> {
  const rows = await tx
    .selectFrom('rectification')
    .select(['id', 'unit_id'])
    .where('site_id', '=', from.id)
    .where('stage', '<>', 'closed')
    .orderBy('id')
    .forUpdate()
    .execute()
  const moved = rows.map(({ id, unit_id: unitId }) => ({ id, was: { unitId } }))
  const facts = await hand(
    tx,
    actor,
    moved.map(({ id }) => ({ id, siteId: into.id, unitId: into.unitId })),
    {
      ...{ reason, now, isOtherSite: true },
    },
  )
  return { facts, moved }
}

/**
 * What is open is for another unit to do: a merge of units, or one that is taken back.
 * @param move.only these alone; null: all of `from`
 * @returns the facts, to be appended, and what went over
 */
export async function handToUnit(
  tx: Tx,
  move: Parameters<After['unitMoved']>[1],
  now: number,
): Promise<{ facts: NewFact[]; rectifications: number[] }> {
  const { actor, from, into, only, reason } = move
  const rows = await tx
    .selectFrom('rectification')
    .select(['id', 'site_id as siteId'])
    .where('unit_id', '=', from)
    .where(sql<boolean>`${only === null ? sql`stage <> 'closed'` : sql`id = any(${[...only]}::int[])`}`)
    .orderBy('id')
    .forUpdate()
    .execute()
  const alerts = sql`update alert set assigned_unit_id = ${into} where assigned_unit_id = ${from} and status <> 'resolved'`
  if (only === null) await alerts.execute(tx)
  const handed = rows.map((row) => ({ ...row, unitId: into }))
  const facts = await hand(tx, actor, handed, { reason, now, isOtherSite: false })
  return { facts, rectifications: rows.map(({ id }) => id) }
}

/**
 * What is open of sites that the register has with another unit, and was for the one that they had, is for that one to do.
 * @returns the facts, to be appended
 */
export async function handWithSites(
  tx: Tx,
  { actor, reason, sites }: Parameters<After['sitesHanded']>[1],
  now: number,
): Promise<NewFact[]> {
  if (sites.length === 0) return []
  const { rows } = await sql<Handed>`
    select r.id, h."siteId", h."into" as "unitId"
    from jsonb_to_recordset(${JSON.stringify(sites)}::jsonb) as h("siteId" int, "from" int, "into" int)
      join rectification r on r.site_id = h."siteId" and r.unit_id = h."from"
    where r.stage <> 'closed'
    order by r.id
    for update of r
  `.execute(tx)
  return hand(tx, actor, rows, { reason, now, isOtherSite: false })
}

/** They come back, at whichever stage they are by now. @returns the facts, to be appended */
export async function bringBackRectifications(
  tx: Tx,
  { actor, from, into, reason }: MergeOf,
  moved: readonly MovedRow[],
  now: number,
): Promise<NewFact[]> {
  if (moved.length === 0) return []
  const rows = await tx
    .selectFrom('rectification')
    .select('id')
    .where(
      'id',
      'in',
      moved.map(({ id }) => id),
    )
    .where('site_id', '=', into.id)
    .orderBy('id')
    .forUpdate()
    .execute()
  const units = new Map(moved.map(({ id, was }) => [id, was.unitId]))
  const back = rows.map(({ id }) => ({ id, siteId: from.id, unitId: units.get(id) ?? from.unitId }))
  return hand(tx, actor, back, { reason, now, isOtherSite: true })
}

interface Handed {
  readonly id: number
  readonly siteId: number
  readonly unitId: number
}

/** Whoever a rectification was given to, and cannot do it there, has it no more: it waits for the unit. */
async function hand(
  tx: Tx,
  actor: Person | null,
  handed: readonly Handed[],
  {
    reason,
    now,
    isOtherSite,
  }: { readonly reason: string; readonly now: number; readonly isOtherSite: boolean },
): Promise<NewFact[]> {
  if (handed.length === 0) return []
  await sql`
    update rectification set site_id = h."siteId", unit_id = h."unitId", version = rectification.version + 1,
      verification = case when ${isOtherSite} and rectification.stage in ('submitted', 'verifying') then null
        else rectification.verification end,
      stage = case when ${isOtherSite} and rectification.stage = 'verifying' then 'submitted'
        when rectification.stage = 'assigned' and keeps.id is null then 'raised' else rectification.stage end,
      assignee_id = keeps.id
    from jsonb_to_recordset(${JSON.stringify(handed)}::jsonb) as h(id int, "siteId" int, "unitId" int)
      join rectification was on was.id = h.id
      join site on site.id = h."siteId"
      left join user_account keeps on keeps.id = was.assignee_id and keeps.disabled_at is null
        and ((keeps.districts = '{}' and keeps.unit_ids = '{}')
          or site.district = any(keeps.districts) or h."unitId" = any(keeps.unit_ids))
    where rectification.id = h.id
  `.execute(tx)
  const rectifications = await rectificationsById(
    tx,
    handed.map(({ id }) => id),
  )
  return handed.flatMap(({ id }) => {
    const one = rectifications.get(id)
    return one ? [factOf('rectification.moved', one, actor, reason, now)] : []
  })
}

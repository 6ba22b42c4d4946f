import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Tx } from '../../base/db/database.ts'
import type { MergeOf, MovedRow } from '../../register/merges/moved.ts'
import { factOf } from './facts.ts'
import { rectificationsById } from './queries.ts'

/**
 * What is open of a site that was merged goes over to the one that stays and to its unit, which has promised it from
 * then on; days and stage stay. What waits for the monitor is verified on the site that it visits.
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
      ...{ reason, now },
    },
  )
  return { facts, moved }
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
  return hand(tx, actor, back, { reason, now })
}

interface Handed {
  readonly id: number
  readonly siteId: number
  readonly unitId: number
}

async function hand(
  tx: Tx,
  actor: MergeOf['actor'],
  handed: readonly Handed[],
  { reason, now }: { readonly reason: string; readonly now: number },
): Promise<NewFact[]> {
  if (handed.length === 0) return []
  await sql`
    update rectification set site_id = h."siteId", unit_id = h."unitId", version = version + 1,
      verification = case when stage in ('submitted', 'verifying') then null else verification end,
      stage = case stage when 'verifying' then 'submitted' else stage end
    from jsonb_to_recordset(${JSON.stringify(handed)}::jsonb) as h(id int, "siteId" int, "unitId" int)
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

import type { TermLength } from '../../../../shared/desk/rectifications/deadlines.ts'
import type {
  Rectification,
  RectificationSource,
} from '../../../../shared/desk/rectifications/rectifications.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { appendFacts } from '../../../base/facts/append.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { factOf } from '../facts.ts'
import { pictureBefore } from '../pictures/before-after.ts'
import { rectificationsById } from '../queries.ts'
import { type Reckoning, termOf } from '../terms/due.ts'

export interface RectificationToInsert {
  readonly siteId: number
  readonly unitId: number
  readonly assigneeId?: number | undefined
  readonly term: TermLength
  readonly source: RectificationSource
  readonly alertIds?: readonly number[]
  /** What it is about where no alert says it. */
  readonly rule?: string
  readonly problem?: string
  readonly reference?: string | undefined
  readonly incidentId?: number
}

/** Stores a new rectification and the alerts that it is to cure. @returns its id. @throws Refusal invalid, of its due day */
export async function insertRectification(
  tx: Tx,
  user: Principal,
  rectification: RectificationToInsert,
  by: Reckoning,
): Promise<number> {
  const { id } = await tx
    .insertInto('rectification')
    .values({
      site_id: rectification.siteId,
      unit_id: rectification.unitId,
      stage: rectification.assigneeId === undefined ? 'raised' : 'assigned',
      assignee_id: rectification.assigneeId ?? null,
      raised_by: user.id,
      raised_at: new Date(by.now),
      assigned_at: rectification.assigneeId === undefined ? null : new Date(by.now),
      ...termOf(by, rectification.term),
      due_workdays: 'workdays' in rectification.term ? rectification.term.workdays : 0,
      returned_count: 0,
      relapses: 0,
      overridden: false,
      source: rectification.source,
      rule: rectification.rule ?? null,
      problem: rectification.problem ?? null,
      reference: rectification.reference || null,
      incident_id: rectification.incidentId ?? null,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const covered = [...new Set(rectification.alertIds)].map((alertId) => ({
    rectification_id: id,
    alert_id: alertId,
  }))
  if (covered.length > 0) await tx.insertInto('rectification_alert').values(covered).execute()
  return id
}

/** Audits and tells that a rectification was raised. @returns the rectification as it is stored. */
export async function appendRaised(
  tx: Tx,
  user: Principal,
  id: number,
  detail: Record<string, unknown>,
  now: number,
): Promise<Rectification> {
  const [raised] = await appendAllRaised(tx, user, [id], detail, now)
  if (!raised) throw new Error(`rectification ${id} is gone in its own transaction`)
  return raised
}

/** The same of several that were raised together, in the order of their ids. */
export async function appendAllRaised(
  tx: Tx,
  user: Principal,
  ids: readonly number[],
  detail: Record<string, unknown>,
  now: number,
): Promise<Rectification[]> {
  const rectifications = [...(await rectificationsById(tx, ids)).values()].sort((a, b) => a.id - b.id)
  for (const rectification of rectifications) {
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: 'rectification.raised',
      entity: 'rectification',
      entityId: rectification.id,
      detail,
    })
  }
  await pictureBefore(tx, rectifications, now)
  await appendFacts(
    tx,
    rectifications.map((rectification) =>
      factOf('rectification.raised', rectification, user, rectification.problem, now),
    ),
  )
  return rectifications
}

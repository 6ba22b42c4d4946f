import { sql } from 'kysely'
import { DEFAULT_ACK_MS } from '../../../../shared/desk/alerts/alerts.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { findById, scopeOf } from '../../../people/accounts/queries.ts'
import { dutyDesks, isStillFit } from '../../duty/queries.ts'
import { acknowledged, type Prepared } from './prepared.ts'

/** To a person, to the unit of each alert's site, or to whoever is on duty for its district. */
export interface AssignCommand {
  readonly action: 'assign'
  readonly assigneeId?: number | undefined
  readonly toUnit?: true | undefined
  readonly toDuty?: true | undefined
}

/** @throws Refusal invalid, when there is no such person. */
export async function prepareAssign(
  tx: Tx,
  user: Principal,
  { assigneeId, toDuty: isToDuty }: AssignCommand,
  now: number,
): Promise<Prepared> {
  if (isToDuty) return toDuty(tx, new Date(now))
  return assigneeId === undefined ? toUnit() : toPerson(tx, user, assigneeId, now)
}

/** Whoever is on duty at the desk of the alert's district or, where nobody is, at the city's. */
async function toDuty(tx: Tx, now: Date): Promise<Prepared> {
  const desks = await dutyDesks(tx, now)
  const isManned = (district: string | null) =>
    desks.some((desk) => desk.now !== null && (desk.district === district || desk.district === null))
  const onDuty = sql<number>`(
    select user_id from duty_shift join user_account on user_account.id = user_id
    where starts_at <= ${now} and ends_at > ${now} and ${isStillFit}
      and (duty_shift.district is null
        or duty_shift.district = (select district from site where site.id = alert.site_id))
    order by duty_shift.district nulls last limit 1)`
  const set = { assignee_id: onDuty, assigned_unit_id: null }
  return {
    action: 'assign',
    kind: 'alert.assigned',
    text: null,
    set: () => set,
    refuse: (alert) => (isManned(alert.district) ? null : new Refusal('invalid', 'alerts.nobodyDuty')),
  }
}

function toUnit(): Prepared {
  const ofSite = sql<number>`(select unit_id from site where site.id = alert.site_id)`
  const set = { assignee_id: null, assigned_unit_id: ofSite }
  return {
    action: 'assign',
    kind: 'alert.assigned',
    text: null,
    set: () => set,
    refuse: (alert) => (alert.siteId === null ? new Refusal('invalid', 'alerts.alertBelongsNoUnit') : null),
  }
}

async function toPerson(tx: Tx, user: Principal, assigneeId: number, now: number): Promise<Prepared> {
  const assignee = await findById(tx, assigneeId)
  if (!assignee) {
    throw new Refusal('invalid', 'common.noSuchPerson')
  }
  const who = { role: assignee.role, scope: scopeOf(assignee) }
  const taken = acknowledged(user, now, now + DEFAULT_ACK_MS, null)
  return {
    action: 'assign',
    kind: 'alert.assigned',
    text: null,
    set: (status) => ({
      assignee_id: assigneeId,
      assigned_unit_id: null,
      ...(assigneeId === user.id && status === 'open' ? taken : {}),
    }),
    refuse: (alert) =>
      may(who, 'alert.acknowledge', alert)
        ? null
        : new Refusal('invalid', 'common.siteNotCare', { values: { name: assignee.name } }),
  }
}

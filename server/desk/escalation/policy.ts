import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import {
  classOf,
  DEFAULT_POLICY,
  type EscalationPolicy,
  type EscalationStep,
  type IsWorkday,
  policyInput,
  stepDueMs,
} from '../../../shared/desk/escalation/escalation.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { isWorkday } from '../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { followSettings } from '../../people/settings/settings.ts'
import { calendarIn } from '../../register/workdays/calendar.ts'
import { reckonAgain } from './queries.ts'

const KEY = 'escalation'

export interface VersionedPolicy {
  readonly version: number
  readonly policy: EscalationPolicy
}

/** The policy in force; version 0 is the one that the program brings. */
export async function policyOf(db: Db): Promise<VersionedPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return row ? policyInput.parse(row.value) : { version: 0, policy: DEFAULT_POLICY }
}

/**
 * Sets the policy. Alerts that are waiting are reckoned by it within seconds, from when nobody had them; nobody is
 * called twice at the same level.
 * @param seen the new policy, and the version that it was made from.
 * @throws Refusal conflict
 */
export async function setPolicy(ctx: Context, user: User, seen: VersionedPolicy): Promise<VersionedPolicy> {
  return ctx.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('setting')
      .values({ key: KEY, value: JSON.stringify({ version: 0, policy: DEFAULT_POLICY }) })
      .onConflict((on) => on.column('key').doNothing())
      .execute()
    await tx.selectFrom('setting').select('key').where('key', '=', KEY).forUpdate().execute()
    const before = await policyOf(tx)
    if (before.version !== seen.version) {
      throw new Refusal('conflict', 'escalation.policyBeenChangedMeanwhile', { current: before })
    }
    const after = { version: seen.version + 1, policy: seen.policy }
    await tx
      .updateTable('setting')
      .set({ value: JSON.stringify(after) })
      .where('key', '=', KEY)
      .execute()
    await reckonAgain(tx)
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: user,
      action: 'escalation.policy_changed',
      entity: 'escalation',
      entityId: null,
      detail: { ...after.policy },
    })
    return after
  })
}

/** The next step of an alert, whose last one was `alert.escalation`; undefined when all were taken. */
export function nextStep(
  policy: EscalationPolicy,
  alert: Pick<Alert, 'rule' | 'severity' | 'siteId' | 'district' | 'escalation' | 'informed'>,
): EscalationStep | undefined {
  const steps = policy.steps[classOf(alert.rule)][alert.severity].filter((step) => concerns(step, alert))
  const last = steps.findIndex((step) => step.to === alert.escalation?.level)
  return steps[last + 1]
}

/** What belongs to no site has no unit, which is not called of what it says it knows; and a district has an office. */
function concerns({ to }: EscalationStep, alert: Pick<Alert, 'siteId' | 'district' | 'informed'>): boolean {
  if (to === 'unit') return alert.siteId !== null && !alert.informed
  return to === 'workgroup' || alert.district !== null
}

/** The policy, and which days are worked. */
export interface Clockwork {
  readonly policy: EscalationPolicy
  readonly isWorkday: IsWorkday
}

/** The policy and the calendar in force. */
export async function clockworkIn(db: Db): Promise<Clockwork> {
  // Hours of a day are those of the zone that is stored now, whichever this process has heard of.
  await followSettings(db)
  const { policy } = await policyOf(db)
  const { calendar } = await calendarIn(db)
  return { policy, isWorkday: (day) => isWorkday(calendar, day) }
}

/** When the next step of an alert is due that nobody has since then (epoch ms); null: never. */
export function nextDueMs(
  { policy, isWorkday }: Clockwork,
  alert: Parameters<typeof nextStep>[1],
  sinceMs: number,
): number | null {
  const step = nextStep(policy, alert)
  return step ? stepDueMs(step, sinceMs, policy, isWorkday) : null
}

import type { NewFact } from '../../../shared/base/facts.ts'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Alert, CalledAlert, EscalationLevel } from '../../../shared/desk/alerts/alerts.ts'
import { covers, may, type Principal } from '../../../shared/people/rights/rights.ts'
import { doOneByOne, withoutAside } from '../../base/aside/one-by-one.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { conflictWith, lastActions } from '../../base/facts/conflict.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { factOf } from '../alerts/facts.ts'
import { alertsById, lockAlerts } from '../alerts/queries.ts'
import { type DutyDesk, peopleAt } from '../duty/people-at.ts'
import { notify } from '../notices/notify.ts'
import { type Clockwork, clockworkIn, nextDueMs, nextStep } from './policy.ts'
import {
  dueAlerts,
  lockThoseToDo,
  type Reckoned,
  startClocks,
  stopClocks,
  storeSteps,
  thoseToDo,
  unreckoned,
} from './queries.ts'

/** So many alerts at a look: a mass outage is worked off over a few. */
const AT_ONCE = 500

/**
 * Carries alerts that nobody takes on to the next level, as the policy says. An acknowledgement or a silence stops
 * it, and when that runs out it begins anew. Each step is a fact that says who was called, and each of them gets one
 * notice of all that was carried to them at this look. Several processes may look at once: each step is taken once.
 * @returns how many steps were taken.
 */
export async function escalateAlerts(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
): Promise<number> {
  const nowMs = ctx.clock.now()
  const now = new Date(nowMs)
  const waiting = await withoutAside(ctx, 'escalation', await thoseToDo(ctx.db, now))
  return doOneByOne(ctx, 'escalation', waiting.slice(0, AT_ONCE), (some) =>
    commitFacts(ctx, async (tx) => {
      const by = await clockworkIn(tx)
      const ids = await lockThoseToDo(tx, some, now)
      await stopClocks(tx, ids, now)
      await startClocks(tx, ids, now)
      await reckon(tx, by, ids, now)
      const due = await dueAlerts(tx, ids, now)
      return due.size > 0 ? takeSteps(tx, by, due, nowMs) : []
    }),
  )
}

async function reckon(tx: Tx, by: Clockwork, ids: readonly number[], now: Date): Promise<void> {
  const since = await unreckoned(tx, ids)
  const alerts = await alertsById(tx, [...since.keys()])
  const steps = [...alerts.values()].map(
    (alert): Reckoned => ({
      id: alert.id,
      nextMs: nextDueMs(by, alert, since.get(alert.id) ?? now.getTime()),
    }),
  )
  if (steps.length > 0) await storeSteps(tx, steps, now)
}

/** An alert that goes to a desk now. */
interface Call {
  readonly alert: Alert
  readonly desk: DutyDesk
  readonly sinceMs: number
}

async function takeSteps(
  tx: Tx,
  by: Clockwork,
  due: ReadonlyMap<number, number>,
  nowMs: number,
): Promise<NewFact[]> {
  const before = await alertsById(tx, [...due.keys()])
  const calls = [...before.values()].flatMap((alert): Call[] => {
    const step = nextStep(by.policy, alert)
    const desk = step && deskOf(step.to, alert)
    return desk ? [{ alert, desk, sinceMs: due.get(alert.id) ?? nowMs }] : []
  })
  const called = new Set(calls.map(({ alert }) => alert.id))
  const over = [...due.keys()].filter((id) => !called.has(id)).map((id): Reckoned => ({ id, nextMs: null }))
  await storeSteps(
    tx,
    [
      ...over,
      ...calls.map(({ alert, desk, sinceMs }) => {
        const carried = { ...alert, escalation: { level: desk.to, at: '' } }
        return { id: alert.id, nextMs: nextDueMs(by, carried, sinceMs), called: desk.to }
      }),
    ],
    new Date(nowMs),
  )
  const after = await alertsById(
    tx,
    calls.map(({ alert }) => alert.id),
  )
  const facts: NewFact[] = []
  for (const group of byDesk(calls).values()) {
    const alerts = group.flatMap(({ alert }) => after.get(alert.id) ?? [])
    const desk = group[0]?.desk
    if (!desk) continue
    const names = await call(tx, desk, alerts, nowMs)
    facts.push(...alerts.map((alert) => factOf('alert.escalated', alert, null, names, nowMs)))
  }
  return facts
}

function deskOf(to: EscalationLevel, alert: Alert): DutyDesk | null {
  if (to === 'unit') return alert.unitId === null ? null : { to, unitId: alert.unitId }
  if (to === 'district') return alert.district === null ? null : { to, district: alert.district }
  return { to }
}

const byDesk = (calls: readonly Call[]): Map<string, Call[]> =>
  groupBy(calls, ({ desk }) => JSON.stringify(desk))

const notFound = () => new Refusal('not_found', 'common.noSuchAlert')

/** @returns the names of those who were called; null when the desk has nobody. */
async function call(
  tx: Tx,
  desk: DutyDesk,
  alerts: readonly Alert[],
  nowMs: number,
  by: string | null = null,
): Promise<string | null> {
  const people = await peopleAt(tx, desk, new Date(nowMs))
  if (people.length === 0) return null
  const level = { word: `notices.level.${desk.to}` } as const
  const minutes = Math.max(
    ...alerts.map((alert) => Math.round((nowMs - Date.parse(alert.openedAt)) / MINUTE)),
  )
  await notify(
    tx,
    {
      recipients: people.map((person) => person.id),
      about: { alerts },
      reason: by
        ? { word: 'notices.call.carried', values: { name: by, level } }
        : { word: 'notices.call.escalated', values: { n: alerts.length, level, minutes } },
    },
    nowMs,
  )
  return people.map((person) => person.name).join('、')
}

/**
 * Calls the next level of an alert now, whatever its clock says. Whoever does it is named in the fact. Of two who
 * have seen the same level, one calls the next.
 * @throws Refusal not_found, forbidden, conflict; invalid, when every level has been called.
 */
export async function escalateNow(
  ctx: Context,
  user: Principal,
  seen: { id: number; version: number; after?: EscalationLevel | null | undefined },
): Promise<CalledAlert> {
  const now = ctx.clock.now()
  const alert = await ctx.db.transaction().execute(async (tx) => {
    const before = (await lockAlerts(tx, [seen.id])).get(seen.id)
    if (!before || !covers(user.scope, before)) throw notFound()
    if (!may(user, 'alert.escalate', before)) {
      throw new Refusal('forbidden', 'escalation.mayNotEscalateAlert')
    }
    const isCalled = seen.after !== undefined && seen.after !== (before.escalation?.level ?? null)
    if (before.status === 'resolved' || before.version !== seen.version || isCalled) {
      const last = await lastActions(tx, 'alert', [seen.id], isCalled ? ['alert.escalated'] : [])
      throw conflictWith(last.get(seen.id), before, now)
    }
    const by = await clockworkIn(tx)
    const step = nextStep(by.policy, before)
    const desk = step && deskOf(step.to, before)
    if (!desk) {
      throw new Refusal('invalid', 'escalation.everyLevelBeenCalledAlready')
    }
    const carried = { ...before, escalation: { level: desk.to, at: '' } }
    const isWaiting = before.status === 'open'
    const nextMs = isWaiting ? nextDueMs(by, carried, now) : null
    await storeSteps(tx, [{ id: before.id, nextMs, called: desk.to }], new Date(now))
    const after = (await alertsById(tx, [before.id])).get(before.id) ?? before
    const names = await call(tx, desk, [after], now, user.name)
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: 'alert.escalated',
      entity: 'alert',
      entityId: before.id,
      detail: { level: desk.to, people: names },
    })
    await appendFacts(tx, [factOf('alert.escalated', after, user, names, now)])
    return { ...after, called: names }
  })
  ctx.wake()
  return alert
}

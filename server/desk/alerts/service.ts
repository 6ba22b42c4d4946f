import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { covers, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { conflictWith, type LastAction, lastActions } from '../../base/facts/conflict.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { type Command, prepare } from './commands/commands.ts'
import { notifyAbove } from './commands/inform.ts'
import type { Prepared } from './commands/prepared.ts'
import { factOf } from './facts.ts'
import { maintain, tellParts } from './incidents/incidents.ts'
import { refuseFalse } from './inspected/falsified.ts'
import { mention } from './mentions.ts'
import { alertsById, lockAlerts } from './queries.ts'
import { overtaken, rightTo } from './rules.ts'

/** The alert that a person saw. */
export interface SeenAlert {
  readonly id: number
  readonly version: number
}
export type Outcome = { id: number; alert: Alert } | { id: number; refusal: Refusal }

/** Carries out a command on one alert. @throws Refusal invalid, not_found, forbidden, conflict */
export async function commandAlert(
  ctx: Context,
  user: Principal,
  seen: SeenAlert,
  command: Command,
): Promise<Alert> {
  const [outcome] = await commandAlerts(ctx, user, [seen], command)
  if (!outcome || 'refusal' in outcome) throw outcome?.refusal ?? notFound()
  return outcome.alert
}

/**
 * Carries out a command on many alerts in one transaction; each has its own success or refusal, in the order
 * of `items`.
 * @throws Refusal invalid, when the command could be carried out on none.
 */
export async function commandAlerts(
  ctx: Context,
  user: Principal,
  items: readonly SeenAlert[],
  command: Command,
): Promise<Outcome[]> {
  const now = ctx.clock.now()
  const outcomes = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      const done = await carryOut(tx, user, items, command, now)
      await appendFacts(tx, done.facts)
      return done.outcomes
    }),
  )
  if (outcomes.some((outcome) => 'alert' in outcome)) ctx.wake()
  return outcomes
}

/**
 * Carries out a command within a transaction. Nothing may be locked after its facts are appended.
 * @returns the outcomes in the order of `items`, and facts; the caller appends them.
 */
export async function carryOut(
  tx: Tx,
  user: Principal,
  items: readonly SeenAlert[],
  command: Command,
  now: number,
): Promise<{ outcomes: Outcome[]; facts: NewFact[] }> {
  const ids = items.map((item) => item.id)
  const prepared = await prepare(tx, user, ids, command, now)
  const alerts = await lockAlerts(tx, ids)
  const refused = await refusals(tx, user, items, alerts, prepared, now)
  const taken = items.filter((_, index) => !refused[index]).map((item) => item.id)
  const changed = await change(tx, taken, alerts, prepared)
  const outcomes = items.map(({ id }, index): Outcome => {
    const alert = changed.get(id)
    return refused[index] || !alert ? { id, refusal: refused[index] ?? notFound() } : { id, alert }
  })
  if (taken.length === 0) return { outcomes, facts: [] }
  const facts = await record(tx, user, { command, prepared }, taken, changed, now)
  if (command.action === 'falseAlarm')
    facts.push(...(await refuseFalse(tx, user, [...changed.values()], command.reason, now)))
  facts.push(...(await tellParts(tx, incidentsResolved(changed.values()), now)))
  return { outcomes, facts: [...facts, ...(await maintain(tx, prepared.incidentIds ?? [], now))] }
}

/** Incidents whose own alert is resolved now. */
const incidentsResolved = (changed: Iterable<Alert>): number[] =>
  [...changed].flatMap(({ rule, status, incidentId }) =>
    rule === 'PLATFORM' && status === 'resolved' ? (incidentId ?? []) : [],
  )

/** Adds a comment. It changes nothing of the alert, so it overtakes nobody. @throws Refusal not_found, forbidden, conflict */
export async function commentAlert(
  ctx: Context,
  user: Principal,
  id: number,
  comment: { text: string; version?: number | undefined; mentions?: readonly number[] | undefined },
): Promise<Alert> {
  const now = ctx.clock.now()
  const alert = await ctx.db.transaction().execute(async (tx) => {
    // Locked all the same: the fact carries the alert as it is when the fact is told.
    const found = (await lockAlerts(tx, [id])).get(id)
    if (!found || !covers(user.scope, found)) throw notFound()
    if (!may(user, 'alert.comment', found)) throw forbidden()
    if (comment.version !== undefined && comment.version !== found.version) {
      throw conflictWith((await lastActions(tx, 'alert', [id])).get(id), found, now)
    }
    await refuseBeyondQuota(tx, user, ctx)
    const { text, mentions } = comment
    const mentioned = await mention(tx, user, found, mentions ?? [], now)
    await recordAudit(tx, audit(user, 'alert.commented', id, { text, mentions }, now))
    const after = mentioned.length > 0 ? ((await alertsById(tx, [id])).get(id) ?? found) : found
    await appendFacts(tx, [factOf('alert.commented', after, user, text, now, mentioned)])
    return after
  })
  ctx.wake()
  return alert
}

async function refusals(
  tx: Tx,
  user: Principal,
  items: readonly SeenAlert[],
  alerts: ReadonlyMap<number, Alert>,
  prepared: Prepared,
  now: number,
): Promise<(Refusal | null)[]> {
  const stale = items.filter(({ id, version }) => alerts.get(id)?.version !== version).map(({ id }) => id)
  const actions = await lastActions(tx, 'alert', stale)
  const met = new Set<number>()
  return items.map((item) => {
    const alert = alerts.get(item.id)
    if (!alert || !covers(user.scope, alert)) return notFound()
    if (!may(user, rightTo(prepared.action), alert)) return forbidden()
    const why = met.has(item.id) ? 'changed' : overtaken(alert, prepared.action, item.version)
    met.add(item.id)
    if (why === null) return prepared.refuse?.(alert) ?? null
    return conflictWith(firstAction(alert, why) ?? actions.get(item.id), alert, now)
  })
}

/** What the alert itself tells of who was first. */
function firstAction(alert: Alert, why: 'acknowledged' | 'resolved' | 'changed'): LastAction | undefined {
  if (why === 'acknowledged' && alert.acknowledgedAt) {
    return { kind: 'alert.acknowledged', actor: alert.acknowledgedBy, at: alert.acknowledgedAt }
  }
  if (why === 'resolved' && alert.resolvedAt) {
    return { kind: 'alert.resolved', actor: alert.resolvedBy, at: alert.resolvedAt }
  }
  return undefined
}

/** Changes the alerts, which are locked, and reads them again. */
async function change(
  tx: Tx,
  ids: readonly number[],
  alerts: ReadonlyMap<number, Alert>,
  prepared: Prepared,
): Promise<Map<number, Alert>> {
  for (const status of ['open', 'acknowledged'] as const) {
    const group = ids.filter((id) => alerts.get(id)?.status === status)
    if (group.length === 0) continue
    await tx
      .updateTable('alert')
      .set({ ...prepared.set(status), version: sql`version + 1` })
      .where(sql<boolean>`id = any(${group}::int[])`)
      .execute()
  }
  return alertsById(tx, ids)
}

async function record(
  tx: Tx,
  user: Principal,
  { command, prepared: { kind, text } }: { command: Command; prepared: Prepared },
  ids: readonly number[],
  alerts: ReadonlyMap<number, Alert>,
  now: number,
): Promise<NewFact[]> {
  const [only] = ids
  const detail = { ...command, ...(ids.length > 1 ? { ids } : {}) }
  await recordAudit(tx, audit(user, kind, ids.length === 1 && only !== undefined ? only : null, detail, now))
  if (kind === 'alert.informed') {
    await notifyAbove(
      tx,
      user,
      ids.flatMap((id) => alerts.get(id) ?? []),
      now,
    )
  }
  return ids.flatMap((id) => {
    const alert = alerts.get(id)
    return alert ? [factOf(kind, alert, user, text, now)] : []
  })
}

function audit(
  user: Principal,
  action: AuditRecord['action'],
  entityId: number | null,
  detail: Record<string, unknown>,
  now: number,
): AuditRecord {
  return { at: new Date(now), actor: user, action, entity: 'alert', entityId, detail }
}

export const notFound = () => new Refusal('not_found', 'common.noSuchAlert')
const forbidden = () => new Refusal('forbidden', 'alerts.mayNotAlert')

import { type RawBuilder, sql } from 'kysely'
import type { PauseWindow } from '../../../shared/desk/pauses/pauses.ts'
import { windowAt } from '../../../shared/desk/pauses/pauses-rules.ts'
import { doOneByOne, type LookItem } from '../../base/aside/one-by-one.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { appendPause } from './facts.ts'
import { endPause, type Pause, startPause } from './pause-site.ts'
import { isBounded, timesOf } from './queries.ts'

/**
 * Windows begin so much early, which is how often is looked: no visit within a window counts, and two that follow on
 * each other leave no gap.
 */
const LEAD_MS = 15_000

interface Running {
  readonly plan: LivePlan
  readonly window: PauseWindow
}
type LivePlan = Awaited<ReturnType<typeof livePlans>>[number]
type PausableSite = Awaited<ReturnType<typeof pausable>>[number]
type Work = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/**
 * Makes the sites be paused that the approved plans say, and no others that a plan had paused. A site that several
 * windows cover stays paused until the last of them ends. Several processes may do it at once: each step is taken
 * once, and what one that failed has left undone is done at the next look.
 * @param now epoch ms.
 * @returns how many sites were paused, resumed, or paused for longer.
 */
export async function carryOutPauses(ctx: Work, now: number): Promise<number> {
  const plans = await livePlans(ctx.db, now)
  const paused = await pausable(ctx.db, sql<boolean>`pause_plan_id is not null`)
  if (plans.length === 0 && paused.length === 0) return 0
  const running = plans.flatMap((plan): Running[] => {
    const window = plan.state === 'approved' ? windowAt(timesOf(plan), now, LEAD_MS) : null
    return window ? [{ plan, window }] : []
  })
  const wanted = await wantedPauses(ctx, running)
  const steps = [
    ...[...wanted.values()]
      .filter(({ site, pause }) => isToBegin(site, pause, now))
      .map(({ site, pause }) => ({ id: site.id, siteId: site.id, take: () => begin(ctx, site, pause, now) })),
    ...paused
      .filter(({ id }) => !wanted.has(id))
      .map((site) => ({ id: site.id, siteId: site.id, take: () => end(ctx, site, now) })),
  ]
  const count = await takeEach(ctx, 'pauses', steps)
  const notes = plans.flatMap((plan) => {
    const its = running.find((one) => one.plan === plan) ?? null
    const isNoted = !isOver(plan, its, now) && beginOf(its) === (plan.window_from?.getTime() ?? null)
    return isNoted ? [] : [{ id: plan.id, siteId: plan.site_id, take: () => keepBooks(ctx, plan, its, now) }]
  })
  const noted = await takeEach(ctx, 'pause-plans', notes)
  if (count + noted > 0) ctx.wake()
  return count
}

interface WindowStep extends LookItem {
  readonly take: () => Promise<boolean>
}

/** One at a time: a site is locked no longer than its own pause takes. @returns how many changed anything. */
function takeEach(ctx: Work, name: string, steps: readonly WindowStep[]): Promise<number> {
  const byId = new Map(steps.map((step) => [step.id, step.take]))
  return doOneByOne(ctx, name, steps, async ([id = 0]) => Number((await byId.get(id)?.()) ?? false), 1)
}

/** Plans that have begun or are about to, and are not over as far as is noted. */
function livePlans(db: Context['db'], now: number) {
  return db
    .selectFrom('pause_plan')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'approved'), eb('from_at', '<=', new Date(now + LEAD_MS))]),
        // One that was put off while it ran.
        eb.and([eb('state', '=', 'approved'), eb('window_from', 'is not', null)]),
        eb.and([eb('state', '=', 'filed'), eb('ends_at', '<=', new Date(now))]),
      ]),
    )
    .orderBy('id')
    .execute()
}

/** Sites and how they are paused, by id. */
function pausable(db: Context['db'], where: RawBuilder<boolean>) {
  return db
    .selectFrom('site')
    .select(['site.id', 'paused_until', 'pause_reason', 'pause_plan_id', 'resumed_at'])
    .where(where)
    .orderBy('site.id')
    .execute()
}

/** Of every site that a running window covers, the pause of the window that ends last. */
async function wantedPauses({ db }: Work, running: readonly Running[]) {
  const wanted = new Map<number, { site: PausableSite; pause: Pause & { end: Date } }>()
  for (const { plan, window } of running) {
    for (const site of await pausable(db, isBounded(plan))) {
      // Who resumed the site by hand has ended this window for it.
      if (site.resumed_at && window.fromMs - LEAD_MS <= site.resumed_at.getTime()) continue
      const longest = wanted.get(site.id)?.pause.end.getTime() ?? 0
      if (window.toMs <= longest) continue
      const pause = { end: new Date(window.toMs), reason: plan.reason, planId: plan.id }
      wanted.set(site.id, { site, pause })
    }
  }
  return wanted
}

/** A pause by hand is left alone until it is about to end. */
function isToBegin(site: PausableSite, pause: Pause, now: number): boolean {
  const isByHand = site.pause_reason !== null && site.pause_plan_id === null
  if (isByHand && (site.paused_until === null || site.paused_until.getTime() > now + LEAD_MS)) return false
  const isSame =
    site.pause_plan_id === pause.planId &&
    site.pause_reason === pause.reason &&
    site.paused_until?.getTime() === pause.end?.getTime()
  return !isSame
}

async function begin(ctx: Work, site: PausableSite, pause: Pause, now: number): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await lockUnchanged(tx, site))) return false
    await appendFacts(tx, await startPause(tx, null, site.id, pause, now))
    return true
  })
}

async function end(ctx: Work, site: PausableSite, now: number): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await lockUnchanged(tx, site))) return false
    await appendFacts(tx, await endPause(tx, null, site.id, now))
    return true
  })
}

/** Locks a site's state, as the monitor does. @returns false when somebody has paused or resumed it since. */
async function lockUnchanged(tx: Tx, site: PausableSite): Promise<boolean> {
  await tx.selectFrom('site_state').select('site_id').where('site_id', '=', site.id).forUpdate().execute()
  const same = (column: string, value: Date | number | null) =>
    sql<boolean>`${sql.ref(column)} is not distinct from ${value}`
  const row = await tx
    .selectFrom('site')
    .select('id')
    .where('id', '=', site.id)
    .where(same('paused_until', site.paused_until))
    .where(same('pause_plan_id', site.pause_plan_id))
    .where(same('resumed_at', site.resumed_at))
    .executeTakeFirst()
  return row !== undefined
}

const isOver = (plan: LivePlan, running: Running | null, now: number) =>
  running === null && plan.ends_at.getTime() <= now
const beginOf = (running: Running | null) => running?.window.fromMs ?? null

/** Notes and tells once that a window has begun or is over, and that a plan has none left. @returns whether it did. */
async function keepBooks(ctx: Work, plan: LivePlan, running: Running | null, now: number): Promise<boolean> {
  const isLast = isOver(plan, running, now)
  return ctx.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('pause_plan')
      .set({
        window_from: running && new Date(running.window.fromMs),
        ...(isLast && { state: 'ended' as const, version: sql<number>`version + 1` }),
      })
      .where('id', '=', plan.id)
      .where('version', '=', plan.version)
      .where(sql<boolean>`window_from is not distinct from ${plan.window_from}`)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const detail = running ? { until: new Date(running.window.toMs).toISOString() } : {}
    const action = running ? 'pause.begun' : isLast ? 'pause.ended' : 'pause.resumed'
    await recordAudit(tx, {
      at: new Date(now),
      actor: null,
      action,
      entity: 'pause',
      entityId: plan.id,
      detail,
    })
    await appendPause(tx, action, plan.id, null, null, now)
    return true
  })
}

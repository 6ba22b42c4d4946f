import { HOUR, localDay, MINUTE } from '../../shared/base/time.ts'
import type { AsideCounts } from '../base/aside/queries.ts'
import { doOrSetAside } from '../base/aside/set-aside.ts'
import { systemTimers, type Timers } from '../base/clock.ts'
import { keepsTime } from '../base/config.ts'
import type { Context } from '../base/context.ts'
import { agreedTime } from '../base/db/line/agreed-time.ts'
import { keepShare } from '../census/consolidation/share.ts'
import { forgetAcknowledgements } from '../desk/alerts/forget.ts'
import { maintainIncidents } from '../desk/alerts/incidents/incidents.ts'
import { markUnseen } from '../desk/alerts/inspected/unseen.ts'
import { maintainAside } from '../desk/aside/facts.ts'
import { escalateAlerts } from '../desk/escalation/escalate.ts'
import { carryOutPauses } from '../desk/pauses/carry-out.ts'
import { appendDue } from '../desk/rectifications/terms/due-facts.ts'
import { rescheduleRectifications } from '../desk/rectifications/terms/reschedule.ts'
import { forgetGone } from '../monitor/inspections/forget.ts'
import { forgetHosts } from '../monitor/outbound/forget.ts'
import { forgetPlaces, type PlaceHeard, placesHeard } from '../monitor/vantages/queries.ts'
import { lateDays } from '../monitor/visit-store/packing.ts'
import { dropOldVisits } from '../monitor/visit-store/partitions.ts'
import { followSettings } from '../people/settings/settings.ts'
import { markBehind } from '../recording/behind.ts'
import { endUnheardDoubts } from '../recording/line-recorder.ts'
import { markStalled } from '../recording/stall.ts'
import { carryOutFilings } from '../register/filings/carry-out.ts'
import { keepAnswers } from '../register/ledger/answers/progress.ts'
import { begin } from '../register/rule-editions/begin.ts'
import { followEditions } from '../register/rule-editions/in-force.ts'
import { tidy } from './tidy.ts'
import { bringBack } from './yet-to-come.ts'

const LOOK_MS = 15_000
const HOUSEKEEPING_MS = HOUR
const BRING_BACK_MS = 5 * MINUTE
/** In so long each site of a city is visited once: tables that change at each visit are soon done with, and stay as large as they are. */
const TIDY_MS = 5 * MINUTE

export interface Watchdog {
  /** Days of visits that should have been packed long ago, as of the last look. */
  readonly lateDays: () => number
  /** What is set aside, as of the last look. */
  readonly aside: () => AsideCounts
  /** When other places were heard of last, as of the last look. */
  readonly places: () => readonly PlaceHeard[]
  stop(): Promise<void>
}

/**
 * What must happen by the clock whether or not anybody visits: settings that another process has changed are followed, a monitor that has silently stalled or is asked for more than it can do is an alarm,
 * doubts of monitors that are gone end, planned pauses begin and end, expired acknowledgements come back, alerts that nobody takes on are carried upwards,
 * rectifications come near their due day, what was set aside is over or is not, old visits, problems, hosts and places go, the embedded database is tidied. One item for which a
 * step cannot be done is set aside by itself. Every process that serves people or visits sites for the home place does it; each step changes
 * nothing when another has done it. The others only follow what these have changed: their clock and settings may be of another place.
 */
export function startWatchdog(ctx: Context, timers: Timers = systemTimers): Watchdog {
  let housekeptMs = 0
  let broughtMs = 0
  let tidiedMs = 0
  let late = 0
  let aside: AsideCounts = { open: 0, times: {} }
  let places: readonly PlaceHeard[] = []
  let running: Promise<void> | null = null
  const couldNotLook = (error: unknown) => ctx.log.warn({ err: error }, 'the watchdog could not look')
  const look = async () => {
    const nowMs = ctx.clock.now()
    if (!keepsTime(ctx.config)) {
      await followSettings(ctx.db)
      return followEditions(ctx.db, localDay(nowMs))
    }
    const steps: Record<string, () => Promise<unknown>> = {
      settings: () => followSettings(ctx.db),
      editions: () => begin(ctx),
      filings: () => carryOutFilings(ctx, nowMs),
      answers: () => keepAnswers(ctx, nowMs),
      consolidation: () => keepShare(ctx, nowMs),
      pauses: () => carryOutPauses(ctx, nowMs),
      stalled: () => markStalled(ctx, nowMs),
      behind: () => markBehind(ctx, nowMs),
      line: () => endUnheardDoubts(ctx, nowMs),
      acknowledgements: () => forgetAcknowledgements(ctx, nowMs),
      incidents: () => maintainIncidents(ctx, nowMs),
      rectifications: () => rescheduleRectifications(ctx, nowMs),
      due: () => appendDue(ctx, nowMs),
      escalation: () => escalateAlerts(ctx),
    }
    for (const [ref, step] of Object.entries(steps)) {
      const work = async () => void (await step())
      // One that fails does not keep those after it from being taken.
      await doOrSetAside(ctx, { kind: 'look', ref }, work).catch(couldNotLook)
    }
    aside = await maintainAside(ctx)
    places = await placesHeard(ctx.db)
    if (isDue(broughtMs, BRING_BACK_MS, nowMs)) {
      broughtMs = nowMs
      await takeBack(ctx).catch(couldNotLook)
    }
    if (!ctx.config.databaseUrl && isDue(tidiedMs, TIDY_MS, nowMs)) {
      tidiedMs = nowMs
      await tidy(ctx).catch(couldNotLook)
    }
    if (!isDue(housekeptMs, HOUSEKEEPING_MS, nowMs)) return
    const agreedMs = await agreedTime(ctx)
    if (agreedMs !== null) await letGo(ctx, agreedMs, couldNotLook)
    await markUnseen(ctx, nowMs).catch(couldNotLook)
    late = (await lateDays(ctx.db, nowMs)).length
    if (late > 0) ctx.log.error({ days: late }, 'old visits are not packed as fast as they come')
    housekeptMs = nowMs
  }
  const cancel = timers.every(LOOK_MS, () => {
    running ??= look()
      .catch(couldNotLook)
      .finally(() => {
        running = null
      })
  })
  return {
    lateDays: () => late,
    aside: () => aside,
    places: () => places,
    async stop() {
      cancel()
      await running
    },
  }
}

/** A clock that was set back makes the last time one that is to come. */
const isDue = (lastMs: number, everyMs: number, nowMs: number) => Math.abs(nowMs - lastMs) >= everyMs

/** Times that a clock which was ahead has left behind. */
async function takeBack(ctx: Context): Promise<void> {
  const agreedMs = await agreedTime(ctx)
  const brought = agreedMs === null ? {} : await bringBack(ctx.db, agreedMs)
  if (Object.keys(brought).length > 0)
    ctx.log.warn({ brought }, 'times that were yet to come are brought back to now')
}

/** Lets go of what is kept for some time only. @param atMs what nobody's clock is behind. */
async function letGo(ctx: Context, atMs: number, couldNot: (error: unknown) => void): Promise<void> {
  // While somebody reads long, as a backup does, nothing can be dropped: the rest is let go all the same.
  const dropped = await dropOldVisits(ctx.db, atMs, ctx.config.visitRetentionDays).catch(couldNot)
  if (dropped && dropped.length > 0) ctx.log.info({ dropped }, 'old visits dropped')
  for (const forget of [forgetGone, forgetHosts, forgetPlaces]) await forget(ctx.db, atMs).catch(couldNot)
}

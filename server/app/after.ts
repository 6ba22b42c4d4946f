import { linksSeverity } from '../../shared/monitor/links/links.ts'
import { limitsOf } from '../../shared/monitor/verdicts/rule-set.ts'
import type { After } from '../base/context.ts'
import { bringBackFindings, moveFindings } from '../census/findings/merged.ts'
import { rescheduleLetters } from '../census/letters/terms.ts'
import { listFacts } from '../city/facts/queries.ts'
import { truthOfFleet, truthOfTestSite } from '../demo/planted/truth.ts'
import { markedFalse } from '../desk/alerts/false-alarms.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { followInspected } from '../desk/alerts/inspected/inspected.ts'
import { alertOfHost, followHostAlerts, isHostHeld } from '../desk/alerts/keyed/hosts.ts'
import { appendAside } from '../desk/aside/facts.ts'
import { reckonAgain } from '../desk/escalation/queries.ts'
import { moveSubscriptions, subscribeByDefault } from '../desk/notifications/defaults.ts'
import { seedAllOf } from '../desk/notifications/seed.ts'
import { endPause, startPause } from '../desk/pauses/pause-site.ts'
import {
  bringBackRectifications,
  handToUnit,
  handWithSites,
  moveRectifications,
} from '../desk/rectifications/merged.ts'
import { rescheduleRectifications, wouldReschedule } from '../desk/rectifications/terms/reschedule.ts'
import { followRelapses } from '../desk/rectifications/verify.ts'
import { pictureTaken } from '../monitor/pictures/taken.ts'
import { rulesInForce } from '../monitor/verdicts/in-force.ts'
import { settingsInForce } from '../people/settings/settings.ts'
import { placeNames } from '../register/divisions/area.ts'
import { editionInForce } from '../register/rule-editions/in-force.ts'
import { MODULES } from './modules.ts'

/** Who follows what. */
export const after: After = {
  setAside: async (ctx) => void (await appendAside(ctx)),
  accountsMade: subscribeByDefault,
  accountMoved: moveSubscriptions,
  accountEnabled: (tx, userId, now) => seedAllOf(tx, 'user_id', userId, now),
  rulesInForce: () => ({ edition: editionInForce().code, limits: limitsOf(rulesInForce()) }),
  usualLanguage: () => settingsInForce().language,
  async wholeNames(tx) {
    const whole = (await placeNames(tx)).get('')
    return whole ? [whole.name, whole.nameEn] : []
  },
  calendarWouldChange: wouldReschedule,
  async calendarChanged(ctx, now) {
    // After the commit: what was reckoned by the old calendar while this went on is caught, too.
    await ctx.db.transaction().execute((tx) => reckonAgain(tx))
    await rescheduleRectifications(ctx, now)
    await rescheduleLetters(ctx, true)
  },
  async settingsChanged(ctx, before, now) {
    const { calendar, timeZone } = settingsInForce()
    if (calendar !== before.calendar) await ctx.after.calendarChanged(ctx, now)
    else if (timeZone !== before.timeZone) await ctx.db.transaction().execute((tx) => reckonAgain(tx))
  },
  pictured: pictureTaken,
  siteEnded: startPause,
  siteReopened: endPause,
  async siteMerged(tx, merge, now) {
    const rectifications = await moveRectifications(tx, merge, now)
    const findings = await moveFindings(tx, merge, now)
    return {
      facts: [...rectifications.facts, ...findings.facts],
      moved: { rectifications: rectifications.moved, findings: findings.moved },
    }
  },
  unitMoved: handToUnit,
  sitesHanded: handWithSites,
  siteUnmerged: async (tx, merge, { rectifications, findings }, now) => [
    ...(await bringBackRectifications(tx, merge, rectifications, now)),
    ...(await bringBackFindings(tx, merge, findings, now)),
  ],
  listFacts,
  truthOfFleet,
  truthOfTestSite,
  markedByPeople: markedFalse,
  demoRows: MODULES.flatMap(({ demoRows }) => demoRows ?? []),
  outboundLooked: followHostAlerts,
  alertOfHost,
  isHostHeld,
  async linksFound(tx, siteId, found, now) {
    const change = {
      siteId,
      rule: 'LINKS',
      wanted: linksSeverity(found, rulesInForce()),
      evidence: { broken: found },
    } as const
    const alerts = await followAlerts(tx, [change], now)
    return [...alerts, ...(await followRelapses(tx, alerts, now))]
  },
  async inspected(tx, siteIds, now) {
    const alerts = await followInspected(tx, siteIds, now)
    return [...alerts, ...(await followRelapses(tx, alerts, now))]
  },
}

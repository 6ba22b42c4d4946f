import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { trusted } from '../../base/db/trusted.ts'
import { unhurried } from '../../base/db/unhurried.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { begun, type Steps } from '../../base/slices.ts'
import { siteFact } from '../../monitor/standing/decide.ts'
import { packDueMs } from '../../monitor/visit-store/ages.ts'
import { ensureHourPartitions, ensureVisitPartitions, utcDay } from '../../monitor/visit-store/partitions.ts'
import { type DemoSite, demoRegister } from '../cast/register.ts'
import { columnsTruth } from '../fleet/neglected-columns.ts'
import { behaviourAt } from '../fleet/script.ts'
import { alertsOf, linksAlertOf, type PastAlert, type PastSite, type Staff } from './alerts.ts'
import { groupIncidents, nameIncidents, storeIncidents } from './incidents.ts'
import { type PastScan, pastScanOf } from './links.ts'
import { storeLetterBoxes } from './messages.ts'
import { hostAlertsOf, pastHostsOf, storeHosts } from './outbound.ts'
import { storePictures } from './pictures.ts'
import { checksOf, type PastRectification, rectificationOf } from './rectifications.ts'
import {
  type PastStanding,
  storeAlerts,
  storeBlankColumns,
  storeRectifications,
  storeScans,
  storeStandings,
} from './store.ts'
import { type Moment, timelineOf } from './timeline.ts'
import { type Stretch, storePacked, storeRollUps, storeVisits } from './visits.ts'

export const PAST_DAYS = 90
/** So many days hour by hour and visit by visit: V1's week, and a day more for its first hour. */
export const RECENT_DAYS = 8
/** One visit in each hour, as the census of 2015 had it, and closer ones for the last day's chart. */
const HOURLY_MS = HOUR
const LAST_DAY_MS = 10 * MINUTE
/** A demo that was off for longer than this gets what it missed. */
const GAP_MS = 30 * MINUTE
const FACTS_AT_ONCE = 2_000

interface FilledSite extends PastSite {
  readonly url: string
  readonly demo: DemoSite
}

/**
 * Begins to give a new demo its last 90 days, as a monitor would have recorded them: the last week hour by hour and visit
 * by visit, days before that as roll-ups (their hours come later, `hours.ts`), changes, alerts and rectifications as facts. A demo that was off gets the visits
 * it missed, so that V1 is not short of them. All from the fleet's own script.
 * @returns what stores it
 */
export async function makePast(ctx: Context, tell: (text: string) => void): Promise<() => Promise<void>> {
  const nowMs = ctx.clock.now()
  const sites = await demoSites(ctx)
  const last = await ctx.db
    .selectFrom('visit_hour')
    .select((eb) => eb.fn.max('hour').as('hour'))
    .executeTakeFirst()
  const recentMs = startOfDay(localDay(nowMs - RECENT_DAYS * DAY))
  // Facts are stored last, and all or none.
  const there = await ctx.db
    .selectFrom('fact')
    .select('seq')
    .where('kind', '=', 'site.changed')
    .limit(1)
    .execute()
  if (there.length > 0) {
    const fromMs = Math.max((last?.hour?.getTime() ?? 0) + HOUR, recentMs)
    return async () => {
      if (nowMs - fromMs > GAP_MS) await fillVisits(ctx, sites, fromMs, nowMs)
    }
  }
  // What a first start has left that was cut off.
  await sql`truncate visit, visit_hour, visit_day, packed_visit`.execute(ctx.db)
  tell('Filling the demo with its past 90 days …')
  const staff = await staffOf(ctx)
  // Made while the database is at the visits.
  const facts = begun(factsOf(sites, staff, nowMs))
  const everyMs = ctx.config.demoIntervalS * 1_000
  const fromMs = startOfDay(localDay(nowMs - PAST_DAYS * DAY))
  const toMs = startOfDay(localDay(nowMs))
  return async () => {
    await Promise.all([
      fillVisits(ctx, sites, recentMs, nowMs),
      storeRollUps(ctx.db, sites, { fromMs, toMs, lengthMs: DAY, everyMs }, 'visit_day'),
    ])
    await storeFacts(ctx.db, sites, await facts, nowMs)
  }
}

/** Days that a monitor would have packed by now are stored packed, so that nobody has to do it after the start. */
async function fillVisits(ctx: Context, sites: FilledSite[], fromMs: number, toMs: number): Promise<void> {
  const days = Array.from({ length: utcDay(toMs) - utcDay(fromMs) + 1 }, (_, n) => utcDay(fromMs) + n)
  const packed = days.filter((day) => day * DAY >= fromMs && packDueMs('visit', day) <= toMs)
  const plain = days.filter((day) => !packed.includes(day))
  await ensureHourPartitions(ctx.db, packed)
  await ensureVisitPartitions(
    ctx.db,
    plain.map((day) => day * DAY),
  )
  const everyMs = ctx.config.demoIntervalS * 1_000
  const hours = { fromMs, toMs: Math.floor(toMs / HOUR) * HOUR, lengthMs: HOUR, everyMs }
  const lastDayMs = Math.max(fromMs, toMs - DAY)
  const stretches: Stretch[] = [
    { fromMs, toMs: lastDayMs, everyMs: HOURLY_MS },
    { fromMs: lastDayMs, toMs, everyMs: LAST_DAY_MS },
  ]
  const [packedFromMs, packedToMs] =
    packed[0] === undefined ? [toMs, toMs] : [packed[0] * DAY, (packed[0] + packed.length) * DAY]
  const left = [...cut(stretches, fromMs, packedFromMs), ...cut(stretches, packedToMs, toMs)]
  // Side by side: while the database is at some of them, others are made.
  await Promise.all([
    storeRollUps(ctx.db, sites, hours, 'visit_hour'),
    storePacked(ctx.db, sites, cut(stretches, packedFromMs, packedToMs)),
    storeVisits(ctx.db, sites, left),
  ])
}

/** What of the stretches lies in [fromMs, toMs). */
const cut = (stretches: readonly Stretch[], fromMs: number, toMs: number): Stretch[] =>
  stretches
    .map((one) => ({ ...one, fromMs: Math.max(one.fromMs, fromMs), toMs: Math.min(one.toMs, toMs) }))
    .filter((one) => one.fromMs < one.toMs)

async function demoSites(ctx: Context): Promise<FilledSite[]> {
  const rows = await ctx.db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select([
      'site.id',
      'site.code',
      'site.name',
      'site.url',
      'site.level',
      'site.district',
      'site.unit_id as unitId',
      'unit.name as unit',
    ])
    .where('site.demo', '=', true)
    .execute()
  const byCode = new Map(rows.map((row) => [row.code, row]))
  return demoRegister().flatMap((demo) => {
    const row = byCode.get(demo.code)
    const { traits } = behaviourAt(demo, ctx.clock.now())
    return row ? [{ ...row, demo, columns: columnsTruth(traits.columns).counts }] : []
  })
}

async function staffOf({ db }: Context): Promise<Staff> {
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'name', 'role', 'district', 'username', 'unit_ids'])
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  const owner = people.find(({ username }) => username === 'unit')
  const [unitId] = owner?.unit_ids ?? []
  const officers = people.filter((one) => one.role === 'district')
  return {
    duty: people.filter((one) => one.role === 'workgroup').map(({ id, name }) => ({ id, name })),
    offices: new Map(officers.map(({ id, name, district }) => [district ?? '', { id, name }])),
    operator: owner && unitId !== undefined ? { person: { id: owner.id, name: owner.name }, unitId } : null,
  }
}

/** What is told of the demo's past, but for its visits. */
interface PastFacts {
  readonly facts: readonly NewFact[]
  readonly standings: readonly PastStanding[]
  readonly scans: readonly PastScan[]
  readonly hosts: ReturnType<typeof pastHostsOf>
  readonly alerts: readonly PastAlert[]
  readonly incidents: ReturnType<typeof groupIncidents>
  readonly rectifications: readonly PastRectification[]
}

function* factsOf(sites: readonly FilledSite[], staff: Staff, nowMs: number): Steps<PastFacts> {
  const facts: NewFact[] = []
  const standings: PastStanding[] = []
  const scans: PastScan[] = []
  const alerts: PastAlert[] = []
  const rectifications: PastRectification[] = []
  for (const site of sites) {
    const moments = timelineOf(site.demo, nowMs - PAST_DAYS * DAY, nowMs)
    const now = moments.at(-1)
    if (now) standings.push({ siteId: site.id, facts: now.facts, columns: site.columns })
    facts.push(...siteFacts(site, moments))
    const scan = pastScanOf(site, nowMs)
    if (scan) scans.push(scan)
    const found = scan && !scan.isSoft ? [linksAlertOf(site, scan, staff, nowMs)] : []
    for (const alert of [...alertsOf(site, moments, staff, nowMs), ...found]) {
      alerts.push(alert)
      const rectification = rectificationOf(site, alert, staff, nowMs)
      if (rectification) rectifications.push(rectification)
    }
    yield
  }
  const hosts = pastHostsOf(sites, nowMs)
  alerts.push(...hosts.flatMap((one) => hostAlertsOf(one, staff, nowMs)))
  rectifications.push(...checksOf(sites, staff, nowMs))
  number(alerts, rectifications)
  const incidents = groupIncidents(alerts, sites)
  nameIncidents(incidents)
  facts.push(...alerts.flatMap((one) => one.facts), ...rectifications.flatMap((one) => one.facts))
  facts.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return { facts, standings, scans, hosts, alerts, incidents, rectifications }
}

async function storeFacts(
  db: Db,
  sites: readonly FilledSite[],
  { facts, standings, scans, hosts, alerts, incidents, rectifications }: PastFacts,
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await unhurried(tx)
    await trusted(tx, async () => {
      await storeStandings(tx, standings)
      await storeBlankColumns(tx, sites, nowMs)
      await storeLetterBoxes(tx, sites, nowMs)
      await storeScans(tx, scans)
      await storeHosts(tx, hosts, nowMs)
      await storeAlerts(tx, alerts)
      await storeIncidents(tx, incidents)
      await storeRectifications(tx, rectifications)
      await storePictures(tx, sites, alerts, rectifications, nowMs)
    })
    await appendAll(tx, facts)
  })
}

async function appendAll(tx: Tx, facts: readonly NewFact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    await appendFacts(tx, facts.slice(from, from + FACTS_AT_ONCE))
  }
}

function siteFacts(site: FilledSite, moments: readonly Moment[]): NewFact[] {
  return moments.map(({ atMs, facts }, index) => {
    const before = moments[index - 1]?.facts ?? null
    const row = { site_id: site.id, district: site.district }
    return siteFact(row, { at: new Date(atMs).toISOString(), before, after: facts })
  })
}

/** Gives alerts and rectifications their numbers in the order in which they came, also inside the facts that tell of them. */
function number(alerts: PastAlert[], rectifications: PastRectification[]): void {
  alerts.sort((a, b) => Date.parse(a.alert.openedAt) - Date.parse(b.alert.openedAt))
  rectifications.sort((a, b) => Date.parse(a.rectification.raisedAt) - Date.parse(b.rectification.raisedAt))
  for (const [index, past] of alerts.entries()) {
    const id = index + 1
    past.alert = { ...past.alert, id }
    for (const fact of past.facts)
      if ('alert' in fact.data) fact.data = { ...fact.data, alert: { ...fact.data.alert, id } }
  }
  for (const [index, past] of rectifications.entries()) {
    const numbers = { id: index + 1, alertIds: past.alert ? [past.alert.alert.id] : [] }
    past.rectification = { ...past.rectification, ...numbers }
    for (const fact of past.facts) {
      if ('rectification' in fact.data) {
        fact.data = { ...fact.data, rectification: { ...fact.data.rectification, ...numbers } }
      }
    }
    if (past.alert) linkToRectification(past.rectification, past.alert)
  }
}

/** From the moment that a rectification covers it, an alert names the rectification; so do its facts. */
function linkToRectification(rectification: PastRectification['rectification'], past: PastAlert): void {
  const isOpen = rectification.stage !== 'closed'
  if (isOpen) past.alert = { ...past.alert, rectificationId: rectification.id }
  for (const fact of past.facts) {
    if ('alert' in fact.data && fact.at >= rectification.raisedAt) {
      fact.data = { ...fact.data, alert: { ...fact.data.alert, rectificationId: rectification.id } }
    }
  }
}

import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { HOUR, localDay } from '../../../shared/base/time.ts'
import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Verification } from '../../../shared/desk/rectifications/rectifications.ts'
import { linksSeverity } from '../../../shared/monitor/links/links.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Config } from '../../base/config.ts'
import type { Tx } from '../../base/db/database.ts'
import { judgeSince } from '../../monitor/columns/judge.ts'
import { recheckSoon } from '../../monitor/links/recheck.ts'
import { canRender } from '../../monitor/rendering/ask.ts'
import { askColumns } from '../../monitor/rendering/columns.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { factOf } from './facts.ts'
import { pictureAfter } from './pictures/before-after.ts'
import { lockRelapsed, lockSubmitted, rectificationsById, type SubmittedRectificationRow } from './queries.ts'
import { lapse } from './requests.ts'
import {
  isFailure,
  judgeRectification,
  type RectificationDecision,
  type SubmittedRectification,
  startVerification,
  type VisitFacts,
} from './rules.ts'
import { reckoningIn, type Term, termOf } from './terms/due.ts'

/** A visit as the record step stores it, with the verdicts on its site after it. */
export interface MeasuredVisit extends VisitFacts {
  readonly siteId: number
  readonly atMs: number
  /** The page was read at this visit, as it was sent or drawn then. */
  readonly readAgain: boolean
}

interface Judged {
  readonly rectification: SubmittedRectificationRow
  readonly decision: RectificationDecision
}

const FACT_OF: Record<RectificationDecision['stage'], RectificationFactKind> = {
  verifying: 'rectification.verifying',
  closed: 'rectification.closed',
  returned: 'rectification.returned',
}

/**
 * Takes these visits into account for the rectifications of their sites that wait for the monitor: the first one starts
 * the verification, later ones close or return it. Visits before the submission say nothing. A good visit more
 * is counted without a fact. Costs one select when no rectification waits.
 * @param now epoch ms.
 * @returns the facts; the caller appends them.
 */
export async function followRectifications(
  tx: Tx,
  visits: readonly MeasuredVisit[],
  now: number,
  config: Pick<Config, 'verifyGoodVisits'>,
): Promise<NewFact[]> {
  if (visits.length === 0) return []
  const rectifications = await lockSubmitted(tx, [...new Set(visits.map((visit) => visit.siteId))], now)
  await seeOvertakenLinks(tx, rectifications, now)
  const unsure = await unsureColumns(tx, rectifications, now)
  const judged = rectifications.flatMap(
    (rectification) => judge(rectification, visits, config.verifyGoodVisits, unsure) ?? [],
  )
  if (judged.length === 0) return []
  await storeDecisions(tx, judged, now)
  const closed = judged.filter(({ decision }) => decision.stage === 'closed')
  await lapse(
    tx,
    closed.map(({ rectification: { id } }) => id),
    now,
  )
  await pictureAfter(
    tx,
    closed.map(({ rectification: { id, site_id, rules } }) => ({ id, siteId: site_id, rules })),
    now,
  )
  const told = judged.filter(({ rectification, decision }) => decision.stage !== rectification.stage)
  return factsOf(
    tx,
    told.map(({ rectification, decision }) => ({
      id: rectification.id,
      kind: FACT_OF[decision.stage],
      text: decision.verification.result,
    })),
    now,
  )
}

/**
 * A scan that had begun before the submission may have visited a link before it was mended: once it is over, those that it found broken are
 * visited again, and decide. Those that stay hidden wait for the next scan.
 */
async function seeOvertakenLinks(
  tx: Tx,
  rectifications: readonly SubmittedRectificationRow[],
  now: number,
): Promise<void> {
  for (const { rules, links_overtaken, site_id } of rectifications) {
    if (links_overtaken && rules.includes('LINKS')) {
      await recheckSoon(tx, site_id, new Date(now), { unlessAsked: true })
    }
  }
}

/**
 * The rectifications of which too little was seen of the columns since they were submitted for sending them back. What of them a
 * browser has still to draw is ordered again, since it may have been tried in vain. After as long as a drawing stands nobody waits any
 * more: a page that never answers would keep the rectification back without end, and what is known of it decides.
 */
async function unsureColumns(
  tx: Tx,
  rectifications: readonly SubmittedRectificationRow[],
  now: number,
): Promise<ReadonlySet<number>> {
  const waitsSince = now - RENDERING.standsHours * HOUR
  const about = rectifications.filter(
    ({ rules, columns_unread, submitted_at }) =>
      rules.includes('V3') && !columns_unread && submitted_at.getTime() > waitsSince,
  )
  const unsure = new Set<number>()
  if (about.length === 0) return unsure
  const by = { canRender: await canRender(tx, now), today: localDay(now) }
  for (const { id, site_id, submitted_at } of about) {
    const { v3, open } = await judgeSince(tx, site_id, { ...by, since: submitted_at })
    if (v3 === 'violated' || v3 === 'warning') continue
    unsure.add(id)
    if (by.canRender && open.length > 0) await askColumns(tx, [{ siteId: site_id, columns: open }], now)
  }
  return unsure
}

/** The decision on a rectification after the visits of its site since it was submitted; null when there are none. */
function judge(
  rectification: SubmittedRectificationRow,
  visits: readonly MeasuredVisit[],
  neededVisits: number,
  unsure: ReadonlySet<number>,
): Judged | null {
  const submittedMs = rectification.submitted_at.getTime()
  const since = visits
    .filter((visit) => visit.siteId === rectification.site_id && visit.atMs > submittedMs)
    .sort((a, b) => a.atMs - b.atMs)
  let wasRead = rectification.finding_at !== null && rectification.finding_at.getTime() > submittedMs
  let decision: RectificationDecision | null = null
  for (const visit of since) {
    wasRead ||= visit.readAgain
    const verification: Verification =
      decision?.verification ??
      rectification.verification ??
      startVerification(rectification.rules, neededVisits)
    const submitted = {
      rules: rectification.rules,
      verification,
      wasRead,
      newestBefore: rectification.newest_before,
    }
    const columnsRead = wasRead && !rectification.columns_unread
    const judged = judgeRectification(
      {
        ...{ ...submitted, columnsRead, columnsUnsure: unsure.has(rectification.id) },
        ...{ links: linksOf(rectification, submittedMs), problems: problemsOf(rectification, submittedMs) },
      },
      visit,
    )
    const measuredAt = new Date(visit.atMs).toISOString()
    decision = { ...judged, verification: { ...judged.verification, measuredAt } }
    if (decision.stage !== 'verifying') break
  }
  return decision && { rectification, decision }
}

function linksOf(
  { links_at, links_found }: SubmittedRectificationRow,
  submittedMs: number,
): SubmittedRectification['links'] {
  if (links_at === null || links_found === null || links_at.getTime() <= submittedMs) return 'unseen'
  return linksSeverity(links_found, rulesInForce()) === null ? 'mended' : 'broken'
}

function problemsOf(
  { looked_at, problems: { seen, unseen } }: SubmittedRectificationRow,
  submittedMs: number,
): SubmittedRectification['problems'] {
  if (seen > 0) return 'there'
  return unseen > 0 || looked_at === null || looked_at.getTime() <= submittedMs ? 'unseen' : 'gone'
}

/** The version moves with the stage only, so that counting a visit overtakes nobody. */
async function storeDecisions(tx: Tx, judged: readonly Judged[], now: number): Promise<void> {
  const rows = judged.map(({ rectification, decision }) => ({ id: rectification.id, ...decision }))
  await sql`
    update rectification set
      stage = d.stage, verification = d.verification,
      closed_at = case when d.stage = 'closed' then ${new Date(now)}::timestamptz end,
      returned_count = returned_count + (d.stage = 'returned')::int,
      version = version + (d.stage <> rectification.stage)::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(id int, stage text, verification jsonb)
    where rectification.id = d.id
  `.execute(tx)
}

/**
 * Re-opens rectifications whose site fails by the same rule again within 30 days of being closed (整改一阵风), with as
 * many working days as it had at first. The alert joins those that the rectification is to cure.
 * @param facts what `followAlerts` returned in this transaction.
 * @param now epoch ms.
 * @returns the facts; the caller appends them after those of the alerts.
 */
export async function followRelapses(tx: Tx, facts: readonly NewFact[], now: number): Promise<NewFact[]> {
  const failing = facts.flatMap((fact) => {
    const isComing = ['alert.opened', 'alert.reopened', 'alert.raised'].includes(fact.kind)
    return isComing && 'alert' in fact.data && isFailure(fact.data.alert) ? [fact.data.alert.id] : []
  })
  if (failing.length === 0) return []
  const relapsed = await lockRelapsed(tx, failing, now)
  if (relapsed.length === 0) return []
  const by = await reckoningIn(tx, now)
  const rows = relapsed.map((row) => {
    const term = row.due_hours === null ? { workdays: row.due_workdays } : { hours: row.due_hours }
    return { id: row.id, alert_id: row.alert_id, ...termOf(by, term) }
  })
  await storeRelapses(tx, rows)
  const ids = [...new Set(relapsed.map((row) => row.id))]
  // What was asked for before it was closed is asked for no more.
  await lapse(tx, ids, now)
  return factsOf(
    tx,
    ids.map((id) => ({ id, kind: 'rectification.relapsed', text: null })),
    now,
  )
}

async function storeRelapses(
  tx: Tx,
  rows: readonly (Term & { id: number; alert_id: number })[],
): Promise<void> {
  const json = JSON.stringify(rows)
  await sql`
    update rectification set stage = 'returned', closed_at = null, relapses = relapses + 1,
      overridden = false, due_on = r.due_on, at_risk_on = r.at_risk_on, due_at = r.due_at, due_hours = r.due_hours,
      due_from = r.due_from, due_in = r.due_in, due_provisional = r.due_provisional,
      calendar_revision = r.calendar_revision, pause = null, version = version + 1,
      verification = case when verification is null then null
        else jsonb_set(verification, '{result}', '"relapsed"') end
    from (select distinct on (id) * from jsonb_to_recordset(${json}::jsonb) as r(id int, due_on text, at_risk_on text,
      due_at timestamptz, due_hours int, due_from text, due_in int, due_provisional boolean,
      calendar_revision int)) r
    where rectification.id = r.id
  `.execute(tx)
  await sql`
    insert into rectification_alert (rectification_id, alert_id)
    select id, alert_id from jsonb_to_recordset(${json}::jsonb) as r(id int, alert_id int)
    on conflict do nothing
  `.execute(tx)
}

async function factsOf(
  tx: Tx,
  changes: readonly { id: number; kind: RectificationFactKind; text: string | null }[],
  now: number,
): Promise<NewFact[]> {
  const rectifications = await rectificationsById(
    tx,
    changes.map((change) => change.id),
  )
  return changes.flatMap(({ id, kind, text }) => {
    const rectification = rectifications.get(id)
    return rectification ? [factOf(kind, rectification, null, text, now)] : []
  })
}

import { sql } from 'kysely'
import type { Db } from '../../server/base/db/database.ts'
import { lastSeq } from '../../server/base/facts/log.ts'
import { factsAfter } from '../../server/desk/facts/told.ts'
import type { Fact } from '../../shared/base/facts.ts'
import { MINUTE, SECOND } from '../../shared/base/time.ts'

import { INTERVAL_S, isFailure, LIMIT_MS, type Span, type Story, type Trouble } from './story.ts'

/** How the monitor's word compares with the truth. */
export interface Score {
  /**
   * Times that a site was called down although by the truth it answered at every instant from the first counted
   * miss to the end of the confirming visit, or failed in nothing but the monitor's line (an instant without an
   * answer, a single miss, is no excuse). Also if it was taken back later.
   */
  readonly falseDown: readonly string[]
  /**
   * Outages of more than two intervals, outside of faults of the line, during which the site was never called
   * down.
   */
  readonly missed: readonly string[]
  /** Outages of more than two intervals, outside of faults of the line. */
  readonly outages: number
  readonly found: number
  /** From the beginning of those outages to the end of the visit that confirmed them, faults of the line left out, ms. */
  readonly delaysMs: readonly number[]
  /** Shorter outages that were called down all the same. */
  readonly shortFound: number
  readonly healed: number
  readonly lineFaults: number
  /** Faults during which or within a minute of which the line was in doubt. */
  readonly lineSeen: number
  readonly lineIncidents: number
  /** Doubts while the line was up by the truth. */
  readonly lineFalse: number
  readonly incidents: number
  /** Incidents of a platform, address or certificate of which fewer than three sites failed by the truth. */
  readonly incidentsFalse: number
  readonly visits: number
  readonly excluded: number
  /** Counted misses of sites that answered by the truth and only the line failed. */
  readonly wronglyCounted: number
  readonly transient: number
}

const OUTAGE_MS = 2 * INTERVAL_S * SECOND
/** A doubt may end so long after the fault. */
const LATE_MS = 2 * MINUTE

interface Claim extends Span {
  readonly index: number
  readonly firstMissMs: number
  readonly confirmedMs: number
}

export async function scoreOf(db: Db, story: Story, ids: ReadonlyMap<number, number>): Promise<Score> {
  const facts = await allFacts(db)
  const claims = claimsOf(facts, ids, story)
  const outages = story.troubles.map((troubles) => mergeOutages(troubles))
  const falseDown = claims.filter((claim) => isFalse(claim, story.troubles[claim.index] ?? []))
  const long = outages.flatMap((spans, index) =>
    spans.filter((span) => visibleMs(span, story) > OUTAGE_MS).map((span) => ({ ...span, index })),
  )
  const first = long.map((outage) => ({
    outage,
    claim: claims.find(
      ({ index, start, end }) => index === outage.index && start < outage.end && outage.start < end,
    ),
  }))
  const found = first.flatMap(({ outage, claim }) => (claim ? [{ outage, claim }] : []))
  return {
    falseDown: falseDown.map((claim) => describe(story, claim.index, claim)),
    missed: first.flatMap(({ outage, claim }) => (claim ? [] : [describe(story, outage.index, outage)])),
    outages: long.length,
    found: found.length,
    delaysMs: found.map(({ outage, claim }) => delayMs(outage.start, claim.confirmedMs, story)),
    shortFound: claims.length - falseDown.length - new Set(found.map(({ claim }) => claim)).size,
    healed: healedIn(facts),
    ...lineScore(facts, story),
    ...(await incidentScore(db, story, ids)),
    ...(await visitScore(db, story, ids)),
  }
}

async function allFacts(db: Db): Promise<Fact[]> {
  return factsAfter(db, 0, await lastSeq(db))
}

function claimsOf(facts: readonly Fact[], ids: ReadonlyMap<number, number>, { end }: Story): Claim[] {
  const open = new Map<number, Omit<Claim, 'end'>>()
  const claims: Claim[] = []
  for (const fact of facts) {
    if (fact.kind !== 'site.changed' || fact.siteId === null) continue
    const index = ids.get(fact.siteId) as number
    const { after } = fact.data
    const atMs = Date.parse(fact.at)
    const claim = open.get(index)
    if (after.availability === 'down' && !claim) {
      const confirmedMs = atMs + (after.cause === 'timeout' ? LIMIT_MS : 0)
      open.set(index, { index, start: atMs, firstMissMs: Date.parse(after.since), confirmedMs })
    } else if (after.availability !== 'down' && claim) {
      claims.push({ ...claim, end: atMs })
      open.delete(index)
    }
  }
  return [...claims, ...[...open.values()].map((claim) => ({ ...claim, end }))]
}

function isFalse({ firstMissMs, confirmedMs }: Claim, troubles: readonly Trouble[]): boolean {
  return !troubles.some(
    ({ start, end, kind }) => isFailure(kind) && start <= confirmedMs && firstMissMs < end,
  )
}

/** Outages without a gap between them are one. */
function mergeOutages(troubles: readonly Trouble[]): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end, kind } of troubles) {
    if (!isFailure(kind)) continue
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** Time from `start` to `end` in which the line did not fail. */
function delayMs(start: number, end: number, { line }: Story): number {
  const lost = line.map((fault) => Math.max(0, Math.min(end, fault.end) - Math.max(start, fault.start)))
  return Math.max(0, end - start - lost.reduce((sum, ms) => sum + ms, 0))
}

/** The longest part of an outage outside of faults of the line. */
function visibleMs(span: Span, { line }: Story): number {
  let parts = [span]
  for (const fault of line) {
    parts = parts.flatMap((part) => [
      { start: part.start, end: Math.min(part.end, fault.start) },
      { start: Math.max(part.start, fault.end), end: part.end },
    ])
    parts = parts.filter(({ start, end }) => start < end)
  }
  return Math.max(0, ...parts.map(({ start, end }) => end - start))
}

function healedIn(facts: readonly Fact[]): number {
  return facts.filter(
    ({ kind, data }) =>
      kind === 'site.changed' && data.before?.availability === 'suspect' && data.after.availability === 'up',
  ).length
}

function lineScore(facts: readonly Fact[], { line }: Story) {
  const doubts = facts.flatMap((fact) =>
    (fact.kind === 'alert.opened' || fact.kind === 'alert.reopened') && fact.data.alert.rule === 'LINE'
      ? [Date.parse(fact.at)]
      : [],
  )
  const isOf = (atMs: number) => line.find(({ start, end }) => start <= atMs && atMs < end + LATE_MS)
  return {
    lineFaults: line.length,
    lineSeen: new Set(doubts.flatMap((atMs) => isOf(atMs) ?? [])).size,
    lineIncidents: doubts.length,
    lineFalse: doubts.filter((atMs) => !isOf(atMs)).length,
  }
}

async function incidentScore(db: Db, story: Story, ids: ReadonlyMap<number, number>) {
  const rows = await db
    .selectFrom('incident')
    .innerJoin('alert', 'alert.incident_id', 'incident.id')
    .select(['incident.id', 'incident.opened_at', 'alert.site_id'])
    .where('alert.rule', '=', 'DOWN')
    .execute()
  const all = await db.selectFrom('incident').select('id').execute()
  const failing = new Map<number, number>()
  for (const { id, opened_at, site_id } of rows) {
    const atMs = opened_at.getTime()
    const troubles = story.troubles[ids.get(site_id as number) as number] ?? []
    const isFailing = troubles.some(
      ({ kind, start, end }) => isFailure(kind) && start < atMs + 3 * MINUTE && atMs - 3 * MINUTE < end,
    )
    if (isFailing) failing.set(id, (failing.get(id) ?? 0) + 1)
  }
  // Members of an incident that is over may have been re-opened on their own since.
  return {
    incidents: all.length,
    incidentsFalse: [...new Set(rows.map(({ id }) => id))].filter((id) => (failing.get(id) ?? 0) === 0)
      .length,
  }
}

async function visitScore(db: Db, story: Story, ids: ReadonlyMap<number, number>) {
  const { rows } = await sql<{ visits: number; excluded: number }>`
    select count(*)::int as visits, (count(*) filter (where excluded))::int as excluded from visit
  `.execute(db)
  const misses = await db
    .selectFrom('visit')
    .select(['site_id', 'at'])
    .where('outcome', '=', 1)
    .where('excluded', '=', false)
    .execute()
  let wronglyCounted = 0
  let transient = 0
  for (const { site_id, at } of misses) {
    const atMs = at.getTime()
    const troubles = story.troubles[ids.get(site_id) as number] ?? []
    if (troubles.some(({ kind, start, end }) => isFailure(kind) && start <= atMs && atMs < end)) continue
    if (story.line.some(({ start, end }) => start - LIMIT_MS <= atMs && atMs < end)) wronglyCounted++
    else transient++
  }
  return { ...(rows[0] ?? { visits: 0, excluded: 0 }), wronglyCounted, transient }
}

function describe({ sites, troubles, line }: Story, index: number, span: Span): string {
  const iso = (ms: number) => new Date(ms).toISOString().slice(5, 19)
  const of = (spans: readonly (Span & { kind: string })[]) =>
    spans
      .filter(({ start, end }) => start < span.end + 10 * MINUTE && span.start - 10 * MINUTE < end)
      .map(({ kind, start, end }) => `${kind} ${iso(start)}–${iso(end)}`)
      .join(', ')
  const spans = `${iso(span.start)}–${iso(span.end)}`
  return `${sites[index]?.host} ${spans} [${of(troubles[index] ?? [])}] line [${of(line)}]`
}

import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { cut } from '../../../shared/base/text.ts'
import { hotlineOn } from '../../../shared/census/letters/letters-rules.ts'
import { answersCounted } from '../../../shared/census/score-sheets/answers-rules.ts'
import type { Counted, SheetOf } from '../../../shared/census/score-sheets/sheets-rules.ts'
import {
  type ColumnClass,
  type ColumnState,
  childrenAmong,
  columnStateOf,
  judgeColumns,
} from '../../../shared/monitor/columns/columns.ts'
import { foundBy, type PersonFindingFacts } from '../../../shared/monitor/findings/findings.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { DEFAULT_SETTINGS, type LinkKind, linkRule } from '../../../shared/monitor/links/links.ts'
import { judgeMessages } from '../../../shared/monitor/messages/messages-rules.ts'
import { type RuleSet, ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { judgeV1, judgeV2, v2WindowStart } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Db } from '../../base/db/database.ts'
import { each, inSlices } from '../../base/slices.ts'
import { readingOf } from '../../monitor/columns/judge.ts'
import { isShown, MEASURES, type MeasureRow } from '../../monitor/columns/queries.ts'
import { shownTitle } from '../../monitor/findings/shown.ts'
import { lastScans } from '../../monitor/links/queries.ts'
import { messageVerdicts } from '../../monitor/messages/queries.ts'
import { rendererIsThere } from '../../monitor/rendering/ask.ts'
import { renderedOf } from '../../monitor/rendering/rules.ts'
import { homeRendered } from '../../monitor/rendering/store.ts'
import { v1Counts } from '../../monitor/verdicts/queries.ts'
import { unansweredLetters } from '../letters/unanswered.ts'
import { countsInspected, inspectedOf } from './inspected.ts'
import { personsFindings } from './persons.ts'

/** Columns, addresses that a line names. */
const NAMED = 5
/** Characters of each. */
const MOST_TEXT = 200

const BY_SOURCE = { bySource: true } as const

type CountedBy = Record<string, Counted | undefined>

/** The instant up to which is measured, and the local day that it lies in. */
export interface Day {
  readonly atMs: number
  readonly today: string
}

/**
 * What the monitor has measured of sites, by rule, as it stands on a day, with what persons have found laid over it. What
 * nobody can say anything of is left out.
 * @returns one entry for each of `siteIds` that is a site.
 */
export async function measureSites(
  db: Db,
  siteIds: readonly number[],
  edition: EditionBody,
  day: Day,
): Promise<Map<number, SheetOf>> {
  const rules = ruleSetOf(edition)
  const [visits, states, columns, links, letters, messages, inspected, persons] = [
    await v1Counts(db, siteIds, day.atMs, rules),
    await statesOf(db, siteIds, day.atMs),
    await columnsOf(db, siteIds),
    await brokenOf(db, siteIds),
    await unansweredLetters(db, siteIds, day.today),
    await messageVerdicts(db, siteIds, day),
    await inspectedOf(db, siteIds, day.atMs),
    await personsFindings(db, siteIds, edition, day.atMs),
  ]
  const of = (state: StateRow): SheetOf => {
    const { id, level } = state
    const isPortal = level.endsWith('_portal')
    const rule = hotlineOn(day.today).unanswered.rule
    const answers = answersCounted(rule, letters.get(id), messages.get(id) ?? judgeMessages([], day.today))
    const found: CountedBy = {
      ...homeOf(visits.get(id), rules),
      ...updateOf(state, day, rules),
      ...columnsCounted(columns.get(id) ?? [], day, rules, state.can_render),
      ...linksCounted(links.get(id)),
      ...answers.counted,
      ...countsInspected(inspected.get(id) ?? [], isPortal),
    }
    const counted = withoutPersons(persons.over(id, found), day.today)
    return { counted, isPortal, apart: answers.apart }
  }
  return new Map(await inSlices(each(states, (state) => [state.id, of(state)] as const)))
}

/** What counts are proven by, without persons that titles and addresses name. */
const withoutPersons = (counts: SheetOf['counted'], today: string): SheetOf['counted'] =>
  Object.fromEntries(
    Object.entries(counts).map(([rule, one]) => [
      rule,
      one?.proof ? { ...one, proof: one.proof.map((text) => shownTitle(text, today)) } : one,
    ]),
  )

const counted = (by: Counted['by'], count: number, proof: readonly string[]): Counted => ({
  by,
  count,
  // They come from pages and registers, and are kept with every day.
  proof: proof.slice(0, NAMED).map((text) => cut(text, MOST_TEXT)),
})
const machine = (count: number, proof: readonly string[] = []): Counted => counted('machine', count, proof)

/** Too few visits say nothing. */
function homeOf(counts: Parameters<typeof judgeV1>[0] | undefined, rules: RuleSet): CountedBy {
  if (!counts || counts.total === 0 || judgeV1(counts, rules).verdict === 'insufficient') return {}
  const percent = (counts.failed * 100) / counts.total
  const proof = [`${counts.failed}/${counts.total}`]
  return { V1: machine(percent, proof), S1: machine(percent, proof) }
}

/**
 * Items of the two weeks to the day, whatever has been published since: a page that is not read again goes on ageing. A
 * person's finding stands above the monitor's; how many items there are it does not say, nor does an entrance, nor a page
 * of which part was not seen, so that S3 is left open.
 */
function updateOf(state: StateRow, day: Day, rules: RuleSet): CountedBy {
  const { finding, said } = state
  const found = foundBy(finding, said, day.atMs)
  const verdict = judgeV2(found, day.today, rules)
  if (verdict === 'insufficient') return {}
  const isSaid = found !== finding
  const n = finding ? itemsTo(finding, day.today, rules) : 0
  const by = isSaid ? ('person' as const) : ('machine' as const)
  const proof = !isSaid && finding?.evidence ? [finding.evidence.text] : []
  const isViolated = verdict === 'violated'
  const isUnseen = !isSaid && homeRendered(state, {}, day.atMs) === 'no_renderer'
  const V2 = { ...counted(by, isViolated ? 0 : Math.max(1, n), proof), ...(isUnseen && BY_SOURCE) }
  const isCounted = !isSaid && finding && !finding.entrance && finding.unseen === undefined
  // A date that stands alone tells that there is something new, and not how much.
  return isCounted && (isViolated || n > 0) ? { V2, S3: V2 } : { V2 }
}

function itemsTo({ items, pages, recent }: Finding, today: string, rules: RuleSet): number {
  // Those of the pages behind an entrance are kept as a sum.
  if (pages) return recent
  const since = v2WindowStart(today, rules)
  const seen = items.filter(({ date }) => date >= since && date <= today).length
  // Only the newest are kept by name.
  return seen === items.length ? Math.max(seen, recent) : seen
}

const bySite = <T extends { readonly site_id: number }>(rows: readonly T[]): Map<number, T[]> =>
  groupBy(rows, ({ site_id }) => site_id)

interface StateRow {
  readonly id: number
  readonly level: Level
  readonly finding: Finding | null
  readonly said: PersonFindingFacts | null
  readonly can_render: boolean
  readonly drawn_at: Date | null
}

async function statesOf(db: Db, siteIds: readonly number[], atMs: number): Promise<StateRow[]> {
  const rows = await db
    .selectFrom('site')
    .innerJoin('site_state as state', 'state.site_id', 'site.id')
    .leftJoin('site_said as said', 'said.site_id', 'site.id')
    .leftJoin('site_rendering as r', 'r.site_id', 'site.id')
    .select(['site.id', 'site.level', 'state.finding', 'r.drawn_at'])
    .select(rendererIsThere(atMs).as('can_render'))
    .select(['said.updated_on', 'said.machine_newest', 'said.expires_at'])
    .where('site.id', 'in', [...siteIds])
    .execute()
  return rows.map(({ updated_on, machine_newest, expires_at, ...row }) => ({
    ...row,
    said: expires_at && {
      ...{ updatedOn: updated_on, machineNewest: machine_newest, untilMs: expires_at.getTime() },
    },
  }))
}

type NamedColumn = MeasureRow & { readonly name: string }

async function columnsOf(db: Db, siteIds: readonly number[]): Promise<Map<number, NamedColumn[]>> {
  const { rows } = await sql<NamedColumn>`
    select ${MEASURES}, c.name from site_column c where c.site_id = any(${siteIds}::int[]) and ${isShown} order by c.id
  `.execute(db)
  return bySite(rows)
}

const CLASSES: Readonly<Record<string, readonly ColumnClass[]>> = {
  V3a: ['news', 'notice', 'policy'],
  V3b: ['news', 'notice', 'policy', 'personnel', 'plan', 'daily'],
  S4a: ['news'],
  S4b: ['notice', 'policy'],
  S4c: ['personnel', 'plan'],
}
const NOT_UPDATED: readonly ColumnState[] = ['stale', 'undated']

/** Columns that could not be measured are never a pass: of a veto that they could reach nothing is said. */
function columnsCounted(
  rows: readonly NamedColumn[],
  { atMs, today }: Day,
  rules: RuleSet,
  canRender: boolean,
): CountedBy {
  const isChild = childrenAmong(rows.map(({ url }) => url))
  const columns = rows
    .filter((_, at) => !(rules.countsTopLevelOnly && isChild[at]))
    .map((row) => ({
      ...{ name: row.name, url: row.url, class: row.class, drawnAt: row.drawn_at },
      state: columnStateOf(readingOf(row), today, rules),
    }))
  if (columns.every(({ state }) => state === 'unknown')) return {}
  const faulty = (rule: string) =>
    columns.filter((one) =>
      rule === 'V3c'
        ? one.state === 'blank'
        : CLASSES[rule]?.includes(one.class) && NOT_UPDATED.includes(one.state),
    )
  const measured = judgeColumns(columns, null, rules).vetoes.filter(
    ({ verdict }) => verdict !== 'insufficient',
  )
  const said = [...measured.map(({ rule }) => rule), 'S4a', 'S4b', 'S4c']
  return Object.fromEntries(
    said.map((rule) => {
      const found = faulty(rule)
      const names = found.map(({ name }) => name)
      const drawnAt = found.map((one) => one.drawnAt)
      const isUnseen = found.length > 0 && renderedOf(drawnAt, canRender, atMs) === 'no_renderer'
      const targets = found.flatMap(({ url }) => url ?? [])
      return [rule, { ...machine(found.length, names), targets, ...(isUnseen && BY_SOURCE) }]
    }),
  )
}

interface Broken {
  readonly site_id: number
  readonly kind: LinkKind | null
  readonly on_home: boolean
  readonly n: number
  readonly some: readonly string[] | null
  /** Links of the scan that could not be judged, by indicator. */
  readonly unjudged: Readonly<Record<string, number>> | null
  /** People had it look at less than is looked at without them, and there was more. */
  readonly narrow: boolean
  /** They had it look less deep: what the home page links to it has seen, unless it is narrow as well. */
  readonly shallow: boolean
}

/** Certain ones of each site's last scan that came to its end. The home page itself is V1's business. */
async function brokenOf(db: Db, siteIds: readonly number[]): Promise<Map<number, Broken[]>> {
  const { depth, links, pages } = DEFAULT_SETTINGS
  const { rows } = await sql<Broken>`
    with last as (${lastScans(siteIds)})
    select last.site_id, target.kind, coalesce(target.on_home, false) as on_home, count(target.id)::int as n,
      (array_agg(target.url order by target.id))[1:${sql.lit(NAMED)}] as some, scan.unjudged,
      (scan.is_cut and (scan.max_depth < ${depth} or scan.max_links < ${links} or scan.max_pages < ${pages})) as narrow,
      scan.max_depth < ${depth} as shallow
    from last join link_scan scan on scan.id = last.id left join link_target target
      on target.scan_id = last.id and target.state = 'confirmed' and target.depth > 0
    group by 1, 2, 3, scan.id`.execute(db)
  return bySite(rows)
}

/** Rules on links of all pages. */
const BEYOND_HOME: readonly string[] = ['S2b', 'S9b', 'S10']

function linksCounted(groups: readonly Broken[] | undefined): CountedBy {
  // Of a site that was never scanned nothing is known.
  if (!groups) return {}
  const found: CountedBy = { S2a: machine(0), S2b: machine(0), S9b: machine(0), S10: machine(0) }
  for (const { kind, on_home, n, some } of groups) {
    if (kind === null) continue
    const rule = linkRule(kind, on_home)
    const before = found[rule]
    found[rule] = machine((before?.count ?? 0) + n, [...(before?.proof ?? []), ...(some ?? [])])
  }
  // Where the site answers with a page whatever it is asked for, or too little was looked at, that nothing was found says nothing.
  const { narrow = false, shallow = false, unjudged = null } = groups[0] ?? {}
  const unseen = [...(narrow ? ['S2a'] : []), ...(narrow || shallow ? BEYOND_HOME : [])]
  for (const rule of [...unseen, ...Object.keys(unjudged ?? {})])
    if (found[rule]?.count === 0) delete found[rule]
  return found
}

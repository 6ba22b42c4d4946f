import { sql } from 'kysely'
import type { Counted, SheetOf } from '../../../shared/census/sheets/sheets-rules.ts'
import {
  type ColumnClass,
  type ColumnState,
  childrenAmong,
  columnStateOf,
  judgeColumns,
} from '../../../shared/monitor/columns/columns.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { type LinkKind, linkRule } from '../../../shared/monitor/links/links.ts'
import { type RuleSet, ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { judgeV1 } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { EditionBody } from '../../../shared/register/editions/editions.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import type { Db } from '../../base/db/database.ts'
import { readingOf } from '../../monitor/columns/judge.ts'
import { isShown, MEASURES, type MeasureRow } from '../../monitor/columns/queries.ts'
import { v1Counts } from '../../monitor/verdicts/queries.ts'

/** Columns, addresses that a line names. */
const NAMED = 5

type CountedBy = Record<string, Counted | undefined>

/**
 * What the monitor has measured of sites, by rule, as it stands at `atMs`. What it cannot say anything of is left out.
 * @param today local day of `atMs`.
 * @returns one entry for each of `siteIds` that is a site.
 */
export async function measureSites(
  db: Db,
  siteIds: readonly number[],
  edition: EditionBody,
  { atMs, today }: { readonly atMs: number; readonly today: string },
): Promise<Map<number, SheetOf>> {
  const rules = ruleSetOf(edition)
  const [visits, states, columns, links] = [
    await v1Counts(db, siteIds, atMs, rules),
    await statesOf(db, siteIds),
    await columnsOf(db, siteIds),
    await brokenOf(db, siteIds),
  ]
  return new Map(
    states.map(({ id, level, v2, finding }) => {
      const counted: CountedBy = {
        ...homeOf(visits.get(id), rules),
        ...updateOf(v2, finding),
        ...columnsCounted(columns.get(id) ?? [], today, rules),
        ...linksCounted(links.get(id)),
      }
      return [id, { counted, isPortal: level.endsWith('_portal') }]
    }),
  )
}

const machine = (count: number | null, proof: readonly string[] = []): Counted => ({
  ...{ count, by: 'machine', proof: proof.slice(0, NAMED) },
})

/** Too few visits say nothing. */
function homeOf(counts: Parameters<typeof judgeV1>[0] | undefined, rules: RuleSet): CountedBy {
  if (!counts || counts.total === 0 || judgeV1(counts, rules).verdict === 'insufficient') return {}
  const percent = (counts.failed * 100) / counts.total
  const proof = [`${counts.failed}/${counts.total}`]
  return { V1: machine(percent, proof), S1: machine(percent, proof) }
}

/** An entrance has no columns of its own whose items could be counted for S3. */
function updateOf(v2: Verdict, finding: Finding | null): CountedBy {
  if (v2 === 'insufficient' || finding === null) return {}
  const items = v2 === 'violated' ? 0 : Math.max(1, finding.recent)
  const proof = finding.evidence?.text ? [finding.evidence.text] : []
  return { V2: machine(items, proof), ...(finding.entrance ? {} : { S3: machine(items, proof) }) }
}

function bySite<T extends { readonly site_id: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.site_id)
    if (group) group.push(row)
    else groups.set(row.site_id, [row])
  }
  return groups
}

interface StateRow {
  id: number
  level: Level
  v2: Verdict
  finding: Finding | null
}

async function statesOf(db: Db, siteIds: readonly number[]): Promise<StateRow[]> {
  const { rows } = await sql<StateRow>`
    select site.id, site.level, state.v2, state.finding from site join site_state state on state.site_id = site.id
    where site.id = any(${siteIds}::int[])`.execute(db)
  return rows
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
function columnsCounted(rows: readonly NamedColumn[], today: string, rules: RuleSet): CountedBy {
  const isChild = childrenAmong(rows.map(({ url }) => url))
  const columns = rows
    .filter((_, at) => !(rules.countsTopLevelOnly && isChild[at]))
    .map((row) => ({ name: row.name, class: row.class, state: columnStateOf(readingOf(row), today, rules) }))
  if (columns.every(({ state }) => state === 'unknown')) return {}
  const names = (rule: string) =>
    columns
      .filter((one) =>
        rule === 'V3c'
          ? one.state === 'blank'
          : CLASSES[rule]?.includes(one.class) && NOT_UPDATED.includes(one.state),
      )
      .map(({ name }) => name)
  const { vetoes, deductions } = judgeColumns(columns, null, rules)
  return Object.fromEntries([
    ...vetoes
      .filter(({ verdict }) => verdict !== 'insufficient')
      .map(({ rule, count }) => [rule, machine(count, names(rule))]),
    ...deductions
      .filter(({ rule }) => rule in CLASSES)
      .map(({ rule, count }) => [rule, machine(count, names(rule))]),
  ])
}

interface Broken {
  readonly site_id: number
  readonly kind: LinkKind | null
  readonly on_home: boolean
  readonly n: number
  readonly some: readonly string[] | null
}

/** Certain ones of each site's last scan that came to its end. The home page itself is V1's business. */
async function brokenOf(db: Db, siteIds: readonly number[]): Promise<Map<number, Broken[]>> {
  const { rows } = await sql<Broken>`
    with last as (
      select distinct on (site_id) site_id, id from link_scan
      where site_id = any(${siteIds}::int[]) and state = 'done' and pages > 0 order by site_id, id desc
    )
    select last.site_id, target.kind, coalesce(target.on_home, false) as on_home, count(target.id)::int as n,
      (array_agg(target.url order by target.id))[1:${sql.lit(NAMED)}] as some
    from last left join link_target target
      on target.scan_id = last.id and target.state = 'confirmed' and target.depth > 0
    group by 1, 2, 3`.execute(db)
  return bySite(rows)
}

function linksCounted(groups: readonly Broken[] | undefined): CountedBy {
  // Of a site that was never scanned nothing is known.
  if (!groups) return {}
  const found = { S2a: machine(0), S2b: machine(0), S9b: machine(0), S10: machine(0) }
  for (const { kind, on_home, n, some } of groups) {
    if (kind === null) continue
    const rule = linkRule(kind, on_home)
    const before = found[rule]
    found[rule] = machine((before.count ?? 0) + n, [...(before.proof ?? []), ...(some ?? [])])
  }
  return found
}

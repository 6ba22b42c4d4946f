import { sql } from 'kysely'
import type { DocumentData, Value } from '../../../../shared/census/documents/documents.ts'
import type { SheetResult } from '../../../../shared/census/score-sheets/sheets.ts'
import { SHEET_OUTCOMES, scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody } from '../../../../shared/register/rule-editions/editions.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import type { Lifecycle } from '../../../../shared/register/sites/sites-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { type Day, measureSites } from '../../score-sheets/measure.ts'
import { col, type Parts, shareOf } from './made.ts'

/** Sites that are measured at a time: between two of them everybody else has their turn. */
const AT_ONCE = 50

export interface ListedSite {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly url: string
  readonly level: Level
  readonly district: string
  readonly unitId: number
  readonly unit: string
  readonly lifecycle: Lifecycle
  readonly isClosed: boolean
  readonly isPaused: boolean
}

/** Sites of a place in the order of their codes, those that are counted no more among them. @param district null: all */
export function sitesOf(
  db: Db,
  district: string | null,
  after: { code: string; limit: number } | null = null,
) {
  let query = db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.name', 'site.url', 'site.level', 'site.district'])
    .select(['site.unit_id as unitId', 'unit.name as unit', 'site.lifecycle'])
    .select(sql<boolean>`(site.pause_reason is not null and site.paused_until is null)`.as('isClosed'))
    .select(sql<boolean>`(site.pause_reason is not null)`.as('isPaused'))
    .orderBy(sql`site.code collate "C"`)
  if (district !== null) query = query.where('site.district', '=', district)
  if (after) query = query.where(sql<boolean>`site.code collate "C" > ${after.code}`).limit(after.limit)
  return query.execute()
}

type Reason = DocumentData['excluded'][number]['reason']

/** Why a site is counted no more; null: it counts. What is exempt or closed leaves the denominator, what is paused rests. */
export function exclusionOf({
  lifecycle,
  isClosed,
  isPaused,
}: Pick<ListedSite, 'lifecycle' | 'isClosed' | 'isPaused'>): Reason | null {
  if (lifecycle === 'merged') return 'merged'
  if (lifecycle === 'exempt') return 'exempt'
  if (lifecycle === 'closed' || lifecycle === 'moved' || isClosed) return 'closed'
  return isPaused || lifecycle === 'paused' ? 'paused' : null
}

/** Those that count, and how many do not for which reason. */
export function counted(sites: readonly ListedSite[]): {
  sites: ListedSite[]
  excluded: DocumentData['excluded']
} {
  const reasons = new Map<Reason, number>()
  const left = sites.filter((site) => {
    const reason = exclusionOf(site)
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    return reason === null
  })
  return { sites: left, excluded: [...reasons].map(([reason, n]) => ({ reason, n })) }
}

export interface JudgedSite extends ListedSite {
  readonly sheet: Pick<SheetResult, 'outcome' | 'points' | 'vetoes' | 'lines'>
  /** Nothing of it was measured. */
  readonly isUnmeasured: boolean
}

/** The score sheets of sites as they stand on a day. @param told hears how many are done */
export async function judged(
  db: Db,
  sites: readonly ListedSite[],
  edition: EditionBody,
  day: Day,
  told: (done: number) => Promise<void> = async () => {},
): Promise<JudgedSite[]> {
  const found: JudgedSite[] = []
  for (let at = 0; at < sites.length; at += AT_ONCE) {
    const some = sites.slice(at, at + AT_ONCE)
    const measured = await measureSites(
      db,
      some.map(({ id }) => id),
      edition,
      day,
    )
    for (const site of some) {
      const of = measured.get(site.id) ?? { counted: {}, isPortal: false }
      const sheet = scoreSheet(edition, of)
      found.push({ ...site, sheet, isUnmeasured: sheet.unmeasured.length === sheet.lines.length })
    }
    await told(found.length)
  }
  return found
}

type Outcome = SheetResult['outcome']
export type Outcomes = Readonly<Record<Outcome, number>>

/** How many came to what. */
export function outcomesOf(results: readonly (Outcome | null)[]): Outcomes {
  const of = (outcome: Outcome) => results.filter((one) => one === outcome).length
  return { passed: of('passed'), failed: of('failed'), vetoed: of('vetoed'), open: of('open') }
}

/**
 * A site passes that neither a veto nor its points fail: `open` ones have, so far, not failed, and are no pass. The share
 * is of those that were settled, and not stated while they are fewer than those that are not.
 */
export function passRate({ passed, failed, vetoed, open }: Outcomes): number | null {
  const settled = passed + failed + vetoed
  return open > settled ? null : shareOf(passed, settled)
}

const WORST_FIRST: readonly Outcome[] = ['vetoed', 'failed', 'open', 'passed']
export const worstFirst = (
  a: { readonly outcome: Outcome; readonly points: number },
  b: { readonly outcome: Outcome; readonly points: number },
): number => WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome) || b.points - a.points

/** The table of outcomes by district, in the order in which districts stand. */
export function addDistricts(
  parts: Parts,
  rows: readonly (Outcomes & { readonly district: string; readonly total: number })[],
): void {
  parts.table(
    'districts',
    [
      col('district', 'district'),
      ...(['total', ...SHEET_OUTCOMES] as const).map((key) => col(key, 'number')),
      col('passRate', 'percent'),
    ],
    rows.map(({ district, total, passed, failed, vetoed, open }) => [
      ...[district, total, passed, failed, vetoed, open],
      passRate({ passed, failed, vetoed, open }),
    ]),
    true,
  )
}

/** Columns of a table of sites with what came of them, and a row of it. */
export const SITE_COLUMNS = [
  col('code'),
  col('site'),
  col('district', 'district'),
  col('unit'),
  col('outcome', 'outcome'),
  col('points', 'number'),
  col('reasons', 'rules'),
]
export const siteRow = (
  { code, name, district, unit }: Pick<ListedSite, 'code' | 'name' | 'district' | 'unit'>,
  { outcome, points, vetoes }: { outcome: Outcome | null; points: number | null; vetoes: readonly string[] },
): Value[] => [code, name, district, unit, outcome, points, [...vetoes]]

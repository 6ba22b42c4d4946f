import { addDays, DAY, dayOfNumber } from '../../base/time.ts'
import { costOf } from '../../register/rule-editions/cost.ts'
import { COLUMN_PERIODS } from '../../register/rule-editions/editions-rules.ts'
import type { Verdict } from '../../register/sites/states.ts'
import type { RuleSet } from '../verdicts/rule-set.ts'
import type { ColumnClass, ColumnCounts, ColumnState, ColumnVerdicts } from './columns.ts'

/**
 * What a column (栏目) is for, which says how old its newest item may be. `other`: it need not be updated at all,
 * as the duties of an office.
 */
export const COLUMN_CLASSES = COLUMN_PERIODS

export const COLUMN_STATES = ['fresh', 'stale', 'undated', 'blank', 'free', 'unknown'] as const

/** What the words of a name say of its class, the surest first: 人事信息 is about persons before it is news. */
const WORDS: readonly (readonly [ColumnClass, RegExp])[] = [
  ['daily', /每日|日报|空气质量|菜价|物价/],
  ['personnel', /人事|任免|招考|招聘|招录|考录|公务员/],
  ['plan', /规划|计划(?!生育)/],
  ['notice', /通知|公告|通告|公示/],
  ['policy', /政策|法规|文件|规章|条例/],
  ['news', /动态|要闻|新闻|快讯|快报|资讯|简讯|速递|头条/],
]

/** The class that a column's name suggests; a person confirms it once. */
export function classifyColumn(name: string): ColumnClass {
  return WORDS.find(([, words]) => words.test(name))?.[0] ?? 'other'
}

/**
 * `day` moved back by calendar months; where the month is shorter, its last day (2015-03-31 minus one month is
 * 2015-02-28). The table's own example: two months before March 1 is January 1.
 */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return dayOfNumber(first.getTime() / DAY)
}

/** The first day of a class's window to `today`, that day included; null for a class without a period. */
export function windowStart(
  kind: ColumnClass,
  today: string,
  { periods }: Pick<RuleSet, 'periods'>,
): string | null {
  const period = periods[kind]
  if (period === null) return null
  return 'days' in period ? addDays(today, -period.days) : monthsBefore(today, period.months)
}

/** What the last readings of a column said. */
export interface ColumnReading {
  readonly class: ColumnClass
  readonly newest: string | null
  /** Items seen, dated or not. */
  readonly items: number
  /** Readings of its own list page without any item, running. */
  readonly blankRuns: number
  /** Its own list page was read; or it has none, and the home page's list is all there is. */
  readonly isWholeRead: boolean
}

/**
 * How a column stands on a day. Blank is one of which neither the home page nor its own shows anything; where the home page has
 * items and its own page none, that page was not understood.
 */
export function columnStateOf(
  column: ColumnReading,
  today: string,
  rules: Pick<RuleSet, 'periods' | 'blankRuns'>,
): ColumnState {
  if (column.items === 0 && column.blankRuns >= rules.blankRuns) return 'blank'
  const since = windowStart(column.class, today, rules)
  if (since === null) return 'free'
  if (column.newest !== null) return column.newest >= since ? 'fresh' : 'stale'
  return column.isWholeRead && column.items > 0 && column.blankRuns === 0 ? 'undated' : 'unknown'
}

/**
 * Which of these columns of a site lie below the folder of another, by their addresses. The unit that the rules count
 * is the top-level column; the table of 2015 does not say so, that of 2019 does (一级栏目).
 */
export function childrenAmong(urls: readonly (string | null)[]): boolean[] {
  const folders = urls.map(folderOf)
  const below = new Set<string>()
  let above: string | null = null
  // What lies below a folder follows it, with nothing between.
  for (const folder of [...new Set(folders)].sort()) {
    if (folder === null) continue
    if (above !== null && folder.startsWith(above)) below.add(folder)
    else if (!folder.endsWith(TOP)) above = folder
  }
  return folders.map((folder) => folder !== null && below.has(folder))
}

/** Behind a host, its top, which is no column. */
const TOP = ' /'

/** The folder of an address behind its host; null for none. */
function folderOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const { host, pathname } = new URL(url)
  return `${host} ${pathname.slice(0, pathname.lastIndexOf('/') + 1)}`
}

export const COLUMN_VETOES = ['V3a', 'V3b', 'V3c'] as const
export const COLUMN_DEDUCTIONS = ['S3', 'S4a', 'S4b', 'S4c'] as const

/** A column as the rules count it. */
export interface CountedColumn {
  readonly class: ColumnClass
  readonly state: ColumnState
}

/**
 * V3a–c 栏目不更新 and the deductions S3 and S4a–c, from the top-level columns of a site. Columns that could not
 * be measured are never a pass: if they could reach the line, nothing is said.
 * @param homeRecent items on the home page in the two weeks to today; null when it was not read.
 */
export function judgeColumns(
  columns: readonly CountedColumn[],
  homeRecent: number | null,
  rules: RuleSet,
): ColumnVerdicts {
  const count = (classes: readonly ColumnClass[], states: readonly ColumnState[]) =>
    columns.filter((column) => classes.includes(column.class) && states.includes(column.state)).length
  const stale = (...classes: ColumnClass[]) => count(classes, ['stale', 'undated'])
  const unknown = (...classes: ColumnClass[]) => count(classes, ['unknown'])
  const isMeasured = columns.some((column) => column.state !== 'unknown')
  const veto = (
    rule: (typeof COLUMN_VETOES)[number],
    n: number,
    open: number,
    limit: number,
    warn = limit,
  ) => ({
    rule,
    count: n,
    limit,
    verdict: isMeasured ? lineVerdict(n, open, limit, warn) : ('insufficient' as const),
  })
  const cost = (rule: (typeof COLUMN_DEDUCTIONS)[number], n: number | null) => {
    const effect = rules.effects.get(rule)
    return { rule, count: n, points: effect && n !== null ? costOf(effect, n, false) : 0 }
  }
  const inPeriod = COLUMN_CLASSES.filter((name) => name !== 'other')
  return {
    vetoes: [
      veto('V3a', stale('news', 'notice', 'policy'), unknown('news', 'notice', 'policy'), rules.v3aVeto),
      veto('V3b', stale(...inPeriod), unknown(...inPeriod), rules.v3bVeto, rules.v3bWarn),
      veto('V3c', count(COLUMN_CLASSES, ['blank']), 0, rules.v3cVeto, rules.v3cWarn),
    ],
    deductions: [
      cost('S3', homeRecent),
      cost('S4a', stale('news')),
      cost('S4b', stale('notice', 'policy')),
      cost('S4c', stale('personnel', 'plan')),
    ],
  }
}

/** V3 栏目不更新 as a whole: any of its three parts is a veto. */
export function v3Of({ vetoes }: Pick<ColumnVerdicts, 'vetoes'>): Verdict {
  const worst = (['violated', 'warning', 'insufficient'] as const).find((name) =>
    vetoes.some((veto) => veto.verdict === name),
  )
  return worst ?? 'ok'
}

export function countsOf({ vetoes }: Pick<ColumnVerdicts, 'vetoes'>): ColumnCounts {
  const of = (rule: (typeof COLUMN_VETOES)[number]) => vetoes.find((veto) => veto.rule === rule)?.count ?? 0
  return { a: of('V3a'), b: of('V3b'), c: of('V3c') }
}

function lineVerdict(count: number, unknown: number, limit: number, warn: number): Verdict {
  if (count >= limit) return 'violated'
  if (count + unknown >= limit) return 'insufficient'
  return count >= warn ? 'warning' : 'ok'
}

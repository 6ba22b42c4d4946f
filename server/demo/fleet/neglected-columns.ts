import type { Verdict } from '../../../shared/register/sites/states.ts'
import { instantOf } from '../cast/calendar.ts'
import type { ColumnNeglect } from '../cast/cast.ts'
import { type Item, itemsBefore, type Publisher } from './publishing.ts'

/** A column besides the five that every site has. */
export interface ExtraColumn {
  readonly slug: string
  readonly name: string
  readonly isBlank: boolean
}

const STALE = ['部门动态', '基层动态', '图片新闻', '公示公告', '政策解读', '执法通告']
const BLANK = ['工作要闻', '通告公示', '法规规章', '招考录用', '专项规划']
const FEW = 3
const ENTRIES = 6
/** The newest item of a stale column is so many days old, and up to `STEP_DAYS` more: over half a year always. */
const LEAST_DAYS = 210
const STEP_DAYS = 120

/** What the monitor should find of a site's columns: V3, and how many columns count for each part of it. */
export function columnsTruth(neglect: ColumnNeglect | null): {
  v3: Verdict
  counts: { a: number; b: number; c: number }
} {
  if (neglect === 'stale') return { v3: 'violated', counts: { a: STALE.length, b: STALE.length, c: 0 } }
  const c = extraColumns(neglect).length
  return { v3: neglect === 'blank' ? 'violated' : neglect ? 'warning' : 'ok', counts: { a: 0, b: 0, c } }
}

export function extraColumns(neglect: ColumnNeglect | null): ExtraColumn[] {
  if (neglect === null) return []
  const isBlank = neglect !== 'stale'
  const names = isBlank ? BLANK.slice(0, neglect === 'blank' ? BLANK.length : FEW) : STALE
  return names.map((name, index) => ({ slug: `${isBlank ? 'kb' : 'lm'}${index + 1}`, name, isBlank }))
}

export function extraPath({ slug }: ExtraColumn): string {
  return `/lm/${slug}/index.html`
}

/** The day after which nobody wrote in the stale columns any more, as it stands on `today`. */
export function abandonedDay(today: number): number {
  return Math.floor((today - LEAST_DAYS) / STEP_DAYS) * STEP_DAYS
}

/** The items of an extra column, newest first; none of a blank one. */
export function extraItems(publisher: Publisher, column: ExtraColumn, today: number): Item[] {
  if (column.isBlank) return []
  const items: Item[] = []
  let skip = Number(column.slug.slice(2))
  for (const item of itemsBefore(publisher, instantOf(abandonedDay(today)))) {
    if (skip-- > 0) continue
    if (items.push(item) === ENTRIES) break
  }
  return items
}

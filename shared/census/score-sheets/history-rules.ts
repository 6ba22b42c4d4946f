import type { SheetLine, SheetResult } from './sheets.ts'

/** Days that are told of at once, and unless others are asked for. */
export const MOST_HISTORY_DAYS = 400
export const HISTORY_DAYS = 183

/** A line of two sheets that is not the same in both; null: the edition of that day has no such rule. */
export interface LineChange {
  readonly rule: string
  readonly before: SheetLine | null
  readonly after: SheetLine | null
}

/** What is otherwise in a later sheet, by rule, in its order; what only the earlier one has comes last. */
export function changesBetween(
  before: Pick<SheetResult, 'lines'>,
  after: Pick<SheetResult, 'lines'>,
): LineChange[] {
  const earlier = new Map(before.lines.map((line) => [line.rule, line]))
  const later = new Set(after.lines.map(({ rule }) => rule))
  const changed = after.lines.flatMap((line): LineChange[] => {
    const was = earlier.get(line.rule) ?? null
    return was && isSame(was, line) ? [] : [{ rule: line.rule, before: was, after: line }]
  })
  const gone = before.lines.filter(({ rule }) => !later.has(rule))
  return [...changed, ...gone.map((line) => ({ rule: line.rule, before: line, after: null }))]
}

const isSame = (one: SheetLine, other: SheetLine): boolean =>
  one.count === other.count &&
  one.points === other.points &&
  one.by === other.by &&
  one.replacedBy === other.replacedBy

import type { EditionBody } from '../../register/rule-editions/editions.ts'
import type { Counted } from '../score-sheets/sheets-rules.ts'
import { isTotal } from './findings-rules.ts'

/** A finding that counts. */
export interface Found {
  readonly rule: string
  readonly number: string
  readonly target: string | null
  readonly count: number | null
}

/**
 * Lays the findings of persons over what the monitor has counted for one rule. Of an address that a person has judged
 * the monitor's count stands back, whatever the person says of it; of rules that are judged by their number in all, the
 * newest finding is that number. What the monitor counts stays as it is everywhere else.
 * @param counted what the monitor has counted, and `targets` the addresses of it
 * @param found of this rule, oldest first
 */
export function overlaid(
  rule: EditionBody['rules'][number],
  counted: Counted | undefined,
  targets: readonly string[],
  found: readonly Found[],
): Counted | undefined {
  const newest = found.at(-1)
  if (!newest) return counted
  if (isTotal(rule)) return { count: newest.count, by: 'person', proof: [newest.number] }
  const named = new Set(found.flatMap(({ target }) => target ?? []))
  const judged = new Set(targets.filter((target) => named.has(target))).size
  const left = Math.max(0, (counted?.count ?? 0) - judged)
  const sum = found.reduce((total, { count }) => total + (count ?? 0), 0)
  const isAbsent = found.every(({ count }) => count === null) && !counted
  return {
    count: isAbsent ? null : left + sum,
    by: 'person',
    proof: [...found.map(({ number }) => number), ...(left > 0 ? (counted?.proof ?? []) : [])],
  }
}

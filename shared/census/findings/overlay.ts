import type { EditionBody } from '../../register/rule-editions/editions.ts'
import type { Counted } from '../score-sheets/sheets-rules.ts'
import { isTotal, NAMED } from './findings-rules.ts'

/** A finding that counts. */
export interface Found {
  readonly rule: string
  readonly number: string
  readonly target: string | null
  readonly count: number | null
}

/** The findings of persons on one site, as they stand over what the monitor has counted. */
export interface Findings {
  /** Of the rule itself, oldest first; of one address only the newest. */
  readonly own: readonly Found[]
  /** Addresses of the monitor's that persons have judged: of this rule, or as none at all, or where an address counts once. */
  readonly judged: ReadonlySet<string>
}

/** The part of a site's findings that concerns a rule. @param found of the whole site, oldest first */
export function findingsFor(
  rule: EditionBody['rules'][number],
  rules: EditionBody['rules'],
  found: readonly Found[],
): Findings {
  const newest = newestOfEach(found)
  const own = newest.filter((one) => one.rule === rule.id)
  const once = new Set(rules.filter(({ counts }) => counts === 'targets').map(({ id }) => id))
  const concerns = ({ rule: id, count }: Found) =>
    id === rule.id || count === 0 || (once.has(rule.id) && once.has(id))
  return { own, judged: new Set(newest.filter(concerns).flatMap(({ target }) => target ?? [])) }
}

/** Who looks at an address again says how it is now. */
function newestOfEach(found: readonly Found[]): readonly Found[] {
  const last = new Map(found.map((one) => [`${one.rule} ${one.target}`, one.number]))
  return found.filter((one) => one.target === null || last.get(`${one.rule} ${one.target}`) === one.number)
}

/**
 * Lays the findings of persons over what the monitor has counted for one rule. Of an address that a person has judged
 * the monitor's count stands back, whatever the person says of it; of rules that are judged by their number in all, the
 * newest finding is that number. What the monitor counts stays as it is everywhere else.
 * @param counted what the monitor has counted, and `targets` the addresses of it
 */
export function overlaid(
  rule: EditionBody['rules'][number],
  counted: Counted | undefined,
  targets: readonly string[],
  { own, judged }: Findings,
): Counted | undefined {
  const stoodBack = new Set(targets.filter((target) => judged.has(target))).size
  const left = Math.max(0, (counted?.count ?? 0) - stoodBack)
  const newest = own.at(-1)
  if (!newest) return counted && stoodBack > 0 ? { ...counted, count: left } : counted
  if (isTotal(rule)) return { count: newest.count, by: 'person', proof: [newest.number] }
  const sum = own.reduce((total, { count }) => total + (count ?? 0), 0)
  const isAbsent = own.every(({ count }) => count === null) && !counted
  return {
    count: isAbsent ? null : left + sum,
    by: 'person',
    proof: [...own.map(({ number }) => number), ...(left > 0 ? (counted?.proof ?? []) : [])].slice(0, NAMED),
  }
}

import type { EditionBody } from '../../register/rule-editions/editions.ts'
import type { Counted } from '../score-sheets/sheets-rules.ts'
import { isTotal, NAMED } from './findings-rules.ts'

/** A finding that counts. */
export interface Found {
  readonly rule: string
  readonly number: string
  readonly target: string | null
  readonly count: number | null
  /** By a second person. */
  readonly confirmed: boolean
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
  const concerns = (one: Found) =>
    one.rule === rule.id || one.count === 0 || (once.has(rule.id) && once.has(one.rule))
  // Of the classes that a page lacks, one person alone takes none away, and what else is in order on it says nothing.
  const isOfTwo = (one: Found) => one.rule === rule.id && one.confirmed
  const judging = rule.counts === 'classes' ? found.filter(isOfTwo) : newest.filter(concerns)
  return { own, judged: new Set(judging.flatMap(({ target }) => target ?? [])) }
}

/** Who looks at an address again says how it is now. */
function newestOfEach(found: readonly Found[]): readonly Found[] {
  const last = new Map(found.map((one) => [`${one.rule} ${one.target}`, one.number]))
  return found.filter((one) => one.target === null || last.get(`${one.rule} ${one.target}`) === one.number)
}

/**
 * Lays the findings of persons over what the monitor has counted for one rule. Of an address that a person has judged
 * the monitor's count stands back, whatever the person says of it; of rules that are judged by their number in all, the
 * newest finding is that number, and letters and classes may be judged for the whole site. Of classes the count stands back
 * for what two persons say. What the monitor counts stays as it is everywhere else.
 * @param counted what the monitor has counted, and `targets` the addresses of it
 */
export function overlaid(
  rule: EditionBody['rules'][number],
  counted: Counted | undefined,
  targets: readonly string[],
  { own, judged }: Findings,
): Counted | undefined {
  const stoodBack = new Set(targets.filter((target) => judged.has(target)))
  const left = leftOf(counted, stoodBack)
  const newest = own.at(-1)
  if (!newest) return counted && stoodBack.size > 0 ? { ...counted, count: left } : counted
  if (isTotal(rule)) return { count: newest.count, by: 'person', proof: [newest.number] }
  const machines = isWholeJudged(rule, own) ? 0 : left
  const isAbsent = own.every(({ count }) => count === null) && !counted
  const proof = [...own.map(({ number }) => number), ...(machines > 0 ? (counted?.proof ?? []) : [])]
  const inAll = rule.counts === 'classes' ? classesIn(rule, machines, own) : machines + sumOf(own)
  return { count: isAbsent ? null : inAll, by: 'person', proof: proof.slice(0, NAMED) }
}

/** What is left of the monitor's count without some addresses: a class that another address lacks as well stays. */
function leftOf(counted: Counted | undefined, stoodBack: ReadonlySet<string>): number {
  if (!counted?.classes) return Math.max(0, (counted?.count ?? 0) - stoodBack.size)
  const others = counted.classes.filter(({ target }) => !stoodBack.has(target))
  return new Set(others.flatMap(({ missing }) => missing)).size
}

/**
 * Whether persons have judged the whole site, so that nothing of the monitor's is left: that there are no letters, which have
 * no addresses to be taken away by, or how many classes there are, which takes two.
 */
function isWholeJudged({ counts }: EditionBody['rules'][number], own: readonly Found[]): boolean {
  const whole = own.filter(({ target }) => target === null)
  if (counts === 'classes') return whole.some(({ confirmed }) => confirmed)
  return counts === 'letters' && whole.some(({ count }) => count === 0)
}

/**
 * A class counts once: the newest finding of the whole site that two persons agree on is their number, unless more has been
 * found since, and no page has more than there are in all.
 */
function classesIn(
  { outOf = Number.POSITIVE_INFINITY }: EditionBody['rules'][number],
  machines: number,
  own: readonly Found[],
): number {
  const whole = own.findLastIndex(({ target, confirmed }) => target === null && confirmed)
  const numbers = own.slice(Math.max(0, whole)).map(({ count }) => count ?? 0)
  return Math.min(outOf, Math.max(machines, ...numbers))
}

const sumOf = (own: readonly Found[]): number => own.reduce((total, { count }) => total + (count ?? 0), 0)

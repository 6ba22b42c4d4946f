import { cents, costOf } from '../../register/rule-editions/cost.ts'
import type { EditionBody, Effect, Rule } from '../../register/rule-editions/editions.ts'
import type { Measured, SheetLine, SheetResult } from './sheets.ts'

export const SHEET_OUTCOMES = ['passed', 'failed', 'vetoed', 'open'] as const

/** What was counted for one rule, and by whom. */
export interface Counted {
  /** Null: there is no such column. */
  readonly count: number | null
  readonly by: 'machine' | 'person'
  readonly proof?: readonly string[]
  /** Addresses of what was counted, where they are at hand. */
  readonly targets?: readonly string[]
  /** Of what counts once, however many addresses lack it: what each lacks. */
  readonly classes?: readonly { readonly target: string; readonly missing: readonly string[] }[]
  /** By the source of pages alone: they could not be rendered. */
  readonly bySource?: true
}

export interface SheetOf {
  /** By rule; what is left out was not measured. */
  readonly counted: Readonly<Record<string, Counted | undefined>>
  /** Of letters without an answer: what the hotline says and what the site itself shows, by rule. */
  readonly apart?: Readonly<Record<string, NonNullable<SheetLine['apart']>>>
  /** Portals are held to other numbers of surveys and interviews. */
  readonly isPortal: boolean
}

/** Counts that somebody has given, as those of a person. */
export function countedBy(measured: Measured, by: Counted['by']): SheetOf['counted'] {
  return Object.fromEntries(Object.entries(measured).map(([rule, count]) => [rule, { count, by }]))
}

/**
 * The score sheet by an edition. A rule that was not measured costs nothing and is never a pass: while one is open
 * the site has not passed. Where a veto stands in the place of other rules, those cost nothing; points have no cap but
 * the one that a rule has.
 */
export function scoreSheet(edition: EditionBody, { counted, isPortal, apart }: SheetOf): SheetResult {
  const vetoes = edition.rules.filter(({ id, effect }) => isVeto(effect, counted[id])).map(({ id }) => id)
  const lines = edition.rules.map((rule) => ({
    ...lineOf(edition, rule, counted[rule.id], vetoes, isPortal),
    ...(apart?.[rule.id] && { apart: apart[rule.id] }),
  }))
  const unmeasured = edition.rules.flatMap(({ id }) => (counted[id] ? [] : [id]))
  const points = cents(lines.reduce((sum, line) => sum + line.points, 0))
  const { start, vetoStops } = edition.outcome
  const score = vetoes.length > 0 && vetoStops ? null : cents(Math.max(0, start - points))
  const outcome = outcomeOf(edition, vetoes.length > 0, points, unmeasured.length > 0)
  return {
    ...{ edition: edition.code, revision: edition.revision, outcome, points, score, vetoes, unmeasured },
    lines,
  }
}

function outcomeOf(
  { outcome: { fails } }: EditionBody,
  isVetoed: boolean,
  points: number,
  isOpen: boolean,
): SheetResult['outcome'] {
  if (isVetoed) return 'vetoed'
  const hasFailed = 'atLeast' in fails ? points >= fails.atLeast : points > fails.moreThan
  if (hasFailed) return 'failed'
  return isOpen ? 'open' : 'passed'
}

function isVeto(effect: Effect, given: Counted | undefined): boolean {
  if (effect.form !== 'veto' || !given) return false
  const { count } = given
  if (count === null) return effect.absent === true
  const isOver = effect.atLeast !== undefined && count >= effect.atLeast
  return isOver || (effect.atMost !== undefined && count <= effect.atMost)
}

function lineOf(
  { precedence }: EditionBody,
  { id, effect }: Rule,
  given: Counted | undefined,
  vetoes: readonly string[],
  isPortal: boolean,
): SheetLine {
  const replacedBy =
    precedence.find(({ rule, replaces }) => replaces.includes(id) && vetoes.includes(rule))?.rule ?? null
  const points = given && replacedBy === null ? costOf(effect, given.count, isPortal) : 0
  return {
    ...{ rule: id, count: given?.count ?? null, points, by: given?.by ?? null, replacedBy },
    proof: [...(given?.proof ?? [])],
    ...(given?.bySource && (points > 0 || vetoes.includes(id)) && { bySource: true as const }),
  }
}

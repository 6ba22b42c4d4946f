import { type ComputedRef, computed } from 'vue'
import type { Measured, SheetResult } from '../../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody, Rule } from '../../../../shared/register/rule-editions/editions.ts'
import { useDrafts } from '../../../base/drafts/useDrafts.ts'

/** What is typed for a rule: '' is not measured, null: there is none at all. */
type Typed = Record<string, number | string | null>

/** Whether 0 of what a rule counts says that nothing is wrong. */
const isNothingWrong = ({ effect }: Rule): boolean =>
  effect.form === 'each' || effect.form === 'per' || (effect.form === 'veto' && effect.atLeast !== undefined)

const rounded = (machine: Measured): Typed =>
  Object.fromEntries(
    Object.entries(machine).map(([rule, n]) => [rule, n === null ? null : Math.round(n * 100) / 100]),
  )

interface MeasuredOf {
  /** What is typed is kept under it while it is not sent. */
  readonly key: string
  readonly edition: EditionBody
  /** What it begins with. */
  readonly given: Measured | null
  readonly isPortal: boolean
}

/** What somebody counts at a site, rule by rule, and what the rules make of it. */
export function useMeasured({ key, edition, given, isPortal }: MeasuredOf) {
  const drafts = useDrafts(key)
  const typed = drafts.field<Typed>('typed', given ? rounded(given) : {})
  const note = drafts.field('note', '')
  const measured = computed((): Measured => {
    const entries = Object.entries(typed.value).flatMap(([rule, value]): [string, number | null][] => {
      if (value === null) return [[rule, null]]
      const n = Number(value)
      return value === '' || !(n >= 0) ? [] : [[rule, n]]
    })
    return Object.fromEntries(entries)
  })
  const sheet: ComputedRef<SheetResult> = computed(() =>
    scoreSheet(edition, { counted: countedBy(measured.value, 'person'), isPortal }),
  )
  const set = (rule: string, value: number | string | null) => {
    typed.value = { ...typed.value, [rule]: value }
  }
  /** Says of all that is left open that nothing is wrong; what cannot be said so stays open. */
  function restIsWell(): void {
    const rules = edition.rules.filter((rule) => isNothingWrong(rule) && !(rule.id in measured.value))
    typed.value = { ...typed.value, ...Object.fromEntries(rules.map(({ id }) => [id, 0])) }
  }
  return { drafts, typed, note, measured, sheet, set, restIsWell }
}

import { computed } from 'vue'
import type { InspectionProblem, RuleStanding } from '../../../shared/monitor/inspections/inspections.ts'
import {
  inWords,
  type ProblemList,
  type ProblemState,
} from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { InEach } from '../../../shared/register/rule-editions/editions.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { useWords } from '../../base/i18n.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

export interface ProblemsAsked {
  readonly rule?: string | undefined
  readonly family?: string | undefined
  readonly district?: string | undefined
  readonly site?: number | undefined
  readonly told?: string | undefined
  readonly q?: string | undefined
  readonly state?: ProblemState | ProblemList | undefined
}

const isOfProblems = ({ kind }: Fact): boolean => kind.startsWith('problem.')

/** The rules of the machine with how each stands, and what they are called in the reader's language. */
export function useInspectionRules() {
  const { locale } = useWords()
  const query = useQuery(
    () => null,
    () => call('inspectionRules'),
    { facts: isOfProblems },
  )
  const byId = computed(() => new Map(query.data.value?.rules.map((rule) => [rule.id, rule])))
  const say = (words: InEach | null | undefined): string => (words ? inWords(words, locale.value) : '')
  return {
    query,
    say,
    ruleOf: (id: string): RuleStanding | undefined => byId.value.get(id),
    /** One of a newer server is called by its code. */
    nameOf: (id: string): string => say(byId.value.get(id)?.name) || (query.data.value ? id : '…'),
    reasonOf: (reason: string): string => say(query.data.value?.reasons[reason]) || reason,
  }
}
export type InspectionRules = ReturnType<typeof useInspectionRules>

/** Rows of a list that come at once. */
const ROWS = 50

/** Problems that rules of the machine have found, the gravest first, a page at a time. */
export const useProblems = (asked: () => ProblemsAsked, limit = ROWS) =>
  usePages(asked, (filter, cursor) => call('problems', { query: { ...filter, cursor, limit } }), {
    facts: isOfProblems,
  })
export type Problems = ReturnType<typeof useProblems>

/** Problems by rule and source. */
export const useProblemGroups = (asked: () => ProblemsAsked) =>
  useQuery(asked, (filter) => call('problemGroups', { query: filter }), { facts: isOfProblems })

export const everyProblem = (asked: ProblemsAsked) =>
  everyPage((paging) => call('problems', { query: { ...asked, ...paging } }))

/** How a problem stands, as people are told: waiting for a word, told by its rule, to be mended, refused, gone. */
export function standingOf(
  { goneAt, state }: Pick<InspectionProblem, 'goneAt' | 'state'>,
  rule: Pick<RuleStanding, 'manner'> | undefined,
): 'waiting' | 'told' | 'mend' | 'refused' | 'gone' {
  if (goneAt !== null) return 'gone'
  if (state === 'open') return rule?.manner === 'tells' ? 'told' : 'waiting'
  return state === 'confirmed' ? 'mend' : 'refused'
}

import type { CensusFinding } from '../../../shared/census/findings/findings.ts'
import type { FindingState } from '../../../shared/census/findings/findings-rules.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useEdition, useEditions } from '../../register/rule-editions/useEditions.ts'
import { useEditionWords } from '../../register/rule-editions/useEditionWords.ts'

export interface FindingsAsked {
  readonly site?: number | undefined
  readonly state?: FindingState | undefined
}

/** Findings of persons, newest first, a page at a time; told by facts. */
export const useFindings = (asked: () => FindingsAsked) =>
  usePages(asked, (filter, cursor) => call('censusFindings', { query: { ...filter, cursor, limit: 30 } }), {
    facts: ({ kind, siteId }) =>
      kind.startsWith('finding.') && (asked().site === undefined || asked().site === siteId),
  })

export const everyFinding = (asked: FindingsAsked) =>
  everyPage((paging) => call('censusFindings', { query: { ...asked, ...paging, limit: 100 } }))

/** What the rules of these findings are called, each in its own edition. */
export function useRuleNames(findings: () => readonly CensusFinding[]) {
  const { inWords } = useEditionWords()
  const { data } = useQuery(
    () => [...new Set(findings().map(({ edition }) => edition))].sort(),
    (codes) => Promise.all(codes.map((code) => call('edition', { params: { code } }))),
  )
  return ({ edition, rule }: CensusFinding): string => {
    const found = data.value?.find(({ code }) => code === edition)?.rules.find(({ id }) => id === rule)
    return found ? inWords(found.name) : ''
  }
}

/** The rules in force, in whole. */
export function useRulesInForce() {
  const { inForce } = useEditions()
  return useEdition(() => inForce.value)
}

import type { FindingState } from '../../../shared/census/findings/findings-rules.ts'
import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useEdition, useEditions } from '../../register/rule-editions/useEditions.ts'

export interface FindingsAsked {
  readonly site?: number | undefined
  readonly state?: FindingState | undefined
}

const isOne = ({ kind }: Fact): boolean => kind.startsWith('finding.')

/** Findings of persons, newest first, a page at a time; told by facts. */
export const useFindings = (asked: () => FindingsAsked) =>
  usePages(asked, (filter, cursor) => call('censusFindings', { query: { ...filter, cursor, limit: 30 } }), {
    facts: isOne,
  })

/** The rules in force, in whole. */
export function useRulesInForce() {
  const { inForce } = useEditions()
  return useEdition(() => inForce.value)
}

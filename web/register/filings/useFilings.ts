import type { FilingAsk, FilingState, NoticeState } from '../../../shared/register/filings/filings-rules.ts'
import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'

export interface FilingsAsked {
  readonly site?: number | undefined
  readonly state?: FilingState | undefined
  readonly ask?: FilingAsk | undefined
  readonly notice?: NoticeState | 'short' | undefined
}

const isOne = ({ kind }: Fact): boolean => kind.startsWith('filing.')

/** What was filed about the life cycle of sites, newest first, a page at a time; told by facts. */
export const useFilings = (asked: () => FilingsAsked) =>
  usePages(asked, (filter, cursor) => call('filings', { query: { ...filter, cursor, limit: 30 } }), {
    facts: isOne,
  })

import { call } from '../../../base/call.ts'
import { usePages } from '../../../base/ui/lists/usePages.ts'

interface Asked {
  readonly round?: number | undefined
  readonly open?: 'true' | undefined
}

/** Zero reports, the latest due first; told by facts, and looked at again each minute, as hours come without anybody's doing. */
export const useZeroReports = (asked: () => Asked) =>
  usePages(asked, (filter, cursor) => call('zeroReports', { query: { ...filter, cursor, limit: 100 } }), {
    facts: ({ kind }) => kind.startsWith('zeroReport.') || kind.startsWith('round.'),
    again: 'minute',
  })

import { call } from '../../../base/call.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'

/** How a guarded period is manned and reported on; null: nothing is asked. Looked at again each minute, as hours come by themselves. */
export const useGuardState = (of: () => { readonly id: number; readonly version: number } | null) =>
  useQuery(of, (round) => round && call('guardState', { params: { id: round.id } }), {
    facts: ({ kind }) => kind.startsWith('zeroReport.') || kind.startsWith('round.'),
    again: 'minute',
  })

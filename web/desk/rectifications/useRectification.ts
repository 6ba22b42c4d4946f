import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { call } from '../../base/call.ts'
import { useLiveOr } from '../../base/ui/lists/useLiveOr.ts'
import type { Query } from '../../base/ui/lists/useQuery.ts'

/** One rectification, open or closed. */
export const useRectification = (id: () => number): Query<Rectification> =>
  useLiveOr(
    id,
    ({ board }, one) => board.rectifications.get(one),
    (one) => call('rectification', { params: { id: one } }),
    (fact, one) => 'data' in fact && 'rectification' in fact.data && fact.data.rectification.id === one,
  )

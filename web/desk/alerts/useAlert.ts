import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { call } from '../../base/call.ts'
import { useLiveOr } from '../../base/ui/lists/useLiveOr.ts'
import type { Query } from '../../base/ui/lists/useQuery.ts'

/** One alert, open or resolved. */
export const useAlert = (id: () => number): Query<Alert> =>
  useLiveOr(
    id,
    ({ board }, one) => board.alerts.get(one),
    (one) => call('alert', { params: { id: one } }),
    (fact, one) => 'data' in fact && 'alert' in fact.data && fact.data.alert.id === one,
  )

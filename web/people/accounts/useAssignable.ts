import type { UserListItem } from '../../../shared/people/rights/rights.ts'
import { call } from '../../base/call.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

/**
 * People who can be given work in a district; in the whole city when it is null. While it is undefined, which is not known yet,
 * nobody is asked for.
 */
export function useAssignable(district: () => string | null | undefined): Query<UserListItem[]> {
  return useQuery(district, (code) =>
    code === undefined ? null : call('users', { query: { assignable: 'true', district: code ?? undefined } }),
  )
}

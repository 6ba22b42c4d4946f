import type { UserListItem } from '../../shared/users.ts'
import { call } from '../call.ts'
import { type Remote, useRemote } from '../ui/useRemote.ts'

/** People who can be given work in a district; in the whole city when it is null. */
export function useAssignable(district: () => string | null): Remote<UserListItem[]> {
  return useRemote(district, (code) =>
    call('users', { query: { assignable: 'true', district: code ?? undefined } }),
  )
}

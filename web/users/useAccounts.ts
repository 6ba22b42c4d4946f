import type { ACCOUNT_STATES, Account } from '../../shared/accounts.ts'
import type { Role } from '../../shared/users.ts'
import { call } from '../call.ts'
import { type Pages, usePages } from '../ui/usePages.ts'

/** Accounts; fetched again after each change. */
export const useAccounts = (filters: () => { q: string; role: string; state: string }): Pages<Account> =>
  usePages(filters, ({ q, role, state }, cursor) => {
    const query = {
      q,
      role: (role || undefined) as Role | undefined,
      state: (state || undefined) as (typeof ACCOUNT_STATES)[number] | undefined,
      cursor,
      limit: 200,
    }
    return call('accounts', { query })
  })

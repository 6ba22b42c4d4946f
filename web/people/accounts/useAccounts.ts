import type { ACCOUNT_STATES, Account } from '../../../shared/people/accounts/accounts.ts'
import type { Role } from '../../../shared/people/rights/users.ts'
import { call } from '../../base/call.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'

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

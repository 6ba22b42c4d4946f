import type { ACCOUNT_STATES, Account } from '../../../shared/people/accounts/accounts.ts'
import type { Role } from '../../../shared/people/rights/rights.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'

export interface AccountFilters {
  readonly q: string
  readonly role: string
  readonly state: string
}

/** Accounts; fetched again after each change. */
export const useAccounts = (filters: () => AccountFilters): Pages<Account> =>
  usePages(filters, (wanted, cursor) =>
    call('accounts', { query: { ...queryOf(wanted), cursor, limit: 200 } }),
  )

/** All of them, to take along. */
export const everyAccount = (wanted: AccountFilters): AsyncGenerator<Account> =>
  everyPage((paging) => call('accounts', { query: { ...queryOf(wanted), ...paging } }))

const queryOf = ({ q, role, state }: AccountFilters) => ({
  q,
  role: (role || undefined) as Role | undefined,
  state: (state || undefined) as (typeof ACCOUNT_STATES)[number] | undefined,
})

import type { Account } from '../../../shared/people/accounts/accounts.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useScopeName } from '../rights/scope-name.ts'

/** Accounts to take along: who they are, how they stand, how they are reached; nothing by which anybody gets in. */
export function useAccountExport(rows: ExportTable<Account>['rows']): () => ExportTable<Account> {
  const { t } = useWords()
  const scopeName = useScopeName()
  const standing = ({ disabledAt, lockedUntil }: Account) =>
    t(`accounts.${disabledAt ? 'disabled' : lockedUntil ? 'locked' : 'active'}`)
  const marked = (is: boolean) => (is ? '✓' : null)
  return () => ({
    title: t('nav.users'),
    rows,
    columns: [
      { label: t('account.name'), value: ({ name }) => name },
      { label: t('session.username'), value: ({ username }) => username },
      { label: t('account.role'), value: ({ role }) => t(`role.${role}`) },
      { label: t('account.scope'), value: ({ scope, units }) => scopeName(scope, units), width: 36 },
      { label: t('accounts.phone'), value: ({ phone }) => phone || null },
      { label: t('accounts.mobile'), value: ({ mobile }) => mobile || null },
      { label: t('accounts.mail'), value: ({ mail }) => mail || null, width: 24 },
      { label: t('accounts.state'), value: standing },
      { label: t('accounts.firstPassword'), value: ({ mustChangePassword }) => marked(mustChangePassword) },
      { label: t('accounts.factor'), value: ({ secondFactor }) => marked(secondFactor) },
      { label: t('accounts.sessions'), value: ({ sessions }) => sessions },
      { label: t('accounts.lastSignIn'), value: ({ lastSignInAt }) => instant(lastSignInAt), width: 18 },
      { label: t('exports.createdAt'), value: ({ createdAt }) => instant(createdAt), width: 18 },
    ],
  })
}

import type { Lockout } from '../../../shared/people/accounts/accounts.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'

/** Codes are counted for an account wherever they come from, and so are wrong passwords from many addresses. */
export function useNetworkName(): (network: string) => string {
  const { t } = useWords()
  return (network) => {
    if (network.startsWith('device:')) return t('accounts.lockouts.device')
    return network.startsWith('any:') ? t('accounts.lockouts.anywhere') : network
  }
}

/** Who is shut out, to take along. */
export function useLockoutExport(rows: ExportTable<Lockout>['rows']): () => ExportTable<Lockout> {
  const { t } = useWords()
  const networkName = useNetworkName()
  return () => ({
    title: t('accounts.lockouts.title'),
    rows,
    columns: [
      { label: t('session.username'), value: ({ username }) => username || t('accounts.lockouts.everyName') },
      { label: t('account.sessions.address'), value: ({ network }) => networkName(network), width: 24 },
      { label: t('accounts.lockouts.failures'), value: ({ failures }) => failures },
      { label: t('accounts.lockouts.until'), value: ({ until }) => instant(until), width: 18 },
    ],
  })
}

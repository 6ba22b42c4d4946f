import { csvOf } from '../../../shared/base/csv.ts'
import type { AccountImport } from '../../../shared/people/accounts/accounts.ts'
import { saveFile } from '../../base/exports/save.ts'
import { t } from '../../base/i18n.ts'

const FIELDS = ['username', 'name', 'role', 'district', 'unit', 'phone', 'mobile', 'mail'] as const

function saveCsv(title: string, rows: readonly (readonly string[])[]): void {
  saveFile(`${title}.csv`, new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }))
}

/** An empty sheet, with a header as the server reads it. */
export function saveTemplate(): void {
  saveCsv(t('accounts.import.template'), [FIELDS.map((field) => t(`accounts.import.column.${field}`))])
}

/** First passwords, which nothing shows again. */
export function savePasswords(passwords: AccountImport['passwords']): void {
  const head = [
    t('accounts.import.column.username'),
    t('accounts.import.column.name'),
    t('accounts.import.column.password'),
  ]
  const rows = passwords.map(({ username, name, password }) => [username, name, password])
  saveCsv(t('accounts.import.passwords'), [head, ...rows])
}

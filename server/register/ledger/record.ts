import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import {
  type FieldSet,
  type FieldValues,
  type LedgerField,
  PLACING_FIELDS,
} from '../../../shared/register/ledger/ledger-rules.ts'
import { type RecordRow, valuesOf } from './queries.ts'

const whereOf = (row: RecordRow) => ({ district: row.district, unitId: row.unit_id })

/** Whether somebody may read a field of that site. */
function isShown({ shownTo }: LedgerField, user: Principal, row: RecordRow): boolean {
  if (shownTo === undefined) return true
  return may(user, shownTo === 'contacts' ? 'contact.read' : 'register.edit', whereOf(row))
}

/** The fields that are not for them. */
export const hiddenFrom = ({ all }: FieldSet, user: Principal, row: RecordRow): string[] =>
  all.filter((field) => !isShown(field, user, row)).map(({ key }) => key)

/** The fields of a site that somebody may change. */
export function changeableBy({ all }: FieldSet, user: Principal, row: RecordRow): string[] {
  if (row.merged_into !== null || !may(user, 'register.edit', whereOf(row))) return []
  const isPlacer = may(user, 'register.place', whereOf(row))
  const fields = all.filter(({ derived, retired }) => !derived && !retired)
  return fields.map(({ key }) => key).filter((key) => isPlacer || !PLACING_FIELDS.includes(key))
}

/** What the register says, or said, of a site, as far as somebody may read it. */
export function recordOf(
  known: FieldSet,
  user: Principal,
  row: RecordRow,
  { values = valuesOf(row), version = row.version }: { values?: FieldValues; version?: number } = {},
): SiteRecord {
  const hidden = hiddenFrom(known, user, row)
  const shown = known.all.map(({ key }) => [key, hidden.includes(key) ? null : (values[key] ?? null)])
  return {
    ...Object.fromEntries(shown),
    ...{ id: row.id, version, createdAt: row.created_at.toISOString() },
    ...{ hidden, mayChange: changeableBy(known, user, row) },
  }
}

/** The same values without those of some fields. */
export const without = (values: FieldValues, keys: readonly string[]): Record<string, FieldValues[string]> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)))

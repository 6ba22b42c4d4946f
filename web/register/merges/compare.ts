import type { SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import type { FieldValue } from '../../../shared/register/ledger/ledger-rules.ts'

interface Both {
  readonly stays: SiteRecord
  readonly goes: SiteRecord
}

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
const saidBy = (record: SiteRecord, key: string): FieldValue =>
  (record[key] as FieldValue | undefined) ?? null

/** Fields that the two say differently, and that the one that stays may be given: its code stays with it. */
export function differing({ stays, goes }: Both): string[] {
  return stays.mayChange.filter(
    (key) => key !== 'code' && JSON.stringify(saidBy(stays, key)) !== JSON.stringify(saidBy(goes, key)),
  )
}

/** Whether the other's word is taken where nobody has said so: where the one that stays says nothing. */
export const isTaken = ({ stays, goes }: Both, key: string): boolean =>
  isEmpty(saidBy(stays, key)) && !isEmpty(saidBy(goes, key))

/** What the one that stays is to say by the other. */
export function takenFrom(both: Both, picked: Readonly<Record<string, boolean>>): Record<string, FieldValue> {
  const keys = differing(both).filter((key) => picked[key] ?? isTaken(both, key))
  return Object.fromEntries(keys.map((key) => [key, saidBy(both.goes, key)]))
}

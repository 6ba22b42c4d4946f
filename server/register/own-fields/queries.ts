import type { Selectable } from 'kysely'
import { type FieldSet, fieldSet } from '../../../shared/register/ledger/ledger-rules.ts'
import type { OwnField } from '../../../shared/register/own-fields/own-fields.ts'
import { asLedgerField } from '../../../shared/register/own-fields/own-fields-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { OwnFieldTable } from './tables.ts'

/** The fields that the installation has defined, in the order in which it has. */
export async function ownFieldsOf(db: Db | Tx): Promise<OwnField[]> {
  return (await db.selectFrom('own_field').selectAll().orderBy('id').execute()).map(toOwnField)
}

/** Every field that the register has now. */
export const fieldsOf = async (db: Db | Tx): Promise<FieldSet> =>
  fieldSet((await ownFieldsOf(db)).map(asLedgerField))

export function toOwnField({ retired_at, demo: _, ...rest }: Selectable<OwnFieldTable>): OwnField {
  return { ...rest, key: `own${rest.id}`, retired: retired_at !== null }
}

import { type Selectable, sql } from 'kysely'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { type FieldSet, fieldSet } from '../../../shared/register/ledger/ledger-rules.ts'
import type { OwnField, OwnValues } from '../../../shared/register/own-fields/own-fields.ts'
import { asLedgerField } from '../../../shared/register/own-fields/own-fields-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import type { OwnFieldTable } from './tables.ts'

/** The fields that the installation has defined, in the order in which it has. */
export async function ownFieldsOf(db: Db | Tx): Promise<OwnField[]> {
  return (await db.selectFrom('own_field').selectAll().orderBy('id').execute()).map(toOwnField)
}

/** Every field that the register has now. */
export const fieldsOf = async (db: Db | Tx): Promise<FieldSet> =>
  fieldSet((await ownFieldsOf(db)).map(asLedgerField))

/** What sites of a scope say in such fields; those that are asked for no more are left out. @param siteIds only these */
export async function ownValuesOf(
  db: Db,
  scope: Scope,
  keys: readonly string[],
  siteIds?: readonly number[],
): Promise<OwnValues> {
  const known = (await ownFieldsOf(db)).filter(({ key, retired }) => keys.includes(key) && !retired)
  const { rows } = await sql<{ id: number; said: OwnValues['values'][string] }>`
    select site.id, said.of as said from site cross join lateral (
      select jsonb_object_agg(key, value) as of from jsonb_each(site.profile)
      where key = any(${known.map(({ key }) => key)}::text[])) said
    where said.of is not null and site.merged_into is null and ${within(scope, 'site')}
      and ${siteIds === undefined ? sql`true` : sql`site.id = any(${[...siteIds]}::int[])`}
  `.execute(db)
  return { values: Object.fromEntries(rows.map(({ id, said }) => [id, said])) }
}

export function toOwnField({ retired_at, demo: _, ...rest }: Selectable<OwnFieldTable>): OwnField {
  return { ...rest, key: `own${rest.id}`, retired: retired_at !== null }
}

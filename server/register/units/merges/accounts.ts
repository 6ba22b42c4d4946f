import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { placeColumns } from '../../../people/accounts/places.ts'
import { scopeOf } from '../../../people/accounts/queries.ts'
import type { MovedOfUnit } from './tables.ts'

type Accounts = MovedOfUnit['accounts']

/**
 * People of either unit act for the one that stays from now on, and for what the other had to do: a round that was open
 * by then is signed for by them.
 */
export async function joinAccounts(
  { after }: Pick<Context, 'after'>,
  tx: Tx,
  { goes, stays }: { readonly goes: number; readonly stays: number },
  now: number,
): Promise<Accounts> {
  const rows = await tx
    .selectFrom('user_account')
    .select(['id', 'unit_ids'])
    .where((eb) =>
      eb.or([eb(eb.val(goes), '=', eb.fn.any('unit_ids')), eb(eb.val(stays), '=', eb.fn.any('unit_ids'))]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  const moved = rows.map(({ id, unit_ids: before }) => {
    const kept = before.map((unitId) => (unitId === goes ? stays : unitId))
    return { id, before, after: [...new Set([...kept, goes])] }
  })
  for (const { id, before, after: units } of moved) {
    await place(after, tx, { id, from: before, to: units }, now)
  }
  return moved
}

/** Accounts that are as the merge left them are again for what they were for. */
export async function partAccounts(
  { after }: Pick<Context, 'after'>,
  tx: Tx,
  moved: Accounts,
  now: number,
): Promise<void> {
  if (moved.length === 0) return
  const rows = await tx
    .selectFrom('user_account')
    .select(['id', 'unit_ids'])
    .where(
      'id',
      'in',
      moved.map(({ id }) => id),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, unit_ids } of rows) {
    const one = moved.find((known) => known.id === id)
    if (one && String(unit_ids) === String(one.after)) {
      await place(after, tx, { id, from: unit_ids, to: one.before }, now)
    }
  }
}

async function place(
  after: Context['after'],
  tx: Tx,
  { id, from, to }: { readonly id: number; readonly from: readonly number[]; readonly to: readonly number[] },
  now: number,
): Promise<void> {
  const { unit_id, more_unit_ids } = placeColumns({ districts: [], unitIds: to })
  await tx.updateTable('user_account').set({ unit_id, more_unit_ids }).where('id', '=', id).execute()
  await after.accountMoved(
    tx,
    id,
    scopeOf({ districts: [], unit_ids: from }),
    scopeOf({ districts: [], unit_ids: to }),
    now,
  )
}

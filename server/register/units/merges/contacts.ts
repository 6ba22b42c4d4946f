import { sql } from 'kysely'
import type { Tx } from '../../../base/db/database.ts'

/**
 * Where nobody has said yet whom to ring at the unit that stays, that is whom to ring at the one that goes.
 * @returns the version of the contacts of the one that stays by then; null: they are its own, or there are none
 */
export async function shareContacts(
  tx: Tx,
  { goes, stays }: { readonly goes: number; readonly stays: number },
): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    with shared as (
      insert into unit_contact (unit_id, kind, position, name, post, phone, mobile, mail)
      select ${stays}::int, kind, position, name, post, phone, mobile, mail from unit_contact
      where unit_id = ${goes} and not exists (select from unit_contact where unit_id = ${stays})
      returning id
    )
    update unit set contacts_version = contacts_version + 1
    where id = ${stays} and exists (select from shared)
    returning contacts_version as version
  `.execute(tx)
  return rows[0]?.version ?? null
}

/** Contacts that are as the merge made them go again. */
export async function unshareContacts(tx: Tx, stays: number, version: number): Promise<void> {
  await sql`
    with untouched as (
      update unit set contacts_version = contacts_version + 1
      where id = ${stays} and contacts_version = ${version} returning id
    )
    delete from unit_contact where unit_id in (select id from untouched)
  `.execute(tx)
}

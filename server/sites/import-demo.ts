import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/**
 * Removes the demo with all that was measured, decided and told of it, its sign-ins and what they made. In an
 * installation with the demo there is nothing else, so whole tables are emptied. The numbers of facts go on, so
 * that a browser notices that it is behind; the audit stays.
 * @returns how many sites there were; 0 where there was no demo.
 */
export async function removeDemo(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('site')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('demo', '=', true)
    .executeTakeFirstOrThrow()
  await tx.deleteFrom('setting').where('key', 'in', ['demo', 'demo.subscriptions', 'demo.contacts']).execute()
  if (count === 0) return 0
  await sql`truncate visit, visit_hour, visit_day, packed_visit, packed_hour, pack_draft, fact, rectification_alert`.execute(
    tx,
  )
  await tx.deleteFrom('rectification').execute()
  await tx.deleteFrom('alert').execute()
  await tx.deleteFrom('incident').execute()
  await tx.deleteFrom('file_content').execute()
  await tx.deleteFrom('set_aside').execute()
  await tx.updateTable('site').set({ pause_plan_id: null }).where('pause_plan_id', 'is not', null).execute()
  await tx.deleteFrom('pause_plan').execute()
  await tx.deleteFrom('site').where('demo', '=', true).execute()
  await sql`truncate site_past, board_checkpoint`.execute(tx)
  await sql`delete from page_copy where not exists (select from site_evidence e where e.hash = page_copy.hash)`.execute(
    tx,
  )
  await removeDemoUsers(tx)
  await sql`delete from unit_contact where unit_id in (select id from unit
    where not exists (select from site where site.unit_id = unit.id))`.execute(tx)
  await sql`
    delete from unit
    where not exists (select from site where site.unit_id = unit.id)
      and not exists (select from user_account where unit.id = any(user_account.unit_ids))
      and not exists (select from api_token where unit.id = any(api_token.unit_ids))
  `.execute(tx)
  return count
}

/** Their password is printed in the README, so nothing that they made may live on: no link, no token. */
async function removeDemoUsers(tx: Tx): Promise<void> {
  const demoUsers = tx.selectFrom('user_account').select('id').where('demo', '=', true)
  await tx.deleteFrom('wall_link').where('created_by', 'in', demoUsers).execute()
  await tx.deleteFrom('notification_delivery').execute()
  await tx.deleteFrom('notification_subscription').execute()
  await tx.deleteFrom('notification_channel').where('kind', '<>', 'inbox').execute()
  await tx.deleteFrom('duty_shift').execute()
  await tx.deleteFrom('duty_handover').execute()
  await tx.deleteFrom('setting').where('key', '=', 'escalation').execute()
  await tx.deleteFrom('saved_view').where('owner_id', 'in', demoUsers).execute()
  await tx.deleteFrom('api_token').where('user_id', 'in', demoUsers).execute()
  await tx.deleteFrom('user_account').where('demo', '=', true).execute()
}

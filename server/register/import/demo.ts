import { sql } from 'kysely'
import type { After } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import type { DemoRows } from '../../base/module.ts'
import { forgetArea } from '../divisions/area.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Rows of later wings that are the demo's. */
    readonly demoRows: readonly DemoRows[]
  }
}

const sites = sql`(select id from site where demo)`
const people = sql`(select id from user_account where demo)`
const alerts = sql`(select id from alert where site_id is null or site_id in ${sites})`
const rectifications = sql`(select id from rectification where site_id in ${sites})`
const scans = sql`(select id from link_scan where site_id in ${sites})`
/** There are no real sites beside the demo; and whatever anybody who knows its password set up tells nobody of them. */
const all = sql`true`
const unneeded = sql`not exists (select from site where site.unit_id = unit.id)
  and not exists (select from user_account where unit.id = any(user_account.unit_ids))
  and not exists (select from api_token where unit.id = any(api_token.unit_ids))`

/**
 * The demo's rows, table by table, each before what it hangs on: the database refuses any other order, and deletes
 * nothing by itself. `test/base/db/kept.db.test.ts` fails when a table is missing here.
 */
export const DEMO_ROWS = [
  { table: 'alert_mention', where: sql`alert_id in ${alerts}` },
  { table: 'rectification_alert', where: sql`rectification_id in ${rectifications}` },
  { table: 'rectification_request', where: sql`rectification_id in ${rectifications}` },
  { table: 'rectification_file', where: sql`rectification_id in ${rectifications}` },
  { table: 'rectification', where: sql`id in ${rectifications}` },
  { table: 'alert', where: sql`id in ${alerts}` },
  { table: 'incident', where: all },
  { table: 'set_aside', where: all },
  { table: 'link_target', where: sql`scan_id in ${scans}` },
  { table: 'link_scan', where: sql`id in ${scans}` },
  { table: 'site_evidence', where: sql`site_id in ${sites}` },
  { table: 'site_said', where: sql`site_id in ${sites}` },
  { table: 'date_doubt', where: sql`site_id in ${sites}` },
  { table: 'site_lists', where: sql`site_id in ${sites}` },
  { table: 'site_news', where: sql`site_id in ${sites}` },
  { table: 'site_item', where: sql`site_id in ${sites}` },
  { table: 'site_column', where: sql`site_id in ${sites}` },
  { table: 'pause_plan', where: all },
  { table: 'site_state', where: sql`site_id in ${sites}` },
  { table: 'site', where: sql`demo` },
  // What was only of those: contents of files, kept pages, what the register said before.
  { table: 'file_content', where: sql`hash not in (select hash from rectification_file)` },
  { table: 'page_copy', where: sql`hash not in (select hash from site_evidence)` },
  { table: 'site_past', where: sql`site_id not in (select id from site)` },
  { table: 'notification_delivery', where: all },
  { table: 'notification_group', where: all },
  { table: 'notification_subscription', where: all },
  { table: 'notification_channel', where: sql`kind <> 'inbox'` },
  { table: 'duty_shift', where: all },
  { table: 'duty_handover', where: all },
  { table: 'calendar_year', where: sql`loaded_by in ${people}` },
  { table: 'wall_link', where: sql`created_by in ${people}` },
  { table: 'saved_view', where: sql`owner_id in ${people}` },
  { table: 'register_import', where: sql`created_by in ${people} or applied_by in ${people}` },
  { table: 'api_token', where: sql`user_id in ${people}` },
  { table: 'recovery_code', where: sql`user_id in ${people}` },
  { table: 'user_account', where: sql`demo` },
  { table: 'unit_contact', where: sql`unit_id not in (select unit_id from site)` },
  { table: 'unit', where: unneeded },
] satisfies DemoRows[]

/**
 * Removes the demo with all that was measured, decided and told of it, its sign-ins and what they made. The numbers of
 * facts go on, so that a browser notices that it is behind; the audit stays. It is the one place where sites go.
 * @returns how many sites there were; 0 where there was no demo.
 * @throws when there are real sites beside the demo's: measurements and facts are removed for all sites together.
 */
export async function removeDemo(tx: Tx, { demoRows }: Pick<After, 'demoRows'>): Promise<number> {
  await sql`lock table site in share row exclusive mode`.execute(tx)
  const { demo, real } = await tx
    .selectFrom('site')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('demo', '=', true).as('demo'),
      fn.countAll<number>().filterWhere('demo', '=', false).as('real'),
    ])
    .executeTakeFirstOrThrow()
  if (demo > 0 && real > 0) {
    throw new Error(`The demo is not removed: beside its ${demo} sites there are ${real} real ones.`)
  }
  await tx.deleteFrom('setting').where('key', 'in', ['demo', 'demo.subscriptions', 'demo.contacts']).execute()
  if (demo === 0) return 0
  await holdStill(tx)
  await forgetArea(tx)
  await sql`truncate visit, visit_hour, visit_day, packed_visit, packed_hour, pack_draft, fact, board_checkpoint`.execute(
    tx,
  )
  await tx.deleteFrom('setting').where('key', '=', 'escalation').execute()
  // Plans of pauses and sites refer to each other.
  await tx.updateTable('site').set({ pause_plan_id: null }).where('pause_plan_id', 'is not', null).execute()
  for (const { table, where } of [...demoRows, ...DEMO_ROWS]) {
    await sql`delete from ${sql.table(table)} where ${where}`.execute(tx)
  }
  return demo
}

/**
 * Waits for what is being stored of the demo, and lets nothing more be: a row that came in between would hold its
 * site. The states first, as the monitor does it (`recordVisits`).
 */
async function holdStill(tx: Tx): Promise<void> {
  for (const table of ['site_state', 'site', 'rectification', 'alert', 'user_account'] as const) {
    await tx.selectFrom(table).select(sql`1`.as('one')).forUpdate().execute()
  }
}

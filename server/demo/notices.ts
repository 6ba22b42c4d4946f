import { sql } from 'kysely'
import { DAY } from '../../shared/base/time.ts'
import type { RectificationChanged } from '../../shared/desk/rectifications/facts.ts'
import type { Tx } from '../base/db/database.ts'
import { type NoticeFact, noticeFacts } from '../desk/notifications/delivery/cursor.ts'
import { callUnits } from '../desk/notifications/news/unit-call.ts'

const isOfRectification = (fact: NoticeFact): fact is RectificationChanged => 'rectification' in fact.data

const LOOK_BACK_MS = 85 * DAY
const MOST = 80
/** What is older than this was read. */
const READ_MS = 2 * DAY

/** What the people of the demo who can sign in for a unit were told of its rectifications in the last months, at its time. */
export async function noticesOfUnits(tx: Tx, now: number): Promise<void> {
  const { rows } = await sql<{ seq: number }>`
    select f.seq from fact f join site on site.id = f.site_id
    join user_account u on u.demo and u.username = 'unit' and site.unit_id = any(u.unit_ids)
    where f.rectification_id is not null and f.at > ${new Date(now - LOOK_BACK_MS)}
    order by f.seq desc limit ${MOST}
  `.execute(tx)
  for (const { seq } of rows.reverse()) {
    for (const fact of await noticeFacts(tx, seq - 1, seq, 1)) {
      if (isOfRectification(fact)) await callUnits(tx, [fact], Date.parse(fact.at))
    }
  }
  await sql`update notification_delivery d set read_at = d.created_at from user_account u
    where u.id = d.user_id and u.demo and d.created_at < ${new Date(now - READ_MS)}`.execute(tx)
}

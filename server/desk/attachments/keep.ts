import { sql } from 'kysely'
import { MAX_ATTACHMENTS } from '../../../shared/desk/attachments/attachments-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { bringHolder, refuseBeyondDay } from '../../people/files/keep.ts'

bringHolder(
  'rectification_file',
  (before) => sql`exists (select from rectification_file file
    where file.hash = file_content.hash and (file.hidden_at is null or file.hidden_at > ${before}))`,
)

/** Of one rectification, those that are hidden and still kept counted with the others. */
const MAX_KEPT = 3 * MAX_ATTACHMENTS

/** Call in the transaction that adds a file. @throws Refusal conflict (the rectification), too_many_requests (the day) */
export async function refuseBeyondRoom(
  tx: Tx,
  user: Pick<Principal, 'id'>,
  rectificationId: number,
  now: number,
): Promise<void> {
  await refuseBeyondDay(tx, user, now)
  const { kept } = await tx
    .selectFrom('rectification_file as file')
    .innerJoin('file_content as content', 'content.hash', 'file.hash')
    .select(sql<number>`count(*)::int`.as('kept'))
    .where('rectification_id', '=', rectificationId)
    .executeTakeFirstOrThrow()
  if (kept >= MAX_KEPT) {
    throw new Refusal('conflict', 'attachments.manyAttachmentsAddedRectificationRemoved')
  }
}

import { localDay } from '../../../../shared/base/time.ts'
import type { MessageReading } from '../../../../shared/monitor/messages/messages-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { messageVerdicts, storeMessages } from '../../messages/queries.ts'
import { askPicturesOf } from '../../pictures/ask.ts'

/**
 * Stores what was read of a column's letters, and has a picture taken where letters of its site wait for too long now and did not
 * before, or no longer do (V5).
 * @param reading null: it was visited in vain
 */
export async function takeMessages(
  db: Db,
  column: { readonly siteId: number; readonly name: string },
  reading: MessageReading | null,
  at: Date,
): Promise<void> {
  const { siteId } = column
  const atMs = at.getTime()
  await db.transaction().execute(async (tx) => {
    const isFound = async () =>
      (await messageVerdicts(tx, [siteId], { atMs, today: localDay(atMs) })).get(siteId)?.outcome === 'found'
    const before = reading !== null && (await isFound())
    await storeMessages(tx, column, reading, at)
    if (reading === null || before === (await isFound())) return
    await askPicturesOf(tx, [{ siteId, reason: 'verdict', rule: 'V5', ref: null }], atMs)
  })
}

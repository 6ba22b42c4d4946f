import { localDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { shownAddress } from '../persons/address.ts'
import type { Pictured } from '../rendering/pictured.ts'
import type { RenderOrder } from '../rendering/queries.ts'
import { readSubject } from './ask.ts'
import { keepPictures } from './keep.ts'
import { shownMark } from './mark.ts'
import { keepMissing } from './missing.ts'

/**
 * Keeps a picture that was ordered, or why there is none; what its address and its mark name persons by is covered.
 * One that could not be taken is not tried again: what it was of has passed.
 */
export async function pictureTaken(
  ctx: Pick<Context, 'db' | 'clock' | 'log'>,
  order: RenderOrder,
  picture: Pictured,
): Promise<void> {
  const { siteId, subject, id } = order
  if (subject === null) return
  const { reason, rule, ref } = readSubject(subject.ref)
  if ('failed' in picture) {
    const atMs = ctx.clock.now()
    const url = shownAddress(order.url, localDay(atMs))
    const missing = { siteId, atMs, url, reason, rule, ref, why: picture.failed }
    await ctx.db.transaction().execute((tx) => keepMissing(tx, [missing]))
    return
  }
  const { atMs, isMarked, boxes } = picture
  const today = localDay(atMs)
  const url = shownAddress(picture.url, today)
  const taken = {
    ...{ siteId, atMs, url, reason, rule, ref, mark: shownMark(subject.mark ?? null, today), isMarked },
    ...(boxes && { boxes }),
  }
  const bytes = Buffer.from(picture.bytes)
  const kept = await ctx.db.transaction().execute((tx) => keepPictures(tx, [{ ...taken, bytes }]))
  if (kept === 0)
    ctx.log.warn({ order: id, bytes: bytes.length }, 'a picture is too large, or none, and is not kept')
}

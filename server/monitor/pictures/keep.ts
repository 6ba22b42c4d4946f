import { createHash } from 'node:crypto'
import {
  KEPT_OF_SITE,
  MOST_BYTES,
  MOST_HEIGHT,
  MOST_WIDTH,
  type PictureMark,
  type PictureReason,
} from '../../../shared/monitor/pictures/pictures.ts'
import type { Tx } from '../../base/db/database.ts'
import { type Size, sizeOfJpeg } from './jpeg.ts'
import { deleteUnshown, prunePictures } from './queries.ts'
import './tables.ts'

/** A picture as it was taken. */
export interface Taken {
  readonly siteId: number
  readonly atMs: number
  readonly url: string
  readonly reason: PictureReason
  readonly rule: string | null
  readonly ref: number | null
  readonly mark: PictureMark | null
  /** The mark was found, and is outlined. */
  readonly isMarked: boolean
  /** Characters that it shows as boxes. */
  readonly boxes?: string
  /** JPEG. */
  readonly bytes: Buffer
}

/** The size of a picture that may be kept, and by what it is known again; null for what is none, or too large. */
export function copyOf(bytes: Buffer): { size: Size; hash: string } | null {
  const size = bytes.length <= MOST_BYTES ? sizeOfJpeg(bytes) : null
  if (!size || size.width > MOST_WIDTH || size.height > MOST_HEIGHT) return null
  return { size, hash: createHash('sha256').update(bytes).digest('hex') }
}

/**
 * Keeps pictures, each content once, and lets the oldest of their sites go that nothing rests on.
 * @returns how many were kept; the others are no pictures, or too large
 */
export async function keepPictures(
  tx: Tx,
  taken: readonly Taken[],
  keepCount = KEPT_OF_SITE,
): Promise<number> {
  const known = new Map<Buffer, { size: Size; hash: string } | null>()
  const kept = taken.flatMap((one) => {
    const what = known.get(one.bytes) ?? copyOf(one.bytes)
    known.set(one.bytes, what)
    return what ? [{ ...one, ...what }] : []
  })
  if (kept.length === 0) return 0
  // In the order of their hashes, so that those who keep the same ones cannot deadlock.
  const copies = [...new Map(kept.map((one) => [one.hash, one])).values()].sort((a, b) =>
    a.hash < b.hash ? -1 : 1,
  )
  await tx
    .insertInto('picture_copy')
    .values(copies.map(({ hash, bytes, size, atMs }) => ({ hash, bytes, ...size, kept_at: new Date(atMs) })))
    .onConflict((on) => on.doNothing())
    .execute()
  await tx
    .insertInto('picture')
    .values(
      kept.map(({ siteId, atMs, url, reason, rule, ref, mark, isMarked, boxes = '', hash }) => ({
        ...{ site_id: siteId, at: new Date(atMs), url, reason, rule, ref, hash },
        ...{ mark: mark && JSON.stringify(mark), is_marked: isMarked, boxes, is_covered: true },
      })),
    )
    .execute()
  const siteIds = [...new Set(kept.map(({ siteId }) => siteId))]
  await deleteUnshown(tx, await prunePictures(tx, siteIds, keepCount))
  return kept.length
}

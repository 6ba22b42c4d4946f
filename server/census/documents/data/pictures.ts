import type { ShownPicture } from '../../../../shared/census/documents/documents.ts'
import type { PictureReason } from '../../../../shared/monitor/pictures/pictures.ts'
import type { Db } from '../../../base/db/database.ts'
import { newestPictures } from '../../../monitor/pictures/queries.ts'

/** Of one chapter. */
const MOST_PICTURES = 12

/** The pictures of what a chapter lists, in its order; what has none is left out. */
export async function picturesFor(
  db: Db,
  reason: PictureReason,
  listed: readonly { readonly id: number; readonly of: string }[],
): Promise<ShownPicture[]> {
  const found = await newestPictures(
    db,
    reason,
    listed.map(({ id }) => id),
  )
  return listed
    .flatMap(({ id: ref, of }) => {
      const picture = found.get(ref)
      if (!picture) return []
      const { id, at, url, hash, width, height } = picture
      return [{ id, of, at, url, hash, width, height }]
    })
    .slice(0, MOST_PICTURES)
}

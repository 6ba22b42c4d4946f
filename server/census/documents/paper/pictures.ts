import type { Paper } from '../../../../shared/census/documents/paper.ts'
import type { Db } from '../../../base/db/database.ts'
import '../../../monitor/pictures/tables.ts'

/** What pictures hold, JPEG. Keys are their ids. */
export type PictureBytes = ReadonlyMap<number, Uint8Array>
/** Of one document in all: what is more is left out, its caption stays. */
const MOST_BYTES = 12_000_000

/** What the pictures of a document hold, whoever may read the document; of one that is shown twice, once. */
export async function bytesOfPictures(db: Db, { sections }: Paper): Promise<PictureBytes> {
  const hashes = new Map(sections.flatMap(({ pictures }) => pictures.map(({ id, hash }) => [id, hash])))
  const bytes = new Map<number, Uint8Array>()
  let all = 0
  for (const [id, hash] of hashes) {
    const row = await db
      .selectFrom('picture_copy')
      .select('bytes')
      .where('hash', '=', hash)
      .executeTakeFirst()
    all += row?.bytes.length ?? 0
    if (row && all <= MOST_BYTES) bytes.set(id, row.bytes)
  }
  return bytes
}

import type { OpenFile } from '../../../shared/census/open-data/open-data-rules.ts'
import type { Db } from '../../base/db/database.ts'
import './tables.ts'

/** A published file, but for what is in it. */
export interface FileLine {
  readonly name: string
  readonly bytes: number
  readonly rows: number
  readonly hash: string
}

/** The days that are published, newest first. */
export async function publishedDays(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('open_data_file').select('day').distinct().orderBy('day', 'desc').execute()
  return rows.map(({ day }) => day)
}

export const filesOf = (db: Db, day: string): Promise<FileLine[]> =>
  db
    .selectFrom('open_data_file')
    .select(['name', 'bytes', 'rows', 'hash'])
    .where('day', '=', day)
    .orderBy('name')
    .execute()

/** A file of a day, gzipped; undefined where that is not published. */
export const fileOf = (
  db: Db,
  day: string,
  name: OpenFile,
): Promise<{ body: Buffer; hash: string } | undefined> =>
  db
    .selectFrom('open_data_file')
    .select(['body', 'hash'])
    .where('day', '=', day)
    .where('name', '=', name)
    .executeTakeFirst()

import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** What is published and of which nothing later is in force on a day, of those that are not retired by then. */
export async function ownInForce(
  db: Db | Tx,
  day: string,
): Promise<{ readonly id: number; readonly version: number; readonly body: EditionBody } | undefined> {
  return db
    .selectFrom('edition')
    .select(['id', 'version', 'body'])
    .where('state', '<>', 'draft')
    .where('from_day', '<=', day)
    .where((eb) => eb.or([eb('retired_on', 'is', null), eb('retired_on', '>', day)]))
    .orderBy('from_day', 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** One revision, the newest unless said; drafts only for those who make them. */
export async function findOwn(
  db: Db | Tx,
  code: string,
  { revision, drafts }: { readonly revision?: number | undefined; readonly drafts: boolean },
) {
  let query = ownRows(db).where('edition.code', '=', code)
  if (revision !== undefined) query = query.where('edition.revision', '=', revision)
  if (!drafts) query = query.where('edition.state', '<>', 'draft')
  return query.orderBy('edition.revision', 'desc').limit(1).executeTakeFirst()
}

/** All of them, the oldest first; drafts only for those who make them. */
export async function listOwn(db: Db, { drafts }: { readonly drafts: boolean }): Promise<OwnRow[]> {
  let query = ownRows(db)
  if (!drafts) query = query.where('edition.state', '<>', 'draft')
  return query.orderBy('edition.id').execute()
}

const ownRows = (db: Db | Tx) =>
  db
    .selectFrom('edition')
    .innerJoin('user_account as maker', 'maker.id', 'edition.made_by')
    .leftJoin('user_account as publisher', 'publisher.id', 'edition.published_by')
    .selectAll('edition')
    .select(['maker.name as maker_name', 'publisher.name as publisher_name'])

export type OwnRow = Awaited<ReturnType<ReturnType<typeof ownRows>['executeTakeFirstOrThrow']>>

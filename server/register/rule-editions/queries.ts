import { sql } from 'kysely'
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

export interface WhichRevision {
  readonly revision?: number | undefined
  /** Without a revision: of what is published the one that is in force on this day, or would be. */
  readonly on?: string | undefined
  /** Drafts, too: for those who make them. */
  readonly drafts?: boolean
}

/** One revision: the one that is said; else the one of a day; else the newest. What is retired only where it is said or nothing else is. */
export async function findOwn(
  db: Db | Tx,
  code: string,
  { revision, on, drafts = false }: WhichRevision,
): Promise<OwnRow | undefined> {
  let query = ownRows(db).where('edition.code', '=', code)
  if (revision !== undefined) query = query.where('edition.revision', '=', revision)
  if (!drafts) query = query.where('edition.state', '<>', 'draft')
  if (on !== undefined) {
    query = query
      .orderBy(sql`edition.state <> 'draft'`, 'desc')
      .orderBy(sql`edition.state <> 'retired'`, 'desc')
      .orderBy(sql`edition.from_day <= ${on}`, 'desc')
      .orderBy(sql`case when edition.from_day <= ${on} then edition.from_day end`, (by) =>
        by.desc().nullsLast(),
      )
  }
  return query.orderBy('edition.revision', 'desc').limit(1).executeTakeFirst()
}

/** Codes of the editions that were copied from one of the product's, that one's among them: they name the same rules. */
export const familyOf = (root: string) => sql<string>`
  (select ${root}::text union select code from edition where body ->> 'basedOn' = ${root})`

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

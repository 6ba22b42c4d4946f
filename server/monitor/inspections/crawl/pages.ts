import { type Selectable, sql } from 'kysely'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import type { InspectionPageTable } from '../tables.ts'

/** Said of a page for every rule: it could not be seen. */
export const ALL_RULES = '*'

export type KeptPage = Selectable<InspectionPageTable>

/** What is kept of a page from the last look; undefined where it was never seen. */
export const keptPage = (db: Db | Tx, siteId: number, urlHash: string): Promise<KeptPage | undefined> =>
  db
    .selectFrom('inspection_page')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('url_hash', '=', urlHash)
    .executeTakeFirst()

/** The pages and files that a look has seen so far, the home page first. */
export const pagesOfLook = (db: Db | Tx, siteId: number, scanId: number) =>
  db
    .selectFrom('inspection_page')
    .select(['url_hash', 'url', 'kind', 'depth', 'status', 'title', 'hosts', 'said', 'found'])
    .where('site_id', '=', siteId)
    .where('scan_id', '=', scanId)
    .orderBy('depth')
    .orderBy('url_hash')
    .execute()

/** The pages that a look has read with all that they lead to, or seen to be no more. */
export const readPages = (tx: Tx, siteId: number, scanId: number) =>
  tx
    .selectFrom('inspection_page')
    .select(['url_hash', 'url', 'depth'])
    .where('site_id', '=', siteId)
    .where('scan_id', '=', scanId)
    .where('kind', '=', 'page')
    .where(sql<boolean>`said ->> ${ALL_RULES}::text is null`)
    .where((eb) =>
      eb.or([
        eb('status', 'in', [404, 410]),
        // One that no rule came through with may not have been read for its links either.
        eb.and([eb('links', 'is not', null), eb('rules', 'is not', null)]),
      ]),
    )
    .execute()

/** The home page as a look has seen it, with what it came with; undefined where it did not open. */
export const keptHome = (db: Db | Tx, siteId: number, scanId: number) =>
  db
    .selectFrom('inspection_page')
    .select(['url', 'status', 'body', 'headers'])
    .where('site_id', '=', siteId)
    .where('scan_id', '=', scanId)
    .where('depth', '=', 0)
    .where('body', 'is not', null)
    .where(sql<boolean>`said ->> ${ALL_RULES}::text is null`)
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The home page as it was seen last, by whichever look. */
export interface LastHome {
  readonly url: string
  readonly url_hash: string
  readonly status: number | null
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>> | null
  readonly rules: string | null
}

/** Undefined: none is kept. */
export async function lastHome(db: Db, siteId: number): Promise<LastHome | undefined> {
  const row = await db
    .selectFrom('inspection_page')
    .select(['url', 'url_hash', 'status', 'body', 'headers', 'rules'])
    .where('site_id', '=', siteId)
    .where('depth', '=', 0)
    .where('body', 'is not', null)
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body ? { ...row, body: row.body } : undefined
}

/** How many files a look has fetched. */
export async function filesOfLook(db: Db | Tx, siteId: number, scanId: number): Promise<number> {
  const { n } = await db
    .selectFrom('inspection_page')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('site_id', '=', siteId)
    .where('scan_id', '=', scanId)
    .where('kind', '=', 'file')
    .executeTakeFirstOrThrow()
  return n
}

/** A page as a look brought it: all that is kept is new. */
export type SeenRow = Omit<KeptPage, 'site_id' | 'url_hash' | 'scan_id' | 'seen_at'>

/** Keeps a page that was looked at. */
export async function keepPage(
  tx: Tx,
  at: { readonly siteId: number; readonly urlHash: string; readonly scanId: number; readonly now: Date },
  row: SeenRow,
): Promise<void> {
  const { hosts, said, found, headers, ...plain } = row
  const values = {
    ...{ ...plain, scan_id: at.scanId, seen_at: at.now },
    ...{ hosts: JSON.stringify(hosts), said: JSON.stringify(said), found: JSON.stringify(found) },
    headers: headers && JSON.stringify(headers),
  }
  await tx
    .insertInto('inspection_page')
    .values({ site_id: at.siteId, url_hash: at.urlHash, ...values })
    .onConflict((on) => on.columns(['site_id', 'url_hash']).doUpdateSet(values))
    .execute()
}

/** A page that is as it was, or did not open this time: what it had stays. */
export async function seenAgain(
  tx: Tx,
  at: { readonly siteId: number; readonly urlHash: string; readonly scanId: number; readonly now: Date },
  change: Partial<Pick<KeptPage, 'depth' | 'etag' | 'last_modified' | 'status'>> & {
    readonly said?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { said, ...plain } = change
  await tx
    .updateTable('inspection_page')
    .set({ ...plain, scan_id: at.scanId, seen_at: at.now, ...(said && { said: JSON.stringify(said) }) })
    .where('site_id', '=', at.siteId)
    .where('url_hash', '=', at.urlHash)
    .execute()
}

/** Pages and files that a look was to come to and did not: what is known of them stays, and counts as not measured for that reason. */
export async function keepUnseen(
  tx: Tx,
  { siteId, scanId, now }: { readonly siteId: number; readonly scanId: number; readonly now: Date },
  pages: readonly Pick<KeptPage, 'url_hash' | 'url' | 'kind' | 'depth'>[],
  reason: string,
): Promise<void> {
  if (pages.length === 0) return
  await sql`
    insert into inspection_page as known (site_id, url_hash, url, kind, depth, scan_id, seen_at, said)
    select ${siteId}::int, one.url_hash, one.url, one.kind, one.depth, ${scanId}::int, ${now}::timestamptz,
      ${JSON.stringify({ [ALL_RULES]: reason })}::jsonb
    from jsonb_to_recordset(${JSON.stringify(pages)}::jsonb) as one(url_hash text, url text, kind text, depth int)
    on conflict (site_id, url_hash) do update
      set scan_id = excluded.scan_id, depth = excluded.depth, said = known.said || excluded.said
  `.execute(tx)
}

/**
 * Forgets pages that no look has seen for so long; after a whole look, those that it has not seen. Of what is left, as many as are kept
 * of a site, those seen last: addresses can be made up without end. One page of each problem that is there stays besides.
 */
export async function forgetPages(tx: Tx, siteId: number, scanId: number, before: Date): Promise<void> {
  await sql`
    with surplus as (
      select url_hash, found, seen_at from inspection_page
      where site_id = ${siteId} order by seen_at desc, url_hash offset ${MACHINE.kept.pages}
    ), held as (
      select distinct on (q.id) surplus.url_hash
      from surplus cross join lateral jsonb_array_elements(surplus.found) one
      join inspection_problem q on q.site_id = ${siteId} and q.rule = one ->> 0 and q.key = one ->> 1
      where q.gone_at is null and q.state <> 'refused' order by q.id, surplus.seen_at desc
    )
    delete from inspection_page p where p.site_id = ${siteId} and p.scan_id <> ${scanId} and (p.seen_at < ${before}
      or (p.url_hash in (select url_hash from surplus) and p.url_hash not in (select url_hash from held)))
  `.execute(tx)
}

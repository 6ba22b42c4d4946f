import { type RawBuilder, sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { PictureReason, SitePicture } from '../../../shared/monitor/pictures/pictures.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isKept, isSeen, type Parts, type Who } from './concerns.ts'
import { shownMark } from './mark.ts'
import './tables.ts'

export interface PictureFilter {
  readonly site?: number | undefined
  readonly reason?: PictureReason | undefined
  readonly refs?: readonly number[] | undefined
}

/** Pictures of sites of the scope, newest first: at most `limit`, those after the picture `before`. */
export async function listPictures(
  parts: Parts,
  who: Who,
  filter: PictureFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: SitePicture[]; total: number }> {
  const { db } = parts
  const matching = await matches(parts, who, filter)
  let query = pictureRows(db).where(matching)
  if (page.before !== undefined) query = query.where(isAfter(page.before))
  const rows = await query.orderBy('p.at', 'desc').orderBy('p.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('picture as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toPicture), total: Number(total) }
}

/** Whether the picture `p` comes after another in a list. */
const isAfter = (id: number): RawBuilder<boolean> =>
  sql<boolean>`(p.at, p.id) < (select one.at, one.id from picture one where one.id = ${id})`

/** What a picture holds, if it is seen. */
export async function contentOfPicture(
  parts: Parts,
  who: Who,
  id: number,
): Promise<{ hash: string; bytes: Buffer } | undefined> {
  return parts.db
    .selectFrom('picture as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .innerJoin('picture_copy as copy', 'copy.hash', 'p.hash')
    .select(['copy.hash', 'copy.bytes'])
    .where('p.id', '=', id)
    .where(await matches(parts, who, {}))
    .executeTakeFirst()
}

/** The newest picture of each of these, taken for one reason. Keys are refs. */
export async function newestPictures(
  db: Db | Tx,
  reason: PictureReason,
  refs: readonly number[],
): Promise<Map<number, SitePicture>> {
  if (refs.length === 0) return new Map()
  const rows = await pictureRows(db)
    .where('p.reason', '=', reason)
    .where(sql<boolean>`p.ref = any(${[...refs]}::int[])`)
    .orderBy('p.at')
    .execute()
  return new Map(rows.flatMap((row) => (row.ref === null ? [] : [[row.ref, toPicture(row)] as const])))
}

/**
 * Deletes all but the newest `keep` of each site's, and what something rests on.
 * @returns hashes of what they showed
 */
export async function prunePictures(tx: Tx, siteIds: readonly number[], keep: number): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    with ranked as (
      select id, row_number() over (partition by site_id order by at desc, id desc) as rank
      from picture where site_id = any(${[...siteIds]}::int[])
    )
    delete from picture p using ranked
    where ranked.id = p.id and ranked.rank > ${keep} and not ${isKept()}
    returning p.hash
  `.execute(tx)
  return rows.map(({ hash }) => hash)
}

/** Deletes what no picture shows any more. */
export async function deleteUnshown(tx: Tx, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return
  await sql`
    delete from picture_copy copy where hash = any(${[...hashes]}::text[])
      and not exists (select from picture p where p.hash = copy.hash)
  `.execute(tx)
}

async function matches(
  parts: Parts,
  who: Who,
  { site, reason, refs }: PictureFilter,
): Promise<RawBuilder<boolean>> {
  return sql<boolean>`(${within(who.scope, 'site')} and ${await isSeen(parts, who)}
    and ${site === undefined ? sql`true` : sql`p.site_id = ${site}`}
    and ${reason === undefined ? sql`true` : sql`p.reason = ${reason}`}
    and ${refs === undefined ? sql`true` : sql`p.ref = any(${[...refs]}::int[])`})`
}

function pictureRows(db: Db | Tx) {
  return db
    .selectFrom('picture as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .innerJoin('picture_copy as copy', 'copy.hash', 'p.hash')
    .select([
      'p.id',
      'p.site_id',
      'p.at',
      'p.url',
      'p.reason',
      'p.rule',
      'p.ref',
      'p.mark',
      'p.is_marked',
      'p.boxes',
    ])
    .select(['p.hash', 'copy.width', 'copy.height', sql<number>`length(copy.bytes)`.as('size')])
}

type Row = Awaited<ReturnType<ReturnType<typeof pictureRows>['executeTakeFirstOrThrow']>>

const toPicture = (row: Row): SitePicture => ({
  ...{ id: row.id, siteId: row.site_id, at: row.at.toISOString(), url: row.url },
  ...{
    reason: row.reason,
    rule: row.rule,
    ref: row.ref,
    mark: shownMark(row.mark, localDay(row.at.getTime())),
    marked: row.is_marked,
    boxes: row.boxes,
  },
  ...{ width: row.width, height: row.height, size: row.size, hash: row.hash },
})

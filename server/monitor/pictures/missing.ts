import { sql } from 'kysely'
import type { MissingPicture, PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import { KEPT_OF_SITE, MOST_MISSING } from '../../../shared/monitor/pictures/pictures-rules.ts'
import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isSeen, type Parts, type Who } from './concerns.ts'
import type { PictureFilter } from './queries.ts'
import './tables.ts'

/** A picture that could not be taken. */
export interface NotTaken {
  readonly siteId: number
  readonly atMs: number
  readonly url: string
  readonly reason: PictureReason
  readonly rule: string | null
  readonly ref: number | null
  readonly why: RenderReason
}

/** Keeps why pictures could not be taken; of a site as many of the newest as it has pictures. */
export async function keepMissing(tx: Tx, missing: readonly NotTaken[]): Promise<void> {
  if (missing.length === 0) return
  await tx
    .insertInto('picture_missing')
    .values(
      missing.map(({ siteId, atMs, url, reason, rule, ref, why }) => ({
        ...{ site_id: siteId, at: new Date(atMs), url, reason, rule, ref, why },
      })),
    )
    .execute()
  const siteIds = [...new Set(missing.map(({ siteId }) => siteId))]
  await sql`
    delete from picture_missing m using (
      select id, row_number() over (partition by site_id order by id desc) as rank from picture_missing
      where site_id = any(${siteIds}::int[])
    ) ranked where ranked.id = m.id and ranked.rank > ${KEPT_OF_SITE}
  `.execute(tx)
}

/** Pictures that were wanted and could not be taken, nor were since, newest first; of sites of the scope, as pictures are seen. */
export async function listMissing(
  parts: Parts,
  who: Who,
  { site, reason, refs }: PictureFilter,
): Promise<MissingPicture[]> {
  if (site === undefined && refs === undefined) return []
  const rows = await parts.db
    .selectFrom('picture_missing as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .select(['p.id', 'p.site_id', 'p.at', 'p.url', 'p.reason', 'p.rule', 'p.ref', 'p.why'])
    .where(
      sql<boolean>`(${within(who.scope, 'site')} and ${await isSeen(parts, who)}
        and ${site === undefined ? sql`true` : sql`p.site_id = ${site}`}
        and ${reason === undefined ? sql`true` : sql`p.reason = ${reason}`}
        and ${refs === undefined ? sql`true` : sql`p.ref = any(${[...refs]}::int[])`}
        and not exists (select from picture later where later.site_id = p.site_id and later.reason = p.reason
          and later.ref is not distinct from p.ref and later.rule is not distinct from p.rule and later.at >= p.at))`,
    )
    .orderBy('p.id', 'desc')
    .limit(MOST_MISSING)
    .execute()
  return rows.map(({ site_id, at, ...row }) => ({ ...row, siteId: site_id, at: at.toISOString() }))
}

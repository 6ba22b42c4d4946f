import { sql } from 'kysely'
import { DAY, localDay, startOfDay } from '../../../../shared/base/time.ts'
import { INSPECTION_RULES, MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import { SIGHT_DAYS } from '../../../../shared/monitor/pictures/pictures-rules.ts'
import type { Tx } from '../../../base/db/database.ts'
import { isCoveredAddress, shownAddress } from '../../persons/address.ts'
import { askPictures, type PictureAsk } from '../../pictures/ask.ts'
import { bringConcern } from '../../pictures/concerns.ts'
import { keepMissing } from '../../pictures/missing.ts'
import { deleteUnshown } from '../../pictures/queries.ts'
import { isSaid } from '../queries.ts'
import type { Outline } from '../rule.ts'
import { askerOf } from '../standing.ts'

bringConcern({
  of: 'problem',
  isKept: sql<boolean>`(p.reason = 'problem' and exists (select from inspection_problem q
    where q.id = p.ref and q.gone_at is null and q.state <> 'refused'))`,
  // Owners of a site are shown what they are told.
  isSeen: async (parts, who) =>
    who.scope.kind === 'unit'
      ? sql<boolean>`exists (select from inspection_problem q
          where q.id = p.ref and ${isSaid(await askerOf(parts, who), 'q')})`
      : sql<boolean>`true`,
})

/** What finds numbers of persons. */
const EXPOSING = 'personal-data'

interface Pictured {
  readonly id: number
  readonly rule: string
  readonly url: string
  readonly outline: Outline | null
  /** The page of the thing itself, beside the one that it stands on. */
  readonly item: string | null
  /** The local day on which it was noticed, of what was otherwise before. */
  readonly day: string | null
}

/**
 * Has pictures taken of the newest problems of a site that have none as found and were not asked for lately, a few after each look:
 * not of rules whose pictures would show what is to be hidden. Of what has a page of its own that is pictured, too; beside what was
 * otherwise before stands the last picture from then.
 */
export async function pictureProblems(tx: Tx, siteId: number, now: Date): Promise<void> {
  const pictured = INSPECTION_RULES.flatMap(({ id, picture, pictures }) =>
    picture ? [{ rule: id, pictures }] : [],
  )
  const { rows } = await sql<Pictured>`
    select q.id, q.rule, q.url, q.outline, q.detail ->> 'item' as item, q.detail ->> 'seenDay' as day
    from (
      select one.*, row_number() over (partition by one.rule order by one.id desc) as nth from inspection_problem one
      where one.site_id = ${siteId} and one.gone_at is null and one.state <> 'refused'
    ) q join jsonb_to_recordset(${JSON.stringify(pictured)}::jsonb) as r(rule text, pictures int) on r.rule = q.rule
    where q.nth <= r.pictures
      and not exists (select from picture p where p.reason = 'problem' and p.ref = q.id and p.at >= q.first_at)
      and not exists (select from render_order o where o.site_id = q.site_id and o.purpose = 'picture'
        and o.ref = concat_ws('|', 'problem', q.rule, q.id))
    order by q.id desc limit ${MACHINE.crawl.pictures}
  `.execute(tx)
  const open = await openAddresses(tx, siteId, rows, now)
  const asks = rows.flatMap(({ id, rule, url: shown, outline, item }): PictureAsk[] => {
    const url = open.get(shown)
    if (url === undefined) return []
    const one = { siteId, reason: 'problem' as const, rule, ref: id }
    const own = item === null ? [] : [{ ...one, url: item, mark: outline && { text: outline.text ?? '' } }]
    return [{ ...one, url, mark: outline }, ...own]
  })
  await askPictures(tx, asks, now.getTime())
  await sightBefore(
    tx,
    rows.filter(({ day }) => day !== null),
  )
}

/** Addresses of problems, by which they are shown, with those that open: those that name persons are the crawl's to know. */
async function openAddresses(
  tx: Tx,
  siteId: number,
  problems: readonly Pick<Pictured, 'url'>[],
  now: Date,
): Promise<Map<string, string>> {
  const open = new Map(problems.flatMap(({ url }) => (isCoveredAddress(url) ? [] : [[url, url] as const])))
  if (open.size === new Set(problems.map(({ url }) => url)).size) return open
  const pages = await tx.selectFrom('inspection_page').select('url').where('site_id', '=', siteId).execute()
  const today = localDay(now.getTime())
  for (const { url } of pages) {
    const shown = shownAddress(url, today)
    if (shown !== url) open.set(shown, url)
  }
  return open
}

/**
 * Lets pictures go that show, at full size, what lists cover: those of pages that publish numbers of persons from before such were
 * covered on pictures. That they are gone is said in their place.
 */
export async function dropExposed(tx: Tx, siteId: number, now: Date): Promise<void> {
  const { rows } = await sql<DroppedPicture>`
    delete from picture p where p.site_id = ${siteId} and not p.is_covered and exists (
      select from inspection_problem q where q.site_id = p.site_id and q.rule = ${EXPOSING} and q.url = p.url
        and q.gone_at is null and q.state <> 'refused')
    returning p.hash, p.url, p.reason, p.rule, p.ref
  `.execute(tx)
  const atMs = now.getTime()
  await keepMissing(
    tx,
    rows.map(({ hash: _hash, ...one }) => ({ ...one, siteId, atMs, why: 'personal' as const })),
  )
  await deleteUnshown(
    tx,
    rows.map(({ hash }) => hash),
  )
}

type DroppedPicture = Pick<PictureAsk, 'url' | 'reason' | 'rule' | 'ref'> & { readonly hash: string }

/** The last picture of the same page from before the day on which each was noticed stands with it, once. */
async function sightBefore(tx: Tx, problems: readonly Pictured[]): Promise<void> {
  if (problems.length === 0) return
  const given = problems.map(({ id, day }) => ({ id, before: new Date(startOfDay(day ?? '')).toISOString() }))
  await sql`
    insert into picture (site_id, at, url, reason, rule, ref, mark, is_marked, hash, is_covered)
    select q.site_id, p.at, p.url, 'problem', q.rule, q.id, null, false, p.hash, p.is_covered
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as one(id int, before timestamptz)
    join inspection_problem q on q.id = one.id
    cross join lateral (select at, url, hash, is_covered from picture earlier
      where earlier.site_id = q.site_id and earlier.url = q.url and earlier.at < one.before
      order by earlier.at desc limit 1) p
    where not exists (select from picture kept
      where kept.reason = 'problem' and kept.ref = q.id and kept.at < one.before)
  `.execute(tx)
}

/** Has the home page of a site pictured as it is, where that was not done for a week. */
export async function pictureHome(tx: Tx, siteId: number, now: Date): Promise<void> {
  const since = new Date(now.getTime() - SIGHT_DAYS * DAY)
  const { rows } = await sql<{ url: string }>`
    select site.url from site where site.id = ${siteId} and not exists (
      select from picture p where p.site_id = site.id and p.reason = 'sight' and p.at > ${since})
  `.execute(tx)
  const asks = rows.map(({ url }) => ({
    ...{ siteId, url, reason: 'sight' as const, rule: null, ref: null, mark: null },
  }))
  await askPictures(tx, asks, now.getTime())
}

import type { Selectable } from 'kysely'
import { type RawBuilder, sql } from 'kysely'
import { HOUR } from '../../../shared/base/time.ts'
import { notAside } from '../../base/aside/queries.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { AGAIN_MS } from './ending/finish.ts'
import { brokenLinksOf, isHarmless, storeFound } from './found.ts'
import { lastScans } from './queries.ts'
import { isNoFile, sightOf } from './rules.ts'
import type { ScanParts } from './scan.ts'
import { isSoftPage, probeSoft404, type SoftPage } from './soft-404.ts'
import type { LinkTargetTable } from './tables.ts'

/** Whoever does not come back within this time, which is longer than any visit, is gone. */
const LEASE_MS = 45_000
/** The same of asking for what is not there, which is up to three visits, and the first link. */
const FIRST_LEASE_MS = 2 * LEASE_MS
/** Broken links that are visited once more, at most: as many as a report shows. */
const MOST = 500
/** For so long after somebody has said that they are mended, links that could not be seen are visited again and again. */
const ASKED_MS = 6 * HOUR

interface DueScan {
  id: number
  siteId: number
  delayMs: number
  url: string
  demo: boolean
}
type Target = Selectable<LinkTargetTable>

/**
 * Has the broken links of the last scan of a site that saw anything visited once more, now. One that is under way visits them anyway.
 * @param options.unlessAsked where they are to be visited at some time already, that stands.
 */
export async function recheckSoon(
  tx: Tx,
  siteId: number,
  now: Date,
  { unlessAsked } = { unlessAsked: false },
): Promise<void> {
  await sql`
    with last as (${lastScans([siteId])})
    update link_scan scan set recheck_at = ${now} from last
    where scan.id = last.id and (scan.recheck_at is null or not ${unlessAsked}::boolean)
  `.execute(tx)
}

/**
 * Visits the broken links of one scan once more, if there is one whose time has come: exactly these, and nothing
 * else of the site. One that opens now is broken no more. If it cannot be done for a reason that will stay, it is set
 * aside.
 * @param options.onlyAsked none but those that somebody waits for.
 * @returns whether there was one.
 */
export async function recheckLinks(parts: ScanParts, { onlyAsked } = { onlyAsked: false }): Promise<boolean> {
  const scan = await claim(parts.ctx, onlyAsked)
  if (!scan) return false
  const item = { kind: 'scan', ref: `recheck ${scan.id}`, siteId: scan.siteId } as const
  await doOrSetAside(parts.ctx, item, () => recheck(parts, scan))
  return true
}

async function recheck(parts: ScanParts, scan: DueScan): Promise<void> {
  const { ctx, signal, wait } = parts
  const targets = await brokenTargets(ctx, scan.id)
  // Asked anew: since the scan the site may have come to answer with a page whatever it is asked for.
  const soft = targets.length > 0 ? await probeSoft404(parts.proberFor(scan.demo), scan.url, parts.cut) : null
  await holdOn(ctx, scan)
  let isHidden = false
  for (const target of targets) {
    if (signal.aborted) return
    const sight = await visitAgain(parts, scan, target, soft)
    isHidden ||= sight === 'unknown'
    await holdOn(ctx, scan)
    await wait(scan.delayMs)
  }
  if (!signal.aborted) await conclude(ctx, scan, isHidden)
}

/** Nobody else takes it up before the next link was visited. */
const holdOn = ({ db, clock }: Context, { id, delayMs }: DueScan) =>
  db
    .updateTable('link_scan')
    .set({ recheck_at: new Date(clock.now() + LEASE_MS + delayMs) })
    .where('id', '=', id)
    .execute()

/** SQL for whether a rectification of a site's links was submitted a short time ago and waits for them. */
const isAsked = (siteId: RawBuilder<number>, now: number) => sql<boolean>`
  exists (select from rectification r where r.site_id = ${siteId} and r.stage in ('submitted', 'verifying')
    and r.submitted_at > ${new Date(now - ASKED_MS)} and (r.rule = 'LINKS' or exists (
      select from rectification_alert covered join alert on alert.id = covered.alert_id
      where covered.rectification_id = r.id and alert.rule = 'LINKS')))`

/** What somebody waits for first. Of sites that are not to be visited nothing, and beside a scan only what somebody waits for. */
async function claim({ db, clock }: Context, onlyAsked: boolean): Promise<DueScan | undefined> {
  const now = clock.now()
  const { rows } = await sql<DueScan>`
    update link_scan scan set recheck_at = ${new Date(now + FIRST_LEASE_MS)}
    from site where site.id = scan.site_id and scan.id =
      (select due.id from link_scan due join site own on own.id = due.site_id
          cross join lateral (select ${isAsked(sql`due.site_id`, now)} as is_asked) waits
        where due.recheck_at <= ${new Date(now)} and due.state = 'done'
          and own.pause_reason is null and own.lifecycle not in ('closed', 'moved', 'merged')
          and (waits.is_asked or not ${onlyAsked}::boolean and not exists (select from link_scan live
            where live.site_id = due.site_id and live.state = 'running' and ${notAside('scan', sql`live.id::text`)}))
          and ${notAside('scan', sql`'recheck ' || due.id`)}
        order by waits.is_asked desc, due.recheck_at limit 1 for update of due skip locked)
    returning scan.id, scan.site_id as "siteId", scan.delay_ms as "delayMs", site.url, site.demo
  `.execute(db)
  return rows[0]
}

/** Those that are certain, of the home page first. */
function brokenTargets({ db }: Context, scanId: number): Promise<Target[]> {
  return db
    .selectFrom('link_target')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('state', '=', 'confirmed')
    .where('depth', '>', 0)
    .orderBy('depth')
    .orderBy('id')
    .limit(MOST)
    .execute()
}

/** Nothing that a firewall, the monitor itself, or a site that answers everything says is held against a link, or for it. */
async function visitAgain(
  { ctx, proberFor, cut }: ScanParts,
  scan: DueScan,
  target: Target,
  soft: SoftPage | null,
): Promise<ReturnType<typeof sightOf>> {
  const isCompared = soft?.outcome === 'soft' && target.is_inside && target.kind !== 'picture'
  // A page is read: a firewall may answer with one of its own. What comes in the place of a file is told by its head, and an online
  // system may begin with a form that looks like a firewall's.
  const headOnly = !isCompared && target.kind !== 'page'
  const visit = await proberFor(scan.demo).visit({ url: target.url, headOnly, signal: cut })
  if (cut.aborted) return 'broken'
  const { result, headers } = visit
  const isSoft = isCompared && (await isSoftPage(soft, visit, target.url))
  const isSwapped = result.outcome === 'ok' && isNoFile(target.kind, headers['content-type'])
  const sight = isSoft ? 'unknown' : isSwapped ? 'broken' : sightOf(result)
  const seen = { status: result.status, cause: isSwapped ? 'not_a_file' : result.cause }
  await ctx.db
    .updateTable('link_target')
    .set({
      visits: target.visits + 1,
      ...(sight === 'unknown' ? {} : seen),
      ...(sight === 'fine' ? { state: 'fine' as const } : {}),
    })
    .where('id', '=', target.id)
    .execute()
  return sight
}

/** @param isHidden a firewall or the monitor itself stood before a link: nothing is concluded yet, unless all that is left is harmless. */
async function conclude(ctx: Context, scan: DueScan, isHidden: boolean): Promise<void> {
  const now = ctx.clock.now()
  await commitFacts(ctx, async (tx) => {
    await tx.deleteFrom('link_target').where('scan_id', '=', scan.id).where('state', '=', 'fine').execute()
    // A scan that has ended meanwhile knows more.
    const { rows } = await lastScans([scan.siteId]).execute(tx)
    const isLast = rows.some(({ id }) => id === scan.id)
    const isTold = !isHidden || isHarmless(await brokenLinksOf(tx, scan.id, now))
    const isAgain = sql<boolean>`${isLast && !isTold} and ${isAsked(sql`${scan.siteId}::int`, now)}`
    await tx
      .updateTable('link_scan')
      .set({
        recheck_at: sql<Date | null>`case when ${isAgain} then ${new Date(now + AGAIN_MS)}::timestamptz end`,
        ...(isLast && isTold && { rechecked_at: new Date(now) }),
      })
      .where('id', '=', scan.id)
      .execute()
    return isLast ? storeFound(ctx, tx, scan, now, isTold) : []
  })
}

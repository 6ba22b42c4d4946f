import { sql } from 'kysely'
import { HOUR } from '../../../../shared/base/time.ts'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import { type LinkKind, type LinkRule, linkRule } from '../../../../shared/monitor/links/links-rules.ts'
import type { Tx } from '../../../base/db/database.ts'
import { SOFT_CAUSE } from '../rules.ts'
import { cutWhereLost, keepStanding, standingOf } from './before.ts'

/** Scans of a site whose findings are kept. */
const KEPT_SCANS = 5
/** Links that could not be seen are visited once more after so long. */
export const AGAIN_MS = HOUR

/** How far a scan got. */
export interface Ended {
  readonly is_cut: boolean
  readonly pages: number
  /** It has seen all links that were broken before; a look by night has seen none. */
  readonly isSettled: boolean
}

/**
 * Ends a scan: only what was broken is kept of it, and of the site's scans the newest. What was broken before stays so unless the scan
 * has seen that it is mended, and is visited once more; a scan that could not even read the home page says nothing.
 * @returns how far it got; null when it was stopped meanwhile, and goes on being so.
 */
export async function finishScan(tx: Tx, id: number, siteId: number, now: Date): Promise<Ended | null> {
  await cutWhereLost(tx, id)
  const done = await tx
    .updateTable('link_scan')
    .set((eb) => ({ state: 'done', finished_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning(['id', 'site_id', 'is_cut', 'pages', 'max_depth', 'soft404'])
    .executeTakeFirst()
  if (!done) return null
  const standing = done.pages > 0 ? await standingOf(tx, done) : []
  // Where no page leads there is no link that could be broken.
  await tx.deleteFrom('link_target').where('scan_id', '=', id).where('found_on', '=', '').execute()
  await keepStanding(tx, id, standing)
  await keepUnjudged(tx, id)
  await tx
    .deleteFrom('link_target')
    .where('scan_id', '=', id)
    .where('state', 'not in', ['confirmed', 'suspected'])
    .execute()
  const isSettled = standing.length === 0
  if (done.pages > 0) await askAgain(tx, id, siteId, isSettled ? null : new Date(now.getTime() + AGAIN_MS))
  // The last one that saw anything stays, however many there are that did not.
  await sql`
    delete from link_scan where site_id = ${siteId} and id not in (
      select id from link_scan where site_id = ${siteId} order by id desc limit ${KEPT_SCANS})
      and id is distinct from (select max(id) from link_scan where site_id = ${siteId} and state = 'done' and pages > 0)
  `.execute(tx)
  return { is_cut: done.is_cut, pages: done.pages, isSettled }
}

/**
 * What was still to be visited of the scans before is this one's to visit, where it has not seen it itself.
 * @param at when that is, at the latest; null: it has seen all.
 */
async function askAgain(tx: Tx, id: number, siteId: number, at: Date | null): Promise<void> {
  await sql`
    update link_scan scan set recheck_at = case when scan.id = ${id} and ${at !== null} then
      least(${at}::timestamptz, (select min(recheck_at) from link_scan where site_id = ${siteId} and id < ${id})) end
    where scan.site_id = ${siteId} and (scan.id = ${id} or (scan.id < ${id} and scan.recheck_at is not null))
  `.execute(tx)
}

/** Ends a look by night, of which nothing stays but what it has seen. @returns how far it got; null when it was ended meanwhile. */
export async function endLook(tx: Tx, id: number): Promise<Ended | null> {
  await cutWhereLost(tx, id)
  const done = await tx
    .deleteFrom('link_scan')
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning(['is_cut', 'pages'])
    .executeTakeFirst()
  return done ? { ...done, isSettled: false } : null
}

interface Share {
  readonly all: number
  readonly unmeasured: number
  /** Those of them that were answered as the site answers where it has nothing. */
  readonly soft: number
}

/**
 * How many links could not be judged, by indicator: of those in whose way a firewall or the monitor itself stood no word is lost where they
 * are few.
 */
async function keepUnjudged(tx: Tx, id: number): Promise<void> {
  const { rows } = await sql<Share & { kind: LinkKind; on_home: boolean }>`
    select kind, on_home, count(*)::int as "all", (count(*) filter (where state = 'unmeasured'))::int as unmeasured,
      (count(*) filter (where state = 'unmeasured' and cause = ${SOFT_CAUSE}))::int as soft
    from link_target where scan_id = ${id} and depth > 0 group by kind, on_home
  `.execute(tx)
  const shares = new Map<LinkRule, Share>()
  for (const { kind, on_home, ...one } of rows) {
    const rule = linkRule(kind, on_home)
    const { all, unmeasured, soft } = shares.get(rule) ?? { all: 0, unmeasured: 0, soft: 0 }
    shares.set(rule, {
      all: all + one.all,
      unmeasured: unmeasured + one.unmeasured,
      soft: soft + one.soft,
    })
  }
  const unjudged = [...shares].flatMap(([rule, { all, unmeasured, soft }]) =>
    soft > 0 || unmeasured > MACHINE.unmeasured.ofPages * all ? [[rule, unmeasured] as const] : [],
  )
  if (unjudged.length === 0) return
  await tx
    .updateTable('link_scan')
    .set({ unjudged: JSON.stringify(Object.fromEntries(unjudged)) })
    .where('id', '=', id)
    .execute()
}

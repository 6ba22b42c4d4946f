import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  DEFAULT_SETTINGS,
  type LinkReport,
  type LinkScan,
  type ScanInput,
  type ScanSettings,
} from '../../../shared/monitor/links/links.ts'
import { may, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { addHome } from './queries.ts'
import { findings, findScan, lastScan, lastSettings } from './report.ts'

/** A site's last scan with what it found so far. @throws Refusal not_found */
export async function linkReport(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  scope: Scope,
  siteId: number,
): Promise<LinkReport> {
  if (!(await findLocation(db, scope, siteId))) throw noSite()
  const scan = await lastScan(db, siteId)
  return scan
    ? { scan, ...(await findings(db, scan.id, clock.now())) }
    : { scan: null, findings: [], counts: [] }
}

/**
 * Begins a scan of a site's links. What is not said is as at the site's last scan.
 * @throws Refusal not_found, forbidden; conflict when one is under way.
 */
export async function startScan(
  ctx: Context,
  user: Principal,
  siteId: number,
  given: ScanInput,
): Promise<LinkScan> {
  const now = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, siteId)
    const last = (await lastSettings(tx, siteId)) ?? DEFAULT_SETTINGS
    const settings = { ...last, ...withoutGaps(given) }
    const id = await insertScan(tx, siteId, settings, user.id, now)
    if (id === null) {
      throw new Refusal('conflict', 'links.scanSiteUnderWay')
    }
    const detail = { scan: id, ...settings }
    await recordAudit(tx, {
      at: now,
      actor: user,
      action: 'site.scan_started',
      entity: 'site',
      entityId: siteId,
      detail,
    })
    return required(await findScan(tx, id))
  })
}

/** Has a site looked through now, unless that is under way: a worker takes it up within a minute. */
export async function lookSoon(tx: Tx, siteId: number, now: Date): Promise<void> {
  await insertScan(tx, siteId, await settingsUnasked(tx, siteId), null, now)
}

/** Begins the scan that a site gets by the week. @returns its number, or null when one is under way. */
export async function startWeeklyScan(ctx: Context, siteId: number): Promise<number | null> {
  return ctx.db.transaction().execute(async (tx) => {
    return insertScan(tx, siteId, await settingsUnasked(tx, siteId), null, new Date(ctx.clock.now()))
  })
}

/** Of a scan that nobody asks for: as patient as people have set it and as wide, but never narrower than where nobody has. */
async function settingsUnasked(tx: Tx, siteId: number): Promise<ScanSettings> {
  const last = (await lastSettings(tx, siteId)) ?? DEFAULT_SETTINGS
  return {
    depth: Math.max(last.depth, DEFAULT_SETTINGS.depth),
    pages: Math.max(last.pages, DEFAULT_SETTINGS.pages),
    links: Math.max(last.links, DEFAULT_SETTINGS.links),
    delayMs: last.delayMs,
  }
}

/**
 * Stops a scan, or has a stopped one go on where it was.
 * @throws Refusal not_found, forbidden; conflict when it is not in the state that the asker saw.
 */
export async function turnScan(
  ctx: Context,
  user: Principal,
  id: number,
  to: 'running' | 'stopped',
  version: number,
): Promise<LinkScan> {
  const now = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    const scan = await findScan(tx, id)
    if (!scan) throw noScan()
    await requireSite(tx, user, scan.siteId)
    const { numUpdatedRows } = await tx
      .updateTable('link_scan')
      .set((eb) => ({ state: to, version: eb('version', '+', 1), next_at: now }))
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', to === 'running' ? 'stopped' : 'running')
      .executeTakeFirst()
    const after = required(await findScan(tx, id))
    if (numUpdatedRows === 0n) {
      throw new Refusal('conflict', 'links.scanMoved', { current: after })
    }
    const action = to === 'running' ? 'site.scan_resumed' : 'site.scan_stopped'
    await recordAudit(tx, {
      at: now,
      actor: user,
      action,
      entity: 'site',
      entityId: scan.siteId,
      detail: { scan: id },
    })
    return after
  })
}

/**
 * Begins a look by night: pages and files for the rules of the machine, no links for their own sake.
 * @returns its number, or null when the site is being looked at already.
 */
export async function startBriefScan(ctx: Context, siteId: number): Promise<number | null> {
  const { pages, files, depth } = MACHINE.crawl
  return ctx.db.transaction().execute(async (tx) => {
    const last = await settingsUnasked(tx, siteId)
    const settings = { ...last, pages, links: pages + files, depth: Math.min(depth, last.depth) }
    return insertScan(tx, siteId, settings, null, new Date(ctx.clock.now()), true)
  })
}

/** A look by night stands in nobody's way: what it has seen is kept page by page. */
async function endBriefScan(tx: Tx, siteId: number): Promise<void> {
  await tx.deleteFrom('link_scan').where('site_id', '=', siteId).where('brief', '=', true).execute()
}

async function insertScan(
  tx: Tx,
  siteId: number,
  { depth, pages, links, delayMs }: ScanSettings,
  requestedBy: number | null,
  now: Date,
  brief = false,
): Promise<number | null> {
  if (!brief) await endBriefScan(tx, siteId)
  const { url } = await tx.selectFrom('site').select('url').where('id', '=', siteId).executeTakeFirstOrThrow()
  const row = await tx
    .insertInto('link_scan')
    .values({
      site_id: siteId,
      state: 'running',
      requested_by: requestedBy,
      max_depth: depth,
      max_pages: pages,
      max_links: links,
      delay_ms: delayMs,
      brief,
      created_at: now,
      next_at: now,
    })
    .onConflict((on) => on.column('site_id').where('state', '<>', 'done').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return null
  await addHome(tx, row.id, url, { limit: links, now })
  return row.id
}

function withoutGaps(given: ScanInput): Partial<ScanSettings> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

async function requireSite(tx: Tx, user: Principal, siteId: number): Promise<void> {
  const site = await findLocation(tx, user.scope, siteId)
  if (!site) throw noSite()
  if (!may(user, 'site.visit', site)) {
    throw new Refusal('forbidden', 'common.mayNotSite')
  }
}

function required(scan: LinkScan | null): LinkScan {
  if (!scan) throw noScan()
  return scan
}

const noSite = () => new Refusal('not_found', 'common.noSuchSite')
const noScan = () => new Refusal('not_found', 'links.noSuchScan')

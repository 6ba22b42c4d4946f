import type { Selectable } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import {
  LINK_RULES,
  type LinkFinding,
  type LinkScan,
  linkPoints,
  linkRule,
  type ScanSettings,
} from '../../../shared/monitor/links/links.ts'
import type { Db } from '../../base/db/database.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import type { SoftPage } from './soft-404.ts'
import type { LinkTargetTable } from './tables.ts'

const MAX_FINDINGS = 500

/** The settings of the last scan of a site. */
export async function lastSettings(db: Db, siteId: number): Promise<ScanSettings | null> {
  const row = await db
    .selectFrom('link_scan')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('brief', '=', false)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? settingsOf(row) : null
}

/** A site's last scan, as people see it. */
export async function lastScan(db: Db, siteId: number): Promise<LinkScan | null> {
  const row = await scanRows(db)
    .where('scan.site_id', '=', siteId)
    .where('scan.brief', '=', false)
    .orderBy('scan.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? toScan(row) : null
}

/** A scan of links; a look by night is none, and nobody's to stop. */
export async function findScan(db: Db, id: number): Promise<LinkScan | null> {
  const row = await scanRows(db).where('scan.id', '=', id).where('scan.brief', '=', false).executeTakeFirst()
  return row ? toScan(row) : null
}

function scanRows(db: Db) {
  return db
    .selectFrom('link_scan as scan')
    .leftJoin('user_account as person', 'person.id', 'scan.requested_by')
    .selectAll('scan')
    .select((eb) => [
      'person.name as person_name',
      eb
        .selectFrom('link_target')
        .select((one) => one.fn.countAll<number>().as('n'))
        .whereRef('scan_id', '=', 'scan.id')
        .where('state', '=', 'waiting')
        .as('waiting'),
    ])
}

type ScanRow = Awaited<ReturnType<ReturnType<typeof scanRows>['executeTakeFirstOrThrow']>>

function settingsOf(row: Pick<ScanRow, 'max_depth' | 'max_pages' | 'max_links' | 'delay_ms'>): ScanSettings {
  return { depth: row.max_depth, pages: row.max_pages, links: row.max_links, delayMs: row.delay_ms }
}

const softOf = ({ outcome, reason, url, is }: SoftPage) => ({ outcome, reason, url, is })

function toScan(row: ScanRow): LinkScan {
  return {
    id: row.id,
    siteId: row.site_id,
    state: row.state,
    settings: settingsOf(row),
    requestedBy: row.requested_by === null ? null : { id: row.requested_by, name: row.person_name ?? '' },
    pages: row.pages,
    checked: row.checked,
    waiting: row.waiting ?? 0,
    cut: row.is_cut,
    soft404: row.soft404 && softOf(row.soft404),
    unjudged: Object.values(row.unjudged ?? {}).reduce((sum, n) => sum + n, 0),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    version: row.version,
  }
}

/**
 * The broken links of a scan, the dearest and surest first, and how many there are of each rule; without persons that addresses name.
 * @param now epoch ms.
 */
export async function findings(db: Db, scanId: number, now: number) {
  const rows = await db
    .selectFrom('link_target')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('state', 'in', ['confirmed', 'suspected'])
    .where('found_on', '<>', '')
    // The home page itself is V1's business.
    .where('depth', '>', 0)
    .orderBy('id')
    .execute()
  const all = rows.map(toFinding)
  const counts = LINK_RULES.map((rule) => {
    const of = all.filter((finding) => finding.rule === rule)
    const confirmed = of.filter((finding) => finding.state === 'confirmed').length
    return {
      rule,
      confirmed,
      suspected: of.length - confirmed,
      points: linkPoints(rule, confirmed, rulesInForce()),
    }
  })
  const order = ['S10', 'S9b', 'S2a', 'S2b']
  const rank = (finding: LinkFinding) =>
    (finding.state === 'confirmed' ? 0 : 10) + order.indexOf(finding.rule)
  const first = all.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_FINDINGS)
  const today = localDay(now)
  return { findings: first.map((finding) => withoutPersons(finding, today)), counts }
}

const withoutPersons = (finding: LinkFinding, today: string): LinkFinding => ({
  ...finding,
  url: shownAddress(finding.url, today),
  foundOn: shownAddress(finding.foundOn, today),
  foundText: shownText(finding.foundText, today),
})

function toFinding(row: Selectable<LinkTargetTable>): LinkFinding {
  return {
    id: row.id,
    url: row.url,
    kind: row.kind,
    rule: linkRule(row.kind, row.on_home),
    state: row.state === 'confirmed' ? 'confirmed' : 'suspected',
    inside: row.is_inside,
    onHome: row.on_home,
    foundOn: row.found_on,
    foundText: row.found_text,
    status: row.status,
    cause: row.cause,
  }
}

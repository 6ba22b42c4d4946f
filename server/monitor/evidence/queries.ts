import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { SiteEvidence } from '../../../shared/monitor/freshness/evidence.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import type { PackedPage } from './pack.ts'
import type { SiteEvidenceTable } from './tables.ts'

/** Stores pages by the hash of their content; one that is there already is left as it is. */
export async function insertCopies(
  tx: Tx,
  pages: readonly (PackedPage & { readonly keptAt: Date })[],
): Promise<void> {
  // In the order of their hashes, so that monitors that keep the same pages cannot deadlock.
  const rows = [...new Map(pages.map((page) => [page.hash, page])).values()]
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ hash, bytes, size, isCut, keptAt }) => ({ hash, bytes, size, is_cut: isCut, kept_at: keptAt }))
  await tx
    .insertInto('page_copy')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
}

export async function insertEvidence(tx: Tx, rows: readonly Insertable<SiteEvidenceTable>[]): Promise<void> {
  await tx
    .insertInto('site_evidence')
    .values([...rows])
    .execute()
}

/**
 * Deletes all but the newest `keep` of each site's, and what proves an alert that is not resolved or that a rectification
 * was raised from.
 * @returns hashes of the pages that they showed.
 */
export async function pruneSites(tx: Tx, siteIds: readonly number[], keep: number): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    with ranked as (
      select id, site_id, row_number() over (partition by site_id order by id desc) as rank
      from site_evidence where site_id = any(${siteIds}::int[])
    ), proof as (
      select (select max(e.id) from site_evidence e where e.site_id = alert.site_id and e.at <= alert.opened_at) as id
      from alert
      where alert.site_id = any(${siteIds}::int[]) and (alert.status <> 'resolved'
        or exists (select 1 from rectification_alert link where link.alert_id = alert.id))
    )
    delete from site_evidence e using ranked
    where ranked.id = e.id and ranked.rank > ${keep} and e.id not in (select id from proof where id is not null)
    returning e.hash
  `.execute(tx)
  return rows.map((row) => row.hash)
}

/** Deletes those of these pages that prove nothing any more. */
export async function deleteUnused(tx: Tx, hashes: readonly string[]): Promise<void> {
  await sql`
    delete from page_copy copy where hash = any(${hashes}::text[])
      and not exists (select 1 from site_evidence e where e.hash = copy.hash)
  `.execute(tx)
}

/** The kept pages of a site, newest first. */
export async function listEvidence(db: Db, siteId: number): Promise<SiteEvidence[]> {
  const rows = await evidenceRows(db).where('e.site_id', '=', siteId).orderBy('e.id', 'desc').execute()
  return rows.map(toEvidence)
}

/** One kept page within a scope, with the site it is of. */
export async function findEvidence(db: Db, scope: Scope, id: number) {
  const row = await evidenceRows(db)
    .innerJoin('site', 'site.id', 'e.site_id')
    .select(['site.name', 'site.code'])
    .where('e.id', '=', id)
    .where(within(scope, 'site'))
    .executeTakeFirst()
  return row && { ...toEvidence(row), site: { id: row.site_id, name: row.name, code: row.code } }
}

/** The compressed bytes behind a row of evidence, and the encoding that they were read in. */
export function findCopy(db: Db, id: number): Promise<{ bytes: Buffer; encoding: string } | undefined> {
  return db
    .selectFrom('site_evidence as e')
    .innerJoin('page_copy as copy', 'copy.hash', 'e.hash')
    .select(['copy.bytes', 'e.encoding'])
    .where('e.id', '=', id)
    .executeTakeFirst()
}

/** The copy of the same site that was kept before this one. */
export function findPrevious(
  db: Db,
  siteId: number,
  id: number,
): Promise<{ id: number; at: Date } | undefined> {
  return db
    .selectFrom('site_evidence')
    .select(['id', 'at'])
    .where('site_id', '=', siteId)
    .where('id', '<', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function evidenceRows(db: Db) {
  return db
    .selectFrom('site_evidence as e')
    .innerJoin('page_copy as copy', 'copy.hash', 'e.hash')
    .select(['e.id', 'e.site_id', 'e.at', 'e.shown', 'e.state', 'e.url', 'e.finding', 'e.hash'])
    .select(['copy.size', 'copy.is_cut', sql<number>`length(copy.bytes)`.as('kept_size')])
}

type EvidenceRow = Awaited<ReturnType<ReturnType<typeof evidenceRows>['executeTakeFirstOrThrow']>>

function toEvidence(row: EvidenceRow): SiteEvidence {
  return {
    id: row.id,
    siteId: row.site_id,
    at: row.at.toISOString(),
    shown: row.shown,
    state: row.state,
    url: row.url,
    finding: row.finding,
    hash: row.hash,
    size: row.size,
    keptSize: row.kept_size,
    cut: row.is_cut,
  }
}

import { sql } from 'kysely'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/** A site of the register with everything that it says. */
export const recordRows = (db: Db | Tx) =>
  db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.version', 'site.created_at', 'site.demo', 'site.unit_id', 'site.district'])
    .select(['site.code', 'site.name', 'site.url', 'site.level', 'site.platform', 'site.interval_s'])
    .select(['site.profile', 'unit.name as unit', 'site.lifecycle', 'site.lifecycle_until'])
    .select('site.merged_into')
    .select((eb) => eb.fn.coalesce('site.division', 'site.district').as('division'))

export type RecordRow = Awaited<ReturnType<ReturnType<typeof recordRows>['executeTakeFirstOrThrow']>>

/** The site of that number, if it is within the scope. */
export const findRecord = (db: Db | Tx, scope: Scope, id: number): Promise<RecordRow | undefined> =>
  recordRows(db).where('site.id', '=', id).where(within(scope, 'site')).executeTakeFirst()

/** Those of these numbers that are within the scope. */
export const findRecords = (db: Db | Tx, scope: Scope, ids: readonly number[]): Promise<RecordRow[]> =>
  recordRows(db).where('site.id', 'in', ids).where(within(scope, 'site')).orderBy('site.id').execute()

/** What is said of a site by the keys of its fields. */
export function valuesOf(row: RecordRow): FieldValues {
  const { code, name, url, level, unit, platform, division, interval_s } = row
  const lifecycle = { lifecycle: row.lifecycle, lifecycleUntil: row.lifecycle_until }
  return {
    ...row.profile,
    ...lifecycle,
    code,
    name,
    url,
    level,
    district: division,
    unit,
    platform,
    interval: interval_s,
  }
}

export interface ChangesAsked {
  /** Changes before this instant. */
  readonly before?: Date | undefined
  /** Changes of this field. */
  readonly field?: string | undefined
}

const changesOf = (db: Db, siteId: number, { before, field }: ChangesAsked) => {
  let rows = db.selectFrom('site_change').where('site_id', '=', siteId)
  if (before) rows = rows.where('at', '<', before)
  if (field !== undefined) {
    rows = rows.where(sql<boolean>`(jsonb_exists(before, ${field}) or jsonb_exists(after, ${field}))`)
  }
  return rows
}

/** Changes of a site, newest first: at most `limit`, of versions below `below`. */
export async function listChanges(
  db: Db,
  siteId: number,
  asked: ChangesAsked,
  page: { readonly limit: number; readonly below?: number | undefined },
) {
  let rows = changesOf(db, siteId, asked)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  if (page.below !== undefined) rows = rows.where('version', '<', page.below)
  const items = await rows.selectAll().orderBy('version', 'desc').limit(page.limit).execute()
  return { items, total }
}

/** The changes of a site since a version, or since an instant, newest first. */
export function changesSince(
  db: Db | Tx,
  siteId: number,
  since: { readonly version: number } | { readonly at: Date },
) {
  const rows = db.selectFrom('site_change').selectAll().where('site_id', '=', siteId)
  const those =
    'version' in since ? rows.where('version', '>', since.version) : rows.where('at', '>=', since.at)
  return those.orderBy('version', 'desc').execute()
}

import { sql } from 'kysely'
import type { DifferencesOfDistrict, DifferingFilter } from '../../../shared/monitor/imprints/imprints.ts'
import {
  CROSS_CHECKS,
  type CrossCheck,
  crossChecks,
  type Registered,
} from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { FieldValue } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { type RecordRow, recordRows } from '../../register/ledger/queries.ts'

const PHONES = ['head', 'contact1', 'contact2', 'contact3'].flatMap((who) => [`${who}Phone`, `${who}Mobile`])

/** What the register says of that which a page says of itself. */
export function registeredOf({ code, name, unit, url, profile }: RecordRow): Registered {
  const text = (value: FieldValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)
  return {
    ...{ code, name, unit, url, redirectUrl: text(profile.redirectUrl) },
    ...{ icp: text(profile.icp), police: text(profile.police) },
    phones: PHONES.flatMap((key) => text(profile[key]) ?? []),
  }
}

/** Sites with what their home page said of itself; null where it was never read. */
export const imprintRows = (db: Db | Tx) =>
  recordRows(db)
    .leftJoin('site_imprint as imprint', 'imprint.site_id', 'site.id')
    .select(['imprint.read_at', 'imprint.final_url', 'imprint.said', 'imprint.site_version'])

export type ImprintRow = Awaited<ReturnType<ReturnType<typeof imprintRows>['executeTakeFirstOrThrow']>>

export const checksOf = (row: ImprintRow): CrossCheck[] =>
  crossChecks(registeredOf(row), row.said, row.final_url)

/** The cross-checks of sites, by site. */
export async function checksOfSites(
  db: Db | Tx,
  siteIds: readonly number[],
): Promise<Map<number, CrossCheck[]>> {
  const rows = await imprintRows(db)
    .where('site.id', 'in', [...siteIds])
    .execute()
  return new Map(rows.map((row) => [row.id, checksOf(row)]))
}

/** Held against the register as it was before it changed: at most `limit`. */
export const outdatedRows = (db: Db, limit: number): Promise<ImprintRow[]> =>
  imprintRows(db)
    .whereRef('imprint.site_version', '<>', 'site.version')
    .orderBy('site.id')
    .limit(limit)
    .execute()

/** By district, in the order of the administration. */
export async function differencesByDistrict(db: Db, scope: Scope): Promise<DifferencesOfDistrict[]> {
  const counts = sql.join(
    CROSS_CHECKS.map(
      (check) => sql`count(*) filter (where ${check} = any(imprint.differs))::int as ${sql.ref(check)}`,
    ),
  )
  type Row = {
    district: string
    sites: number
    read: number
    agreeing: number
  } & DifferencesOfDistrict['checks']
  const { rows } = await sql<Row>`
    select site.district, count(*)::int as sites, count(imprint.site_id)::int as read,
      count(*) filter (where imprint.differs = '{}')::int as agreeing, ${counts}
    from site join district on district.code = site.district left join site_imprint imprint on imprint.site_id = site.id
    where ${isThere} and ${within(scope, 'site')}
    group by site.district, district.position order by district.position
  `.execute(db)
  return rows.map(({ district, sites, read, agreeing, ...checks }) => ({
    ...{ district, sites, read, agreeing, checks },
  }))
}

/** Sites whose page says otherwise, by number: at most `limit`, after `after`. */
export async function differingRows(
  db: Db,
  scope: Scope,
  { district, check }: DifferingFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Promise<{ rows: ImprintRow[]; total: number }> {
  const where = sql<boolean>`(imprint.differs <> '{}' and ${isThere} and ${within(scope, 'site')}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    and ${check === undefined ? sql`true` : sql`${check} = any(imprint.differs)`})`
  const { total } = await db
    .selectFrom('site')
    .innerJoin('site_imprint as imprint', 'imprint.site_id', 'site.id')
    .where(where)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await imprintRows(db)
    .where(where)
    .where('site.id', '>', page.after ?? 0)
    .orderBy('site.id')
    .limit(page.limit)
    .execute()
  return { rows, total }
}

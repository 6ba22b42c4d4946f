import { localDay } from '../../../shared/base/time.ts'
import type {
  DifferencesOfDistrict,
  DifferingFilter,
  DifferingSite,
  SiteImprint,
} from '../../../shared/monitor/imprints/imprints.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { within } from '../../people/rights/scope.ts'
import { noSuchSite } from '../../register/sites/require.ts'
import { checksOf, differencesByDistrict, differingRows, imprintRows } from './queries.ts'
import { shownChecks } from './shown.ts'
import { followRegister } from './store.ts'

/** What the home page of a site says of itself, held against the register as it is now. @throws Refusal not_found */
export async function siteImprint({ db, clock }: Context, user: Principal, id: number): Promise<SiteImprint> {
  const row = await imprintRows(db)
    .where('site.id', '=', id)
    .where(within(user.scope, 'site'))
    .executeTakeFirst()
  if (!row) throw noSuchSite()
  return {
    readAt: row.read_at?.toISOString() ?? null,
    checks: shownChecks(checksOf(row), localDay(clock.now())),
  }
}

/** By district, in how many sites page and register differ; those that are over are left out. */
export async function differences({ db }: Context, user: Principal): Promise<DifferencesOfDistrict[]> {
  await followRegister(db)
  return differencesByDistrict(db, user.scope)
}

/** The sites whose page says otherwise than the register, by number. */
export async function differingSites(
  { db, clock }: Context,
  user: Principal,
  filter: DifferingFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Promise<{ items: DifferingSite[]; total: number }> {
  await followRegister(db)
  const { rows, total } = await differingRows(db, user.scope, filter, page)
  const today = localDay(clock.now())
  const items = rows.map((row) => ({
    ...{ id: row.id, code: row.code, name: row.name, district: row.district, unit: row.unit },
    readAt: (row.read_at ?? row.created_at).toISOString(),
    checks: shownChecks(checksOf(row), today).filter(({ outcome }) => outcome === 'differs'),
  }))
  return { items, total }
}

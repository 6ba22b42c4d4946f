import type { UnitItem } from '../../../shared/register/units/units.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'

export interface UnitFilters {
  readonly q: string
  readonly district: string
  /** Not empty: only those that no notice reaches. */
  readonly reach: string
}

/** Units, page by page. */
export const useUnits = (filters: () => UnitFilters): Pages<UnitItem> =>
  usePages(filters, (wanted, cursor) => call('units', { query: { ...queryOf(wanted), cursor, limit: 100 } }))

/** All of them, to take along. */
export const everyUnit = (wanted: UnitFilters): AsyncGenerator<UnitItem> =>
  everyPage((paging) => call('units', { query: { ...queryOf(wanted), ...paging } }))

const queryOf = ({ q, district, reach }: UnitFilters) => ({
  q,
  district,
  reach: reach ? ('none' as const) : undefined,
})

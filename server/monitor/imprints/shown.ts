import type { CrossCheck } from '../../../shared/monitor/imprints/imprints-rules.ts'
import { shownAddress, shownText } from '../persons/address.ts'

/** Cross-checks as they may be shown: persons whom the page names are covered. @param today the local day, YYYY-MM-DD */
export const shownChecks = (checks: readonly CrossCheck[], today: string): CrossCheck[] =>
  checks.map(({ page, ...one }) => ({
    ...one,
    page: page && (one.check === 'address' ? shownAddress(page, today) : shownText(page, today)),
  }))

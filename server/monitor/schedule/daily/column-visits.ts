import { localDay } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import { storeList } from '../../columns/queries.ts'
import { readColumn } from '../../visit/reading/column.ts'
import type { Reader } from '../../visit/reading/reader.ts'
import type { Prober } from '../../visit/visit.ts'
import { claimDueColumn, type DueColumn } from './claims.ts'
import { DailyVisits } from './visits.ts'

/** What the daily visits to pages besides the home pages have in common. */
export interface PageVisitParts {
  readonly ctx: Context
  readonly proberOf: (site: { demo: boolean }) => Prober
  readonly reader: Reader
  /** Does the work when nothing else is under way at the host. */
  readonly alone: (site: { url: string; demo: boolean }, work: () => Promise<void>) => Promise<void>
}

/** Visits the pages of columns, each at most once a day, and stores what they list. */
export const columnVisits = ({ ctx, proberOf, reader, alone }: PageVisitParts): DailyVisits<DueColumn> =>
  new DailyVisits({
    ...{ ctx, kind: 'column', alone },
    claim: (claim) => claimDueColumn(ctx.db, claim),
    async visit(column, signal) {
      const atMs = ctx.clock.now()
      const by = { prober: proberOf(column), reader, ref: localDay(atMs), signal }
      const measure = await readColumn(by, column.url)
      if (signal.aborted) return
      await storeList(ctx.db, column, measure, new Date(atMs))
    },
  })

import { localDay } from '../../../../shared/base/time.ts'
import { readMessages } from '../messages.ts'
import { claimDueMessages, type DueMessages } from './claims.ts'
import type { PageVisitParts } from './column-visits.ts'
import { takeMessages } from './take-messages.ts'
import { DailyVisits } from './visits.ts'

/** Reads the letters of message columns, each at most once a day. */
export const messageVisits = ({ ctx, proberOf, reader, alone }: PageVisitParts): DailyVisits<DueMessages> =>
  new DailyVisits({
    ...{ ctx, kind: 'messages', alone },
    claim: (claim) => claimDueMessages(ctx.db, claim),
    async visit(column, signal) {
      const atMs = ctx.clock.now()
      const reading = await readMessages(
        { prober: proberOf(column), reader, ref: localDay(atMs), signal },
        column.url,
      )
      if (!signal.aborted) await takeMessages(ctx.db, column, reading, new Date(atMs))
    },
  })

import type { NewFact } from '../../../../shared/base/facts.ts'
import { localDay } from '../../../../shared/base/time.ts'
import { type FilingAsk, NOTICE_DAYS, noticeDays } from '../../../../shared/register/filings/filings-rules.ts'
import type { Tx } from '../../../base/db/database.ts'
import { timesOf } from '../queries.ts'
import { seenOf } from './follow.ts'

/** A filing by which a site goes. */
interface Going {
  readonly id: number
  readonly site_id: number
  readonly ask: FilingAsk
  readonly from_on: string
  readonly to_on: string | null
}

/**
 * A site goes: for how many days its notice has stood is kept. Of one whose page was never read meanwhile nothing is
 * said.
 * @returns the fact that tells of a notice that was too short, to be appended
 */
export async function endNotice(tx: Tx, filing: Going, now: number): Promise<NewFact[]> {
  const row = await tx
    .selectFrom('filing_notice as n')
    .innerJoin('filing as f', 'f.id', 'n.filing_id')
    .innerJoin('site', 'site.id', 'f.site_id')
    .select(['n.since', 'n.last_at', 'n.missing_at', 'site.district'])
    .where('n.filing_id', '=', filing.id)
    .executeTakeFirst()
  if (!row) return []
  const days = noticeDays(seenOf(row), timesOf(filing), localDay(now))
  await tx
    .updateTable('filing_notice')
    .set({ days_at_end: days })
    .where('filing_id', '=', filing.id)
    .execute()
  if (days >= NOTICE_DAYS) return []
  const { id: filingId, ask, from_on: day, site_id: siteId } = filing
  return [
    {
      ...{ kind: 'filing.shortNotice', at: new Date(now).toISOString(), siteId, district: row.district },
      ...{ actor: null, data: { filingId, ask, day, text: null, days } },
    },
  ]
}

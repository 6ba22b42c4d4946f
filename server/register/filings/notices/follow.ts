import type { NewFact } from '../../../../shared/base/facts.ts'
import type { NOTICE_FACTS } from '../../../../shared/register/filings/facts.ts'
import {
  type NoticeSeen,
  nextNotice,
  noticeState,
} from '../../../../shared/register/filings/filings-rules.ts'
import type { Tx } from '../../../base/db/database.ts'

/** What a reading of a home page has found of the notice; null: it is not there. */
export interface NoticeFound {
  readonly text: string
  /** The day from which the site goes, as the page says it. */
  readonly on: string | null
}
export interface NoticeLooked {
  readonly siteId: number
  readonly atMs: number
  readonly notice: NoticeFound | null
}

/**
 * Remembers what readings of home pages have found of the notices of sites that go: since when one stands there, or
 * that it does not. Costs nothing where none of the sites goes.
 * @returns facts where one is seen or missed for the first time; the caller appends them
 */
export async function followNotices(tx: Tx, looked: readonly NoticeLooked[]): Promise<NewFact[]> {
  if (looked.length === 0) return []
  const rows = await tx
    .selectFrom('filing as f')
    .innerJoin('site', 'site.id', 'f.site_id')
    .leftJoin('filing_notice as n', 'n.filing_id', 'f.id')
    .select(['f.id', 'f.site_id', 'f.ask', 'f.from_on', 'site.district'])
    .select(['n.looked_at', 'n.since', 'n.last_at', 'n.missing_at', 'n.text', 'n.says_on'])
    .where(
      'f.site_id',
      'in',
      looked.map(({ siteId }) => siteId),
    )
    .where('f.state', '=', 'approved')
    .where('f.ask', 'in', ['closed', 'moved'])
    .where('f.begun_at', 'is not', null)
    .where('f.ended_at', 'is', null)
    .orderBy('f.id')
    .execute()
  const facts: NewFact[] = []
  for (const row of rows) {
    const one = looked.find(({ siteId }) => siteId === row.site_id)
    if (!one || (row.looked_at && one.atMs <= row.looked_at.getTime())) continue
    const before = row.looked_at ? seenOf(row) : null
    const after = nextNotice(before, one.atMs, one.notice !== null)
    const set = {
      ...{ looked_at: new Date(one.atMs), since: dateOf(after.sinceMs), last_at: dateOf(after.lastMs) },
      ...{ missing_at: dateOf(after.missingMs), days_at_end: null },
      ...{ text: one.notice?.text ?? row.text, says_on: one.notice ? one.notice.on : row.says_on },
    }
    await tx
      .insertInto('filing_notice')
      .values({ filing_id: row.id, ...set })
      .onConflict((on) => on.column('filing_id').doUpdateSet(set))
      .execute()
    const [was, is] = [noticeState(before), noticeState(after)]
    if (was !== is) facts.push(factOf(row, is === 'seen' ? 'filing.noticeSeen' : 'filing.noticeMissing', one))
  }
  return facts
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

/** What was seen, as it is stored. */
export const seenOf = (row: {
  readonly since: Date | null
  readonly last_at: Date | null
  readonly missing_at: Date | null
}): NoticeSeen => ({
  sinceMs: row.since?.getTime() ?? null,
  lastMs: row.last_at?.getTime() ?? null,
  missingMs: row.missing_at?.getTime() ?? null,
})

function factOf(
  row: { id: number; site_id: number; ask: string; from_on: string; district: string },
  kind: (typeof NOTICE_FACTS)[number],
  { atMs, notice }: NoticeLooked,
): NewFact {
  return {
    ...{ kind, at: new Date(atMs).toISOString(), siteId: row.site_id, district: row.district, actor: null },
    data: { filingId: row.id, ask: row.ask, day: row.from_on, text: notice?.text ?? null },
  }
}

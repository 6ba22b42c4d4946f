import { DAY, HOUR } from '../../../../shared/base/time.ts'
import type { Tx } from '../../../base/db/database.ts'

/** Up all the time, taken off the page again, or up for too few days before the site went. */
export type NoticeMade = 'seen' | 'missing' | 'short'

interface Of {
  readonly id: number
  /** Name of the site. */
  readonly site: string
  /** First and last day of its notice. */
  readonly day: string
  readonly to: string
  readonly target: string | null
  readonly notice: NoticeMade
}

const SHORT_DAYS = 12

/** What the monitor has seen of notices in the demo. */
export async function addNotices(tx: Tx, filings: readonly Of[], now: number): Promise<void> {
  if (filings.length === 0) return
  const rows = filings.map(({ id, site, day, to, target, notice }) => {
    const begunMs = Date.parse(day)
    const [sinceMs, goneMs] = [begunMs + 3 * HOUR, begunMs + SHORT_DAYS * DAY + 5 * HOUR]
    const isUp = notice === 'seen'
    return {
      ...{ filing_id: id, looked_at: new Date(notice === 'short' ? goneMs : now), since: new Date(sinceMs) },
      ...{ last_at: new Date(isUp ? now : goneMs - HOUR), missing_at: isUp ? null : new Date(goneMs) },
      text: `${target ? '网站迁移公告' : '网站关停公告'}：${site}网站将于${inWords(to)}停止服务${target ? `，内容迁移至${target}` : ''}`,
      ...{ says_on: to, days_at_end: notice === 'short' ? SHORT_DAYS : null },
    }
  })
  await tx.insertInto('filing_notice').values(rows).execute()
}

const inWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

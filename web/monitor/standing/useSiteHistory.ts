import { type ComputedRef, computed } from 'vue'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import type { SiteHistory } from '../../../shared/monitor/standing/standing.ts'
import { call } from '../../base/call.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

export const RANGES = { day: DAY, week: 7 * DAY, quarter: 90 * DAY, years: 3 * 365 * DAY } as const
export type Range = keyof typeof RANGES

export function isRange(text: string): text is Range {
  return Object.hasOwn(RANGES, text)
}

export interface HistoryWindow {
  readonly from: number
  readonly to: number
}

/** Visits and changes of a site over a range that ends now, to five minutes. */
export function useSiteHistory(
  id: () => number,
  range: () => Range,
): { history: Query<SiteHistory>; window: ComputedRef<HistoryWindow> } {
  const window = computed(() => {
    const to = (Math.floor(minute.value / (5 * MINUTE)) + 1) * 5 * MINUTE
    return { from: to - RANGES[range()], to }
  })
  const history = useQuery(
    () => ({ id: id(), ...window.value }),
    ({ id: one, from, to }) =>
      call('siteHistory', {
        params: { id: one },
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      }),
    { of: ({ id: one, from, to }) => [one, to - from] },
  )
  return { history, window }
}

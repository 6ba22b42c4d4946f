import { type ComputedRef, computed } from 'vue'
import { DAY } from '../../../shared/base/time.ts'
import type { PausePlan } from '../../../shared/desk/pauses/pauses.ts'
import { call } from '../../base/call.ts'
import { serverNow } from '../../base/clock.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'
import { isOfPause } from './pause-facts.ts'

/** Days ahead that the list can be narrowed to. */
export const PERIODS = { all: null, week: 7, month: 30 } as const

export interface PauseFilters {
  readonly q: string
  /** One of `PERIODS`. */
  readonly period: string
}

/** How plans stand, in the order of the list. */
export type PauseSection = 'filed' | 'running' | 'coming' | 'past'

export interface PauseList extends Pick<Query<readonly PausePlan[]>, 'data' | 'error'> {
  /** What waits for an answer, what runs, what comes, what was; none while they are not known. */
  readonly plans: ComputedRef<readonly PausePlan[]>
  readonly total: ComputedRef<number>
  /** Those that are over come by pages. */
  readonly past: Pages<PausePlan>
  reload(): Promise<void>
}

/** As many as are shown of what is not over yet. */
const LIVE = 1000
const begins = ({ running, next, from }: PausePlan) => running?.from ?? next?.from ?? from

export function sectionOf({ state, running }: PausePlan): PauseSection {
  if (state === 'filed') return 'filed'
  if (state !== 'approved') return 'past'
  return running ? 'running' : 'coming'
}

/** Downtime that is planned ahead. */
export function usePauses(filters: () => PauseFilters): PauseList {
  const live = useQuery(
    filters,
    async (asked) => {
      const query = { ...queryOf(asked), limit: LIVE }
      const [filed, approved] = await Promise.all([
        call('pauses', { query: { ...query, state: 'filed' } }),
        call('pauses', { query: { ...query, state: 'approved' } }),
      ])
      const byBegin = approved.items.toSorted((a, b) => begins(a).localeCompare(begins(b)))
      return [
        ...filed.items,
        ...byBegin.filter(({ running }) => running),
        ...byBegin.filter(({ running }) => !running),
      ]
    },
    { facts: isOfPause, again: 'minute' },
  )
  const past = usePages(
    filters,
    ({ q }, cursor) => call('pauses', { query: { q: q || undefined, state: 'past', cursor, limit: 50 } }),
    { facts: isOfPause },
  )
  // One that has just gone over to another state may be in both answers for a moment.
  const plans = computed(() => [
    ...new Map([...(live.data.value ?? []), ...past.items.value].map((plan) => [plan.id, plan])).values(),
  ])
  return {
    plans,
    total: computed(() => (live.data.value?.length ?? 0) + past.total.value),
    past,
    data: computed(() => (live.data.value && past.data.value ? plans.value : undefined)),
    error: computed(() => live.error.value ?? past.error.value),
    async reload() {
      await Promise.all([live.reload(), past.reload()])
    },
  }
}

/** All of them, to take along. */
export const everyPause = (filters: PauseFilters): AsyncGenerator<PausePlan> =>
  everyPage((paging) => call('pauses', { query: { ...queryOf(filters), ...paging } }))

function queryOf({ q, period }: PauseFilters) {
  const days = period === 'week' || period === 'month' ? PERIODS[period] : null
  const from = serverNow()
  const between =
    days === null ? {} : { from: new Date(from).toISOString(), to: new Date(from + days * DAY).toISOString() }
  return { q: q || undefined, ...between }
}

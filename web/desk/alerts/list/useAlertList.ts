import { type ComputedRef, computed } from 'vue'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { call } from '../../../base/call.ts'
import { keepOnBoard } from '../../../base/live/keep.ts'
import { useCity } from '../../../base/live/store.ts'
import { minute } from '../../../base/ui/controls/minute.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { type AlertFilters, listedAlerts, matches, todayBegan } from '../listed.ts'
import { useMe } from '../useMe.ts'
import { useTriage } from '../useTriage.ts'

/** The board has live alerts only. */
const MOST_FETCHED = 500

export interface AlertList {
  /** In the order of triage; `alerts` is none, and `data` undefined, while they are not known. */
  readonly alerts: ComputedRef<readonly Alert[]>
  readonly data: ComputedRef<readonly Alert[] | undefined>
  /** How many they are as people are told of them, and how many lines stand below the one of a shared failure. */
  readonly count: ComputedRef<number>
  readonly within: ComputedRef<number>
  readonly error: ComputedRef<unknown>
  /** How many there are beyond the latest that were fetched. */
  readonly beyond: ComputedRef<number>
  reload(): Promise<void>
}

/** Whether the filters ask for what is over, which the board does not have. */
export const wantsResolved = ({ status }: Pick<AlertFilters, 'status'>): boolean =>
  status === 'resolved' || status === 'today' || status === 'missed'

/** What of the filters the server can look for among resolved alerts. */
export const resolvedQuery = ({ district, rule, assignee, status }: AlertFilters, nowMs: number) => ({
  district,
  rule,
  assignee,
  missed: status === 'missed' || undefined,
  resolvedSince: status === 'today' ? todayBegan(nowMs) : undefined,
})

/** What of the filters the server can look for. */
const queryOf = (filters: AlertFilters, nowMs: number) =>
  wantsResolved(filters)
    ? { ...resolvedQuery(filters, nowMs), status: 'resolved' as const }
    : { district: filters.district || undefined, rule: filters.rule || undefined, status: 'live' as const }

/**
 * The alerts that the filters ask for: live ones from the board where it has them all, resolved ones (the latest) from
 * the server.
 */
export function useAlertList(filters: () => AlertFilters & { group: string }): AlertList {
  const city = useCity()
  const me = useMe()
  const isOver = computed(() => wantsResolved(filters()))
  /** Of more than a board holds, only what is shown here is asked for again at once. */
  const concerns = (id: number): boolean =>
    !city.isSummed || (fetched.data.value?.items.some((one) => one.id === id) ?? false)
  /** What the board does not have: what is over, and of more sites than it holds what lives. */
  const isFetched = computed(() => isOver.value || city.isSummed)
  const fetched = useQuery(
    () => (isFetched.value ? queryOf(filters(), minute.value) : null),
    (query) => query && call('alerts', { query: { ...query, limit: MOST_FETCHED } }),
    {
      facts: (fact) => isFetched.value && 'alert' in fact.data && concerns(fact.data.alert.id),
      again: { everyMs: MINUTE, when: () => city.isSummed },
    },
  )
  // Steps are taken on what is on the board, and facts change it there.
  keepOnBoard(fetched, (page) => ({ alerts: page?.items ?? [] }))
  const shown = computed(() =>
    (fetched.data.value?.items ?? []).map((one) => city.board.alerts.get(one.id) ?? one),
  )
  const triage = useTriage()
  const listed = computed(() => {
    const live = isFetched.value ? shown.value : [...city.board.alerts.values()]
    if (!isOver.value) return listedAlerts([...live], filters(), me.value, minute.value)
    // Of what is over each is shown: the board no longer has the failure that they shared.
    const over = fetched.data.value?.items ?? []
    const alerts = over.filter((alert) => matches(alert, filters(), me.value, minute.value))
    return { alerts, count: alerts.length }
  })
  const alerts = computed(() => triage(listed.value.alerts))
  const isLoaded = computed(() => (isFetched.value ? fetched.data.value !== undefined : city.isLoaded))
  return {
    alerts,
    data: computed(() => (isLoaded.value ? alerts.value : undefined)),
    count: computed(() => listed.value.count),
    within: computed(() => listed.value.alerts.length - listed.value.count),
    error: computed(() => fetched.error.value),
    beyond: computed(() => {
      const page = isFetched.value ? fetched.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    reload: fetched.reload,
  }
}

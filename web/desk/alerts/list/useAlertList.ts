import { type ComputedRef, computed } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { minute } from '../../../base/ui/controls/minute.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { type AlertFilters, listedAlerts, matches, todayBegan } from '../triage.ts'
import { useMe } from '../useMe.ts'
import { useTriage } from '../useTriage.ts'

/** The board has live alerts only. */
const MOST_RESOLVED = 500

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

/** The alerts that the filters ask for: live ones from the board, resolved ones (the latest) from the server. */
export function useAlertList(filters: () => AlertFilters & { group: string }): AlertList {
  const city = useCity()
  const me = useMe()
  const isOver = computed(() => wantsResolved(filters()))
  const resolved = useQuery(
    () => (isOver.value ? resolvedQuery(filters(), minute.value) : null),
    (query) => query && call('alerts', { query: { ...query, status: 'resolved', limit: MOST_RESOLVED } }),
    { facts: (fact) => isOver.value && fact.kind.startsWith('alert.') },
  )
  const triage = useTriage()
  const listed = computed(() => {
    if (!isOver.value) return listedAlerts([...city.board.alerts.values()], filters(), me.value, minute.value)
    // Of what is over each is shown: the board no longer has the failure that they shared.
    const over = resolved.data.value?.items ?? []
    const alerts = over.filter((alert) => matches(alert, filters(), me.value, minute.value))
    return { alerts, count: alerts.length }
  })
  const alerts = computed(() => triage(listed.value.alerts))
  const isLoaded = computed(() => (isOver.value ? resolved.data.value !== undefined : city.isLoaded))
  return {
    alerts,
    data: computed(() => (isLoaded.value ? alerts.value : undefined)),
    count: computed(() => listed.value.count),
    within: computed(() => listed.value.alerts.length - listed.value.count),
    error: computed(() => resolved.error.value),
    beyond: computed(() => {
      const page = isOver.value ? resolved.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    reload: resolved.reload,
  }
}

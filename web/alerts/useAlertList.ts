import { type ComputedRef, computed } from 'vue'
import { type Alert, foldIncidents } from '../../shared/alerts.ts'
import { useFactRefresh } from '../audit/useFactRefresh.ts'
import { call } from '../call.ts'
import { useCity } from '../city/store.ts'
import { useSession } from '../session/store.ts'
import { minute } from '../ui/minute.ts'
import { useRemote } from '../ui/useRemote.ts'
import { type AlertFilters, matches, triage } from './triage.ts'

/** The board has live alerts only. */
const MOST_RESOLVED = 500

export interface AlertList {
  /** In the order of triage. */
  readonly alerts: ComputedRef<readonly Alert[]>
  readonly error: ComputedRef<unknown>
  readonly isLoaded: ComputedRef<boolean>
  /** How many there are beyond the latest that were fetched. */
  readonly beyond: ComputedRef<number>
}

/** Who asks for some alerts in particular is shown them; otherwise a shared failure stands for its sites. */
function told(alerts: readonly Alert[], { district, rule, assignee, q }: AlertFilters): readonly Alert[] {
  return district || rule || assignee || q ? alerts : foldIncidents(alerts)
}

/** The alerts that the filters ask for: live ones from the board, resolved ones (the latest) from the server. */
export function useAlertList(filters: () => AlertFilters): AlertList {
  const city = useCity()
  const session = useSession()
  const wantsResolved = computed(() => filters().status === 'resolved')
  const resolved = useRemote(
    () => {
      const { district, rule, assignee } = filters()
      return wantsResolved.value ? { district, rule, assignee } : null
    },
    (query) => query && call('alerts', { query: { ...query, status: 'resolved', limit: MOST_RESOLVED } }),
  )
  useFactRefresh(
    (fact) => wantsResolved.value && fact.kind.startsWith('alert.'),
    () => resolved.reload(),
  )
  const source = computed(() =>
    wantsResolved.value
      ? (resolved.data.value?.items ?? [])
      : told([...city.board.alerts.values()], filters()),
  )
  return {
    alerts: computed(() => {
      const me = session.user?.id ?? -1
      const wanted = source.value.filter((alert) => matches(alert, filters(), me, minute.value))
      return triage(wanted, minute.value)
    }),
    error: computed(() => resolved.error.value),
    beyond: computed(() => {
      const page = wantsResolved.value ? resolved.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    isLoaded: computed(() => (wantsResolved.value ? resolved.data.value !== undefined : city.isLoaded)),
  }
}

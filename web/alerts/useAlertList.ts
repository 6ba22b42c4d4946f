import { type ComputedRef, computed } from 'vue'
import type { Alert } from '../../shared/alerts.ts'
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
}

/** The alerts that the filters ask for: live ones from the board, resolved ones (the latest) from the server. */
export function useAlertList(filters: () => AlertFilters): AlertList {
  const city = useCity()
  const session = useSession()
  const wantsResolved = computed(() => filters().status === 'resolved')
  const resolved = useRemote(
    () => wantsResolved.value,
    (wanted) => (wanted ? call('alerts', { query: { status: 'resolved', limit: MOST_RESOLVED } }) : null),
  )
  useFactRefresh(
    (fact) => wantsResolved.value && fact.kind.startsWith('alert.'),
    () => resolved.reload(),
  )
  const source = computed(() =>
    wantsResolved.value ? (resolved.data.value?.items ?? []) : [...city.board.alerts.values()],
  )
  return {
    alerts: computed(() => {
      const me = session.user?.id ?? -1
      const wanted = source.value.filter((alert) => matches(alert, filters(), me, minute.value))
      return triage(wanted, minute.value)
    }),
    error: computed(() => resolved.error.value),
    isLoaded: computed(() => (wantsResolved.value ? resolved.data.value !== undefined : city.isLoaded)),
  }
}

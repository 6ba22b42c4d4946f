import { type ComputedRef, computed } from 'vue'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { call } from '../../base/call.ts'
import { useFactRefresh } from '../../base/facts/useFactRefresh.ts'
import { useCity } from '../../base/live/store.ts'
import { useRemote } from '../../base/ui/lists/useRemote.ts'

/** One alert: from the board while it is live, else from the server. */
export function useAlert(id: () => number): {
  alert: ComputedRef<Alert | undefined>
  error: ComputedRef<unknown>
} {
  const city = useCity()
  const live = computed(() => city.board.alerts.get(id()))
  const remote = useRemote(
    () => ({ id: id(), isNeeded: city.isLoaded && live.value === undefined }),
    ({ id: one, isNeeded }) => (isNeeded ? call('alert', { params: { id: one } }) : null),
    ({ id: one }) => one,
  )
  useFactRefresh(
    (fact) => 'data' in fact && 'alert' in fact.data && fact.data.alert.id === id(),
    () => (live.value ? undefined : remote.reload()),
  )
  return {
    alert: computed(() => live.value ?? remote.data.value),
    error: computed(() => (live.value ? null : remote.error.value)),
  }
}

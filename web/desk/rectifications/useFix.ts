import { type ComputedRef, computed } from 'vue'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { call } from '../../base/call.ts'
import { useFactRefresh } from '../../base/facts/useFactRefresh.ts'
import { useCity } from '../../base/live/store.ts'
import { useRemote } from '../../base/ui/lists/useRemote.ts'

/** One fix: from the board while it is open, else from the server. */
export function useFix(id: () => number): {
  fix: ComputedRef<Rectification | undefined>
  error: ComputedRef<unknown>
} {
  const city = useCity()
  const live = computed(() => city.board.rectifications.get(id()))
  const remote = useRemote(
    () => ({ id: id(), isNeeded: city.isLoaded && live.value === undefined }),
    ({ id: one, isNeeded }) => (isNeeded ? call('rectification', { params: { id: one } }) : null),
    ({ id: one }) => one,
  )
  useFactRefresh(
    (fact) => 'data' in fact && 'rectification' in fact.data && fact.data.rectification.id === id(),
    () => (live.value ? undefined : remote.reload()),
  )
  return {
    fix: computed(() => live.value ?? remote.data.value),
    error: computed(() => (live.value ? null : remote.error.value)),
  }
}

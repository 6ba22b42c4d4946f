import { type ComputedRef, computed } from 'vue'
import { useSession } from '../session/store.ts'
import type { Me } from './triage.ts'

/** Who sits before this screen, as far as alerts can be that person's. */
export function useMe(): ComputedRef<Me> {
  const session = useSession()
  return computed(() => {
    const scope = session.user?.scope
    return { id: session.user?.id ?? -1, unitId: scope?.kind === 'unit' ? scope.unitId : null }
  })
}

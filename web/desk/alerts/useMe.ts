import { type ComputedRef, computed } from 'vue'
import { unitIdsOf } from '../../../shared/people/rights/rights-rules.ts'
import { useSession } from '../../people/sessions/store.ts'
import type { Me } from './triage.ts'

/** Who sits before this screen, as far as alerts can be that person's. */
export function useMe(): ComputedRef<Me> {
  const session = useSession()
  return computed(() => {
    const { user } = session
    return { id: user?.id ?? -1, unitIds: user ? unitIdsOf(user.scope) : [] }
  })
}

import { type ComputedRef, computed } from 'vue'
import { unitIdsOf } from '../../../shared/people/rights/rights-rules.ts'
import { useSession } from '../../people/sessions/store.ts'
import type { Me } from './listed.ts'

const NOBODY = { id: -1, role: 'viewer', scope: { kind: 'city' } } as const

/** Who sits before this screen, as far as alerts can be that person's. */
export function useMe(): ComputedRef<Me> {
  const session = useSession()
  return computed(() => {
    const { id, role, scope } = session.user ?? NOBODY
    return { id, role, scope, unitIds: unitIdsOf(scope) }
  })
}

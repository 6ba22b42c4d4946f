import { type ComputedRef, computed } from 'vue'
import {
  followStorms,
  reportStorm,
  type Storm,
  type StormReport,
} from '../../../../shared/city/storm-rules.ts'
import { useCity } from '../../../base/live/store.ts'
import { ownershipOf } from '../plan/tiles.ts'

interface Followed {
  readonly atMs: number
  readonly storms: readonly Storm[]
}

/** The storms that live, the largest first; none as a rule. */
export function useStorms(): ComputedRef<readonly StormReport[]> {
  const city = useCity()
  const followed = computed((before?: Followed): Followed => {
    const atMs = city.minute
    // A replay may go back: what came later is not part of what was before.
    const known = before && before.atMs <= atMs ? before.storms : []
    return { atMs, storms: followStorms(known, city.board, atMs) }
  })
  return computed(() => {
    const { storms } = followed.value
    if (storms.length === 0) return []
    const ownership = ownershipOf(city.board.alerts.values(), city.minute)
    const isOpen = (siteId: number): boolean => ownership.get(siteId) === 'open'
    return storms.map((storm) => reportStorm(storm, city.board, city.platforms, isOpen))
  })
}

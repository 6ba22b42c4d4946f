import { type ComputedRef, computed } from 'vue'
import { useCity } from '../../../base/live/store.ts'
import { useMe } from '../../alerts/useMe.ts'
import { NO_RECTIFICATION_FILTERS } from './filters.ts'
import { matchesRectification, type RectificationFilters } from './useRectificationList.ts'

export interface RectificationCounts {
  /** Of all that are open, how many each stage of the filter holds; those that are not known are left out. */
  readonly stages: ComputedRef<Readonly<Record<string, number>>>
  /** How many of the chosen batch are open; null: not known. */
  readonly inBatch: ComputedRef<number | null>
}

/**
 * How many rectifications each choice of a filter holds, of the whole board; of a board that holds only a part, what its figures
 * say.
 */
export function useRectificationCounts(batch: () => string): RectificationCounts {
  const city = useCity()
  const me = useMe()
  function countOf(patch: Partial<RectificationFilters>): number {
    const wanted = { ...NO_RECTIFICATION_FILTERS, ...patch }
    return [...city.board.rectifications.values()].filter((one) =>
      matchesRectification(one, wanted, city.minute, me.value),
    ).length
  }
  return {
    stages: computed(() => {
      const { overdue, verifying, returned } = city.progress
      const told = { overdue, verifying, returned }
      const { figures } = city.board
      if (figures) return { ...told, open: figures.rectifications, asked: figures.requests }
      return {
        ...told,
        open: countOf({ stage: 'open' }),
        asked: countOf({ stage: 'asked' }),
        atRisk: countOf({ stage: 'atRisk' }),
        waiting: countOf({ stage: 'waiting' }),
        paused: countOf({ stage: 'paused' }),
      }
    }),
    inBatch: computed(() => (city.isSummed ? null : countOf({ batch: batch() }))),
  }
}

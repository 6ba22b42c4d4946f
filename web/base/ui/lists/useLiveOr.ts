import { computed, shallowRef, watch } from 'vue'
import type { Fact } from '../../live/fact.ts'
import { useCity } from '../../live/store.ts'
import { type Query, useQuery } from './useQuery.ts'

/**
 * One thing by its number: from the board while it is live, else from the server. While the server is asked about what
 * has just left the board, it stays as it was last: nobody who writes about it loses the page under the pen.
 */
export function useLiveOr<T>(
  id: () => number,
  live: (city: ReturnType<typeof useCity>, id: number) => T | undefined,
  fetch: (id: number) => Promise<T>,
  isAbout: (fact: Fact, id: number) => boolean,
): Query<T> {
  const city = useCity()
  const onBoard = computed(() => live(city, id()))
  const stored = useQuery(
    () => ({ id: id(), isNeeded: city.isLoaded && onBoard.value === undefined }),
    (asked) => (asked.isNeeded ? fetch(asked.id) : null),
    { of: (asked) => asked.id, facts: (fact) => onBoard.value === undefined && isAbout(fact, id()) },
  )
  const last = shallowRef<{ readonly id: number; readonly value: T }>()
  watch(
    onBoard,
    (value) => {
      if (value !== undefined) last.value = { id: id(), value }
    },
    { immediate: true, flush: 'sync' },
  )
  const leaving = computed(() => (last.value?.id === id() ? last.value.value : undefined))
  return {
    ...stored,
    data: computed(() => onBoard.value ?? stored.data.value ?? leaving.value),
    error: computed(() => (onBoard.value === undefined ? stored.error.value : null)),
  }
}

import { computed } from 'vue'
import type { Fact } from '../../live/fact.ts'
import { useCity } from '../../live/store.ts'
import { type Query, useQuery } from './useQuery.ts'

/** One thing by its number: from the board while it is live, else from the server. */
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
  return {
    ...stored,
    data: computed(() => onBoard.value ?? stored.data.value),
    error: computed(() => (onBoard.value === undefined ? stored.error.value : null)),
  }
}

import { watch } from 'vue'
import type { Held } from './level.ts'
import { useCity } from './store.ts'

/** What was fetched (`useQuery`). */
interface Fetched<T> {
  readonly data: { readonly value: T | undefined }
  reload(): unknown
}

/**
 * Has what was fetched on a board that holds only what matters most, as long as somebody looks: a new snapshot takes it
 * away, so it is put there again as it was and asked for anew.
 */
export function keepOnBoard<T>(fetched: Fetched<T>, held: (answer: T) => Partial<Held>): void {
  const city = useCity()
  watch(
    [() => fetched.data.value, () => city.loads],
    ([answer, loads], [, before]) => {
      if (answer === undefined || !city.isSummed) return
      city.put(held(answer))
      if (before !== undefined && loads !== before) void fetched.reload()
    },
    { immediate: true },
  )
}

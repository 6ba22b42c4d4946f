import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import { useBusy } from './useBusy.ts'
import { useRemote } from './useRemote.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
  readonly total: number
}

export interface Pages<T> {
  readonly items: ComputedRef<readonly T[]>
  readonly total: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoaded: ComputedRef<boolean>
  isBusy(key: string): boolean
  more(): Promise<void>
  reload(): Promise<void>
}

/** A list that is fetched page by page, anew whenever `filters` change. It is read, not watched: nothing is pushed. */
export function usePages<F, T>(
  filters: () => F,
  fetch: (filters: F, cursor: string | undefined) => Promise<Page<T>>,
): Pages<T> {
  const { isBusy, run } = useBusy()
  const first = useRemote(filters, (wanted) => fetch(wanted, undefined))
  const later = shallowRef<readonly Page<T>[]>([])
  const pages = computed(() => [...(first.data.value ? [first.data.value] : []), ...later.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)
  watch(first.data, () => {
    later.value = []
  })
  return {
    items: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => first.data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    error: first.error,
    isLoaded: computed(() => first.data.value !== undefined),
    isBusy,
    async more() {
      const from = cursor.value
      const page = from === null ? undefined : await run('more', () => fetch(filters(), from))
      if (page) later.value = [...later.value, page]
    },
    reload: first.reload,
  }
}

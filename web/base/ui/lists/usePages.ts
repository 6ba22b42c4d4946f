import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import { toastError } from '../dialogs/toasts.ts'
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
  isBusy(key: 'more'): boolean
  more(): Promise<void>
  reload(): Promise<void>
}

/**
 * A list that is fetched page by page, anew whenever `filters` change. It is read, not watched: nothing is pushed.
 * While a first page is under way the rows before stay, so that the list does not blink at each letter of a search.
 * @param of what the list is of, if it is another's when that changes: then the rows before do not stay.
 * @param keepsLater a newer first page leaves the later ones as they are: the list grows at its top only.
 */
export function usePages<F, T>(
  filters: () => F,
  fetch: (filters: F, cursor: string | undefined) => Promise<Page<T>>,
  { of = () => null, keepsLater = false }: { of?: () => unknown; keepsLater?: boolean } = {},
): Pages<T> {
  const first = useRemote(filters, (wanted) => fetch(wanted, undefined), of)
  const later = shallowRef<readonly Page<T>[]>([])
  const pages = computed(() => [...(first.data.value ? [first.data.value] : []), ...later.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)
  /** Which list the later pages belong to; one that was asked for by another is not added to it. */
  const list = shallowRef(0)
  const asking = shallowRef<number | null>(null)
  const begin = (): void => {
    list.value += 1
    later.value = []
  }
  watch(() => JSON.stringify(filters()), begin, { flush: 'sync' })
  watch(first.data, () => keepsLater || begin(), { flush: 'sync' })

  async function more(): Promise<void> {
    const from = cursor.value
    const mine = list.value
    if (from === null || asking.value === mine) return
    asking.value = mine
    try {
      const page = await fetch(filters(), from)
      if (list.value === mine) later.value = [...later.value, page]
    } catch (error) {
      if (list.value === mine) toastError(error)
    } finally {
      if (asking.value === mine) asking.value = null
    }
  }

  return {
    items: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => first.data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    error: first.error,
    isLoaded: computed(() => first.data.value !== undefined),
    isBusy: () => asking.value === list.value,
    more,
    reload: first.reload,
  }
}

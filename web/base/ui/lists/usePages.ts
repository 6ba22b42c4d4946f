import { type ComputedRef, computed, shallowRef, watch } from 'vue'
import type { Fact } from '../../live/fact.ts'
import { toastError } from '../dialogs/toasts.ts'
import { type Query, useQuery } from './useQuery.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
  readonly total: number
}

export interface Pages<T, P extends Page<T> = Page<T>> extends Pick<Query<P>, 'data' | 'error' | 'reload'> {
  readonly items: ComputedRef<readonly T[]>
  /** What the rows answer: another once those of other filters are there. */
  readonly answered: ComputedRef<string | undefined>
  readonly total: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  isBusy(key: 'more'): boolean
  more(): Promise<void>
}

interface PagesOptions {
  /** What the list is of, if it is another's when that changes: then the rows before do not stay. */
  readonly of?: () => unknown
  /** A newer first page leaves the later ones as they are: the list grows at its top only. */
  readonly keepsLater?: boolean
  /** The facts after which the first page may be another. */
  readonly facts?: (fact: Fact) => boolean
}

/**
 * A list that is fetched page by page, anew whenever `filters` change. It is read, not watched: nothing is pushed.
 * While a first page is under way the rows before stay, so that the list does not blink at each letter of a search.
 */
export function usePages<F, P extends Page<unknown>>(
  filters: () => F,
  fetch: (filters: F, cursor: string | undefined) => Promise<P>,
  { of = () => null, keepsLater = false, facts }: PagesOptions = {},
): Pages<P['items'][number], P> {
  const questions = new WeakMap<P, string>()
  async function fetchFirst(wanted: F): Promise<P> {
    const page = await fetch(wanted, undefined)
    questions.set(page, JSON.stringify(wanted))
    return page
  }
  const first = useQuery(filters, fetchFirst, { of, ...(facts && { facts }) })
  const later = shallowRef<readonly P[]>([])
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
    answered: computed(() => first.data.value && questions.get(first.data.value)),
    items: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => first.data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    data: first.data,
    error: first.error,
    isBusy: () => asking.value === list.value,
    more,
    reload: first.reload,
  }
}

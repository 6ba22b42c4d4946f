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
  /** The facts after which the pages may be others. */
  readonly facts?: (fact: Fact) => boolean
  /** Time alone makes them others. */
  readonly again?: 'minute'
}

/**
 * A list that is fetched page by page, anew whenever `filters` change. It is read, not watched: nothing is pushed.
 * While an answer is under way the rows before stay, so that the list does not blink at each letter of a search; what is
 * read again is read as far as it was.
 */
export function usePages<F, P extends Page<unknown>>(
  filters: () => F,
  fetch: (filters: F, cursor: string | undefined) => Promise<P>,
  { of = () => null, keepsLater = false, facts, again }: PagesOptions = {},
): Pages<P['items'][number], P> {
  const questions = new WeakMap<readonly P[], string>()
  const later = shallowRef<readonly P[]>([])
  /** As many pages as are there of that question: reading them again takes no row from whoever has gone on. */
  function depth(question: string): number {
    const isSame = query.data.value && questions.get(query.data.value) === question
    return isSame && !keepsLater && JSON.stringify(filters()) === question ? pages.value.length : 1
  }
  async function fetchThose(wanted: F): Promise<readonly P[]> {
    const question = JSON.stringify(wanted)
    const read = [await fetch(wanted, undefined)]
    questions.set(read, question)
    for (let next = read[0]?.nextCursor; next && read.length < depth(question); ) {
      const page = await fetch(wanted, next)
      read.push(page)
      next = page.nextCursor
    }
    return read
  }
  const query = useQuery(filters, fetchThose, { of, ...(facts && { facts }), ...(again && { again }) })
  const pages = computed((): readonly P[] => [...(query.data.value ?? []), ...later.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)
  /** Which list the later pages belong to; one that was asked for by another is not added to it. */
  const list = shallowRef(0)
  const asking = shallowRef<number | null>(null)
  const begin = (): void => {
    list.value += 1
    later.value = []
  }
  watch(() => JSON.stringify(filters()), begin, { flush: 'sync' })
  watch(
    query.data,
    (now) => {
      if (!now || !keepsLater) later.value = []
    },
    { flush: 'sync' },
  )

  /** The next page; if the others have been read again meanwhile, that which follows on them now. */
  async function readOn(mine: number): Promise<void> {
    const from = cursor.value
    if (from === null) return
    const page = await fetch(filters(), from)
    if (list.value !== mine) return
    if (cursor.value === from) later.value = [...later.value, page]
    else await readOn(mine)
  }
  async function more(): Promise<void> {
    const mine = list.value
    if (cursor.value === null || asking.value === mine) return
    asking.value = mine
    try {
      await readOn(mine)
    } catch (error) {
      if (list.value === mine) toastError(error)
    } finally {
      if (asking.value === mine) asking.value = null
    }
  }

  const data = computed(() => query.data.value?.[0])
  return {
    answered: computed(() => query.data.value && questions.get(query.data.value)),
    items: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    data,
    error: query.error,
    isBusy: () => asking.value === list.value,
    more,
    reload: query.reload,
  }
}

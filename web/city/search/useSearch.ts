import { type Ref, ref, watch } from 'vue'
import type { FoundOfKind } from '../../../shared/city/search/search.ts'
import { isTooShort } from '../../../shared/city/search/search-rules.ts'
import { call } from '../../base/call.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

/** Who types is not asked after at every letter. */
const SETTLE_MS = 180
/** A search that takes longer is said to take long. */
const SLOW_MS = 2_000

/** What was found, and what for: what somebody sees while they type on is of before. */
export interface Answer {
  readonly q: string
  readonly groups: readonly FoundOfKind[]
}

export interface Search extends Query<Answer> {
  /** What is being looked for; '' where that is too short. */
  readonly asked: Readonly<Ref<string>>
  readonly isSlow: Readonly<Ref<boolean>>
}

/**
 * Looks for what is typed, once somebody pauses. The answer before stays until the next is there; an answer to what is
 * no longer typed is given up.
 */
export function useSearch(typed: Ref<string>): Search {
  const asked = ref('')
  const isSlow = ref(false)
  const wanted = (text: string) => (isTooShort(text) ? '' : text.trim())
  function settle(text: string, _: unknown, onCleanup: (leave: () => void) => void): void {
    // What is wiped out is gone at once.
    if (wanted(text) === '') {
      asked.value = ''
      return
    }
    const timer = setTimeout(() => {
      asked.value = wanted(text)
    }, SETTLE_MS)
    onCleanup(() => clearTimeout(timer))
  }
  watch(typed, settle, { immediate: true })
  const query = useQuery(
    () => asked.value,
    (q) => (q === '' ? null : call('search', { query: { q } }).then((groups): Answer => ({ q, groups }))),
    { of: (q) => q === '' },
  )
  watch(query.isLoading, (is, _, onCleanup) => {
    isSlow.value = false
    if (!is) return
    const timer = setTimeout(() => {
      isSlow.value = true
    }, SLOW_MS)
    onCleanup(() => clearTimeout(timer))
  })
  return { ...query, asked, isSlow }
}

import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

export interface Remote<T> {
  /** The last answer; kept while another is under way. */
  readonly data: Readonly<ShallowRef<T | undefined>>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoading: Readonly<ShallowRef<boolean>>
  reload(): Promise<void>
}

/**
 * Something that is fetched, now and whenever `input` changes. Of answers that overtake each other the last
 * asked for wins.
 * @param fetch null: there is nothing to ask for.
 */
export function useRemote<I, T>(input: () => I, fetch: (input: I) => Promise<T> | null): Remote<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)
  let asked = 0

  async function reload(): Promise<void> {
    asked += 1
    const mine = asked
    const pending = fetch(input())
    if (pending === null) data.value = undefined
    isLoading.value = pending !== null
    try {
      const answer = await pending
      if (mine !== asked) return
      if (answer !== null) data.value = answer
      error.value = null
    } catch (reason) {
      if (mine === asked) error.value = reason
    }
    if (mine === asked) isLoading.value = false
  }

  watch(() => JSON.stringify(input()), reload, { immediate: true })
  onScopeDispose(() => {
    asked += 1
  })
  return {
    data: shallowReadonly(data),
    error: shallowReadonly(error),
    isLoading: shallowReadonly(isLoading),
    reload,
  }
}

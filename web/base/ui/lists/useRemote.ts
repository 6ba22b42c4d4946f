import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

export interface Remote<T> {
  /** The last answer; kept while another to the same question is under way. */
  readonly data: Readonly<ShallowRef<T | undefined>>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoading: Readonly<ShallowRef<boolean>>
  reload(): Promise<void>
}

/**
 * Something that is fetched, now and whenever `input` changes. An answer is shown unless a later one has been, so
 * that answers may overtake each other, and reloads may come faster than answers.
 * @param fetch null: there is nothing to ask for.
 * @param of what an answer is about, if that is not the whole input: when it changes, the answer is forgotten at
 * once, for it is another's; when only the rest does (an hour has passed, a figure has moved), it stays until the
 * next is there.
 */
export function useRemote<I, T>(
  input: () => I,
  fetch: (input: I) => Promise<T> | null,
  of: (input: I) => unknown = (whole) => whole,
): Remote<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)
  /** Numbers of questions: the last asked, the last whose answer is shown, the last that is too old to be shown. */
  let asked = 0
  let shown = 0
  let outdated = 0
  let subject: string | undefined

  function forgetOthers(wanted: I): void {
    const next = JSON.stringify(of(wanted))
    if (next === subject) return
    subject = next
    data.value = undefined
    error.value = null
  }

  async function ask(): Promise<void> {
    asked += 1
    const mine = asked
    const wanted = input()
    forgetOthers(wanted)
    try {
      const pending = fetch(wanted)
      if (pending === null) data.value = undefined
      isLoading.value = pending !== null
      const answer = await pending
      if (mine <= Math.max(shown, outdated)) return
      shown = mine
      if (answer !== null) data.value = answer
      error.value = null
    } catch (reason) {
      if (mine === asked && mine > outdated) error.value = reason
    }
    if (mine === asked) isLoading.value = false
  }

  watch(
    () => JSON.stringify(input()),
    () => {
      outdated = asked
      return ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    outdated = Number.POSITIVE_INFINITY
  })
  return {
    data: shallowReadonly(data),
    error: shallowReadonly(error),
    isLoading: shallowReadonly(isLoading),
    reload: ask,
  }
}

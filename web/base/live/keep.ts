import { watch } from 'vue'
import { type Held, leftOn, putOn } from './held.ts'
import { useCity } from './store.ts'

/** What was fetched (`useQuery`). */
interface Fetched<T> {
  readonly data: { readonly value: T | undefined }
  readonly isLoading: { readonly value: boolean }
  reload(): unknown
}

/**
 * Has what was fetched on a board that holds only what matters most, as long as somebody looks. A new snapshot takes it away:
 * what facts had left of it is put there again, as they had left it, and asked for anew, also where the last answer failed.
 */
export function keepOnBoard<T>(fetched: Fetched<T>, held: (answer: T) => Partial<Held>): void {
  const city = useCity()
  /** What of the answer was last on the board, and what of it is there by this alone. */
  let kept: Partial<Held> = {}
  let brought: Partial<Held> = {}
  watch(
    [() => fetched.data.value, () => city.loads, () => city.recent],
    ([answer, loads], [answerBefore, loadsBefore]) => {
      const isOther = answer !== answerBefore
      const isAnew = loads !== loadsBefore
      // All that is there is the snapshot's now; and an answer to another question says nothing of what this one brought.
      if (isAnew || answer === undefined) brought = {}
      if (isOther) kept = answer === undefined ? {} : held(answer)
      if (!city.isSummed) return
      if (isOther || isAnew) brought = putOn(city.board, kept, brought)
      kept = leftOn(city.board, kept)
      const isFirst = answer === undefined && fetched.isLoading.value
      if (isAnew && loadsBefore !== undefined && !isFirst) void fetched.reload()
    },
    { immediate: true },
  )
}

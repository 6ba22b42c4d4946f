import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import { givenUpBy } from '../../call.ts'
import type { Fact } from '../../live/fact.ts'
import { useCity } from '../../live/store.ts'
import { minute } from '../controls/minute.ts'

export interface Query<T> {
  /** The last answer; kept while another to the same question is under way. */
  readonly data: Readonly<ShallowRef<T | undefined>>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoading: Readonly<ShallowRef<boolean>>
  reload(): Promise<void>
}

export interface QueryOptions<K, T> {
  /**
   * What an answer is about, if that is not the whole key: when it changes, the answer is forgotten at once, for it
   * is another's; when only the rest does (an hour has passed, a figure has moved), it stays until the next is there.
   */
  readonly of?: (key: K) => unknown
  /** The facts after which the answer may be another. */
  readonly facts?: (fact: Fact) => boolean
  /**
   * What changes without anybody's doing is asked for anew: each minute, or every so many ms. It is no part of the
   * key: what is shown stays until the answer is there, or when there is none.
   */
  readonly again?: 'minute' | { readonly everyMs: number; readonly when: (data: T | undefined) => boolean }
}

/**
 * Something that is fetched, now and whenever `key` changes. An answer is shown unless a later one has been, so
 * that answers may overtake each other, and reloads may come faster than answers; what was asked by another key, or
 * by a page that is gone, is given up.
 * @param fetch null: there is nothing to ask for.
 */
export function useQuery<K, T>(
  key: () => K,
  fetch: (key: K) => Promise<T> | null,
  { of = (whole) => whole, facts, again }: QueryOptions<K, T> = {},
): Query<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>(null)
  const isLoading = shallowRef(false)
  /** Numbers of questions: the last asked, the last whose answer is shown, the last that is too old to be shown. */
  let asked = 0
  let shown = 0
  let outdated = 0
  let subject: string | undefined
  let leaving = new AbortController()

  function forgetOthers(wanted: K): void {
    const next = JSON.stringify(of(wanted))
    if (next === subject) return
    subject = next
    data.value = undefined
    error.value = null
  }

  async function ask(): Promise<void> {
    asked += 1
    const mine = asked
    const wanted = key()
    forgetOthers(wanted)
    try {
      const pending = givenUpBy(leaving.signal, () => fetch(wanted))
      if (pending === null) data.value = undefined
      isLoading.value = pending !== null
      const answer = await pending
      if (mine <= Math.max(shown, outdated)) return
      shown = mine
      // What was asked for may be that there is none.
      if (pending !== null) data.value = answer as T
      error.value = null
    } catch (reason) {
      if (mine === asked && mine > outdated) error.value = reason
    }
    if (mine === asked) isLoading.value = false
  }

  function giveUp(): void {
    outdated = asked
    leaving.abort()
    leaving = new AbortController()
  }
  watch(
    () => JSON.stringify(key()),
    () => {
      giveUp()
      return ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    giveUp()
    outdated = Number.POSITIVE_INFINITY
  })
  if (facts) onFacts(facts, ask)
  if (again === 'minute') watch(minute, ask)
  else if (again) every(again.everyMs, () => !document.hidden && again.when(data.value) && ask())
  return {
    data: shallowReadonly(data),
    error: shallowReadonly(error),
    isLoading: shallowReadonly(isLoading),
    reload: ask,
  }
}

function every(ms: number, work: () => unknown): void {
  const timer = setInterval(work, ms)
  onScopeDispose(() => clearInterval(timer))
}

/** Facts come in bursts (an alert and its rectification in one transaction): one question for all of them. */
const SETTLE_MS = 300

/** After facts of a kind, and when the board itself was loaded anew and facts may have been missed. */
function onFacts(concerns: (fact: Fact) => boolean, work: () => unknown): void {
  const city = useCity()
  let seen = city.recent[0]?.seq ?? 0
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => city.recent,
    (recent) => {
      const fresh = recent.filter((fact) => fact.seq > seen)
      seen = recent[0]?.seq ?? seen
      const mayHaveMissed = fresh.length === recent.length
      if (!mayHaveMissed && !fresh.some(concerns)) return
      clearTimeout(timer)
      timer = setTimeout(work, SETTLE_MS)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
}

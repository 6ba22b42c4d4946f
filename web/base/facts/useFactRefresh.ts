import { onScopeDispose, watch } from 'vue'
import type { Fact } from '../../../shared/city/facts.ts'
import { useCity } from '../live/store.ts'

/** Facts come in bursts (an alert and its fix in one transaction): one fetch for all of them. */
const SETTLE_MS = 300

/**
 * Fetches anew what the board does not hold when a fact about it arrives, or when the board itself was loaded
 * anew and facts may have been missed.
 */
export function useFactRefresh(concerns: (fact: Fact) => boolean, reload: () => unknown): void {
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
      timer = setTimeout(reload, SETTLE_MS)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
}

/** Whether something became of a planned pause. */
export const isOfPause = ({ kind }: Fact): boolean => kind.startsWith('pause.')

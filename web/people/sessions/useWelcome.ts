import { onScopeDispose, watch } from 'vue'
import { useCity } from '../../base/live/store.ts'
import { useSession } from './store.ts'

/** How long to wait before the server is asked, at first and at most. */
const FIRST_MS = 300
const MOST_MS = 30_000

/**
 * Asks who we are each time the server has ended the connection or will not have it: signed out, other rights, or
 * only a restart. As long as it gives no answer nothing is forgotten, and it is asked again.
 * @param onNobody the server has said that it does not know us; the session has forgotten us by then.
 */
export function useWelcome(onNobody: () => void): void {
  const city = useCity()
  const session = useSession()
  let waitMs = FIRST_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function askSoon(): void {
    clearTimeout(timer)
    // Spread, so that a city's browsers do not all come at once.
    timer = setTimeout(ask, waitMs * (0.5 + Math.random()))
    waitMs = Math.min(waitMs * 2, MOST_MS)
  }
  async function ask(): Promise<void> {
    try {
      if (!(await session.confirm())) onNobody()
    } catch {
      askSoon()
    }
  }

  watch([() => city.refusal, () => city.dismissals], ([refusal], [, before]) => {
    if (refusal !== null || city.dismissals !== before) askSoon()
  })
  if (city.refusal !== null) askSoon()
  watch(
    () => city.isLive,
    (isLive) => {
      if (isLive) waitMs = FIRST_MS
    },
  )
  onScopeDispose(() => clearTimeout(timer))
}

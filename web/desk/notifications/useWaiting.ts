import { type ComputedRef, computed } from 'vue'
import type { Waiting } from '../../../shared/desk/notifications/notifications.ts'
import { alertWaitsFor, rectificationWaitsFor } from '../../../shared/desk/notifications/waiting-rules.ts'
import { useCity } from '../../base/live/store.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { useSession } from '../../people/sessions/store.ts'
import { unread } from './unread.ts'

/**
 * What waits for who sits here, of the board as it is: each figure is that of the list which it leads to. Null while
 * any of them is not known yet.
 * @param pauses how many plans wait for an answer of theirs, which the board does not have; null: not known yet.
 */
export function useWaiting(pauses: () => number | null): ComputedRef<Waiting | null> {
  const city = useCity()
  const session = useSession()
  return computed(() => {
    const { user } = session
    const [filed, notices] = [pauses(), unread.value]
    if (!user || !city.isLoaded || filed === null || notices === null) return null
    const { alerts, rectifications } = city.board
    let requests = 0
    let steps = 0
    for (const one of rectifications.values()) {
      if (rectificationWaitsFor(one, user, minute.value)) steps += 1
      if (one.request !== null && session.can('rectification.answer', one)) requests += 1
    }
    return {
      alerts: [...alerts.values()].filter((one) => alertWaitsFor(one, user, minute.value)).length,
      rectifications: steps,
      requests,
      pauses: filed,
      notices,
    }
  })
}

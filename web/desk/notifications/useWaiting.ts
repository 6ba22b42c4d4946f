import { type ComputedRef, computed } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Waiting } from '../../../shared/desk/notifications/notifications.ts'
import { alertWaitsFor } from '../../../shared/desk/notifications/waiting-rules.ts'
import { rectificationWaitsFor } from '../../../shared/desk/rectifications/waiting-rules.ts'
import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { useCity } from '../../base/live/store.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useSession } from '../../people/sessions/store.ts'
import { unread } from './unread.ts'

type Work = Pick<Waiting, 'alerts' | 'rectifications' | 'requests'>

/**
 * What waits for who sits here: each figure is that of the list which it leads to. Null while any of them is not known yet.
 * @param pauses how many plans wait for an answer of theirs, which the board does not have; null: not known yet.
 */
export function useWaiting(pauses: () => number | null): ComputedRef<Waiting | null> {
  const city = useCity()
  const session = useSession()
  const served = useServedWork()
  const work = computed((): Work | undefined => (city.isSummed ? served.value : onBoard()))

  /** Of a board that has them all. */
  function onBoard(): Work | undefined {
    const { user } = session
    if (!user || !city.isLoaded) return undefined
    const alerts = [...city.board.alerts.values()]
    const rectifications = [...city.board.rectifications.values()]
    return {
      alerts: alerts.filter((one) => alertWaitsFor(one, user, minute.value)).length,
      rectifications: rectifications.filter((one) => rectificationWaitsFor(one, user, minute.value)).length,
      requests: rectifications.filter(
        (one) => one.request !== null && session.can('rectification.answer', one),
      ).length,
    }
  }

  return computed(() => {
    const [filed, notices] = [pauses(), unread.value]
    if (!work.value || filed === null || notices === null) return null
    const { alerts, rectifications, requests } = work.value
    return { alerts, rectifications, requests, pauses: filed, notices }
  })
}

/**
 * What the server counts where the board holds only a part: each minute, and at once after what somebody does here or what comes
 * to them. Facts of all others are too many in a nation to ask after each.
 */
function useServedWork(): ComputedRef<Work | undefined> {
  const city = useCity()
  const session = useSession()
  function concerns({ actor, data }: Fact): boolean {
    const { user } = session
    if (!user || !city.isSummed) return false
    if ('alert' in data) return actor?.id === user.id || alertWaitsFor(data.alert, user, minute.value)
    if (!('rectification' in data)) return false
    const { rectification } = data
    const isAsked = rectification.request !== null && session.can('rectification.answer', rectification)
    return actor?.id === user.id || isAsked || rectificationWaitsFor(rectification, user, minute.value)
  }
  const query = useQuery(
    () => (city.isSummed ? (session.user?.id ?? null) : null),
    (who) => (who === null ? null : call('waiting')),
    { facts: concerns, again: { everyMs: MINUTE, when: () => city.isSummed } },
  )
  return computed(() => query.data.value)
}

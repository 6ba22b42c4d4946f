import { watch } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { call } from '../../../base/call.ts'
import { useSession } from '../../../people/sessions/store.ts'

/** What nobody has looked at, an outage that is or one that was missed. */
const isUnseen = ({ rule, status, missed, seen }: Alert): boolean =>
  (rule === 'DOWN' || rule === 'PLATFORM') && !seen && (missed === true || status !== 'resolved')

/** Whoever opens an alert has looked at it; said once, and only of those who take alerts on. */
export function useLook(alert: () => Alert | undefined): void {
  const session = useSession()
  watch(
    () => {
      const one = alert()
      return one && isUnseen(one) && session.can('alert.look', one) ? one.id : null
    },
    (id) => {
      // A look that is not kept is no matter for whoever looks: the mark stays.
      if (id !== null) void call('lookAtAlerts', { body: { alertIds: [id] } }).catch(() => {})
    },
    { immediate: true },
  )
}

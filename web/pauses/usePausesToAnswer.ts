import { type ComputedRef, computed } from 'vue'
import { call } from '../call.ts'
import { useSession } from '../session/store.ts'
import { minute } from '../ui/minute.ts'
import { useRemote } from '../ui/useRemote.ts'

/** How many plans wait for an answer that who sits here may give; looked at each minute. */
export function usePausesToAnswer(): ComputedRef<number> {
  const session = useSession()
  const filed = useRemote(
    () => ({ user: session.user?.id ?? null, may: session.can('pause.approve'), minute: minute.value }),
    ({ user, may }) =>
      user !== null && may ? call('pauses', { query: { state: 'filed', limit: 100 } }) : null,
  )
  return computed(() => filed.data.value?.items.filter(({ mayDecide }) => mayDecide).length ?? 0)
}

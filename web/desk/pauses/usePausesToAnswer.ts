import { type ComputedRef, computed } from 'vue'
import { call } from '../../base/call.ts'
import { isOfPause, useFactRefresh } from '../../base/facts/useFactRefresh.ts'
import { useEachMinute } from '../../base/ui/lists/useEachMinute.ts'
import { useRemote } from '../../base/ui/lists/useRemote.ts'
import { useSession } from '../../people/sessions/store.ts'

/** How many plans wait for an answer that who sits here may give; looked at each minute. */
export function usePausesToAnswer(): ComputedRef<number> {
  const session = useSession()
  const filed = useRemote(
    () => ({ user: session.user?.id ?? null, may: session.can('pause.approve') }),
    ({ user, may }) =>
      user !== null && may ? call('pauses', { query: { state: 'filed', limit: 100 } }) : null,
  )
  useEachMinute(filed.reload)
  useFactRefresh(isOfPause, filed.reload)
  return computed(() => filed.data.value?.items.filter(({ mayDecide }) => mayDecide).length ?? 0)
}

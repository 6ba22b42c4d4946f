import { type ComputedRef, computed } from 'vue'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useSession } from '../../people/sessions/store.ts'
import { isOfPause } from './pause-facts.ts'

/** How many plans wait for an answer that who sits here may give; looked at each minute. Null: not known yet. */
export function usePausesToAnswer(): ComputedRef<number | null> {
  const session = useSession()
  const filed = useQuery(
    () => ({ user: session.user?.id ?? null, may: session.can('pause.approve') }),
    ({ user, may }) =>
      user !== null && may ? call('pauses', { query: { state: 'filed', limit: 100 } }) : null,
    { facts: isOfPause, again: 'minute' },
  )
  return computed(() => {
    if (!session.can('pause.approve')) return 0
    return filed.data.value?.items.filter(({ mayDecide }) => mayDecide).length ?? null
  })
}

import { type ComputedRef, computed, ref, type WatchHandle, watch } from 'vue'
import { call } from '../../base/call.ts'
import { onLeave } from '../../base/forget.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { useSession } from '../../people/sessions/store.ts'

const count = ref<number | null>(null)
/** Whose count it is: an answer to somebody who has left is not for who comes next. */
let person = 0
onLeave(() => {
  person += 1
  count.value = null
})

/** Notices to oneself that are not read yet, as of the last look; null before the first. */
export const unread: ComputedRef<number | null> = computed(() => count.value)

/** Looks how many are unread; what was there before stays when the server cannot be asked. */
export async function lookForUnread(): Promise<void> {
  const mine = person
  try {
    const { unread } = await call('inbox', { query: { limit: 1 } })
    if (mine === person) count.value = unread
  } catch {
    // The page of the inbox says what is wrong; here it is looked again in a minute.
  }
}

/** Looks each minute and for whoever signs in, as long as the component that asks for it lives. */
export function useUnread(): WatchHandle {
  const session = useSession()
  return watch([minute, () => session.user?.id], () => session.user && lookForUnread(), { immediate: true })
}

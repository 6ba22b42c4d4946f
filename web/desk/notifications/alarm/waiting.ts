import { type ComputedRef, computed, ref, type WatchHandle, watch } from 'vue'
import type { Waiting } from '../../../../shared/desk/notifications/notifications.ts'
import { call } from '../../../base/call.ts'
import { onLeave } from '../../../base/forget.ts'
import { minute } from '../../../base/ui/controls/minute.ts'

const last = ref<Waiting | null>(null)
/** Whose it is: an answer to somebody who has left is not for who comes next. */
let person = 0
onLeave(() => {
  person += 1
  last.value = null
})

/** What waits for who sits here, as of the last look; null before there was one, which is not nothing. */
export const waiting: ComputedRef<Waiting | null> = computed(() => last.value)

/** Looks what waits; what was there before stays when the server cannot be asked. */
export async function lookWhatWaits(): Promise<void> {
  const mine = person
  try {
    const answer = await call('waiting')
    if (mine === person) last.value = answer
  } catch {
    // It is looked again in a minute.
  }
}

/** Looks each minute and whenever `change` does, as long as the component that asks for it lives. */
export function useWaiting(change: () => unknown): WatchHandle {
  return watch([minute, change], lookWhatWaits, { immediate: true })
}

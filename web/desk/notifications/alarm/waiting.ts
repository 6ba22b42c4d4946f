import { type ComputedRef, computed, ref, type WatchHandle, watch } from 'vue'
import type { Waiting } from '../../../../shared/desk/notifications/notifications.ts'
import { call } from '../../../base/call.ts'
import { minute } from '../../../base/ui/controls/minute.ts'

const NOTHING: Waiting = { alerts: 0, fixes: 0, requests: 0, notices: 0 }
const last = ref<Waiting>(NOTHING)

/** What waits for who sits here, as of the last look. */
export const waiting: ComputedRef<Waiting> = computed(() => last.value)

/** Looks what waits; what was there before stays when the server cannot be asked. */
export async function lookWhatWaits(): Promise<void> {
  try {
    last.value = await call('waiting')
  } catch {
    // It is looked again in a minute.
  }
}

/** Looks each minute and whenever `change` does, as long as the component that asks for it lives. */
export function useWaiting(change: () => unknown): WatchHandle {
  last.value = NOTHING
  return watch([minute, change], lookWhatWaits, { immediate: true })
}

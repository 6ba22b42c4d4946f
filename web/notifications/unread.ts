import { type ComputedRef, computed, ref, type WatchHandle, watch } from 'vue'
import { call } from '../call.ts'
import { minute } from '../ui/minute.ts'

const count = ref(0)

/** Notices to oneself that are not read yet, as of the last look. */
export const unread: ComputedRef<number> = computed(() => count.value)

/** Looks how many are unread; what was there before stays when the server cannot be asked. */
export async function lookForUnread(): Promise<void> {
  try {
    count.value = (await call('inbox', { query: { limit: 1 } })).unread
  } catch {
    // The page of the inbox says what is wrong; here it is looked again in a minute.
  }
}

/** Looks each minute, as long as the component that asks for it lives. */
export function useUnread(): WatchHandle {
  return watch(minute, lookForUnread, { immediate: true })
}

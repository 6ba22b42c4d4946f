import { watch } from 'vue'
import { minute } from '../controls/minute.ts'

/**
 * Asks anew each minute for what changes by the clock, without anybody's doing. It is no part of the question: what is
 * shown stays until the answer is there, or when there is none.
 */
export function useEachMinute(reload: () => unknown): void {
  watch(minute, () => void reload())
}

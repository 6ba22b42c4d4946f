import { shallowReactive } from 'vue'
import { i18n } from '../../i18n.ts'
import { useLiveness } from '../../live/liveness.ts'
import { toast, toastError } from './toasts.ts'

export interface Busy {
  isBusy(key: string | number): boolean
  /**
   * Does `work` while `key` is busy; a second press meanwhile does nothing, and nothing is begun on the strength of
   * a screen that is not live. A refusal is said in the server's words.
   * @returns what `work` gave, undefined when it was refused, not begun, or already under way.
   */
  run<T>(key: string | number, work: () => Promise<T>): Promise<T | undefined>
}

/** Busy buttons: nothing on the screen is changed before the server has said that it is so. */
export function useBusy(): Busy {
  const busy = shallowReactive(new Set<string | number>())
  return {
    isBusy: (key) => busy.has(key),
    async run(key, work) {
      if (busy.has(key)) return undefined
      if (useLiveness().isStale.value) {
        toast(i18n.global.t('stale.unsent'), 'dead')
        return undefined
      }
      busy.add(key)
      try {
        return await work()
      } catch (error) {
        toastError(error)
        return undefined
      } finally {
        busy.delete(key)
      }
    },
  }
}

import { shallowReactive } from 'vue'
import { t } from '../../i18n.ts'
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
  /** The same, but a refusal is the caller's, such as a form that says it. */
  once<T>(key: string | number, work: () => Promise<T>): Promise<T | undefined>
}

/** Busy buttons: nothing on the screen is changed before the server has said that it is so. */
export function useBusy(): Busy {
  const busy = shallowReactive(new Set<string | number>())
  async function once<T>(key: string | number, work: () => Promise<T>): Promise<T | undefined> {
    if (busy.has(key)) return undefined
    if (useLiveness().isStale.value) {
      toast(t('stale.unsent'), 'dead')
      return undefined
    }
    busy.add(key)
    try {
      return await work()
    } finally {
      busy.delete(key)
    }
  }
  return {
    isBusy: (key) => busy.has(key),
    once,
    run: (key, work) => once(key, work).catch(said),
  }
}

function said(error: unknown): undefined {
  toastError(error)
}

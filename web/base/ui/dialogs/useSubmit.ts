import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import { CallError } from '../../call.ts'
import { t } from '../../i18n.ts'
import { useLiveness } from '../../live/liveness.ts'
import { toast } from './toasts.ts'

export interface Submit<A extends readonly unknown[] = []> {
  readonly isBusy: Readonly<ShallowRef<boolean>>
  /** Why it was not done; gone once it is sent again. */
  readonly refusal: Readonly<ShallowRef<unknown>>
  /** What was refused is not wanted any more. */
  forget(): void
  submit(...what: A): Promise<void>
}

/**
 * Sends a form: once at a time, not on the strength of a screen that is not live, and what the server refuses stays
 * in the form with what was written.
 */
export function useSubmit<A extends readonly unknown[] = []>(
  work: (...what: A) => Promise<unknown>,
): Submit<A> {
  const isBusy = shallowRef(false)
  const refusal = shallowRef<unknown>(null)
  async function submit(...what: A): Promise<void> {
    if (isBusy.value) return
    if (useLiveness().isStale.value) {
      toast(t('stale.unsent'), 'dead')
      return
    }
    isBusy.value = true
    refusal.value = null
    try {
      await work(...what)
    } catch (error) {
      refusal.value = error
      if (!(error instanceof CallError)) console.error(error)
    } finally {
      isBusy.value = false
    }
  }
  function forget(): void {
    refusal.value = null
  }
  return { isBusy: shallowReadonly(isBusy), refusal: shallowReadonly(refusal), submit, forget }
}

import { type ComputedRef, computed, onScopeDispose, type Ref, ref, watch } from 'vue'

/**
 * Whether somebody is working on a list: the mouse is on it, or the keyboard is in it. A finger leaves no
 * pointer behind, so touch does not hold.
 * @param also holds as well, for panels that stand beside the list.
 */
export function useHold(
  list: Readonly<Ref<HTMLElement | null>>,
  also: () => boolean = () => false,
): ComputedRef<boolean> {
  const hasPointer = ref(false)
  const hasFocus = ref(false)
  const events: Readonly<Record<string, (event: Event) => void>> = {
    pointerenter: (event) => {
      hasPointer.value = (event as PointerEvent).pointerType === 'mouse'
    },
    pointerleave: () => {
      hasPointer.value = false
    },
    focusin: () => {
      hasFocus.value = list.value?.querySelector(':focus-visible') !== null
    },
    focusout: () => {
      hasFocus.value = false
    },
  }
  function listenTo(next: HTMLElement | null, before: HTMLElement | null | undefined): void {
    for (const [name, listen] of Object.entries(events)) {
      before?.removeEventListener(name, listen)
      next?.addEventListener(name, listen)
    }
  }
  // The element comes once it is drawn, and may be another after that.
  watch(list, listenTo, { immediate: true, flush: 'sync' })
  onScopeDispose(() => listenTo(null, list.value))
  return computed(() => hasPointer.value || hasFocus.value || also())
}

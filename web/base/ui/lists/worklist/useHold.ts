import { type ComputedRef, computed, onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

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
  const enter = (event: PointerEvent) => {
    hasPointer.value = event.pointerType === 'mouse'
  }
  const leave = () => {
    hasPointer.value = false
  }
  const focus = () => {
    hasFocus.value = list.value?.querySelector(':focus-visible') !== null
  }
  const blur = () => {
    hasFocus.value = false
  }
  const events = { pointerenter: enter, pointerleave: leave, focusin: focus, focusout: blur } as const
  let element: HTMLElement | null = null
  onMounted(() => {
    element = list.value
    for (const [name, listen] of Object.entries(events))
      element?.addEventListener(name, listen as EventListener)
  })
  onBeforeUnmount(() => {
    for (const [name, listen] of Object.entries(events))
      element?.removeEventListener(name, listen as EventListener)
  })
  return computed(() => hasPointer.value || hasFocus.value || also())
}

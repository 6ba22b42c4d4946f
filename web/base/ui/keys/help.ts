import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { onLeave } from '../../forget.ts'
import { isKeyTaken } from './usePageKeys.ts'

/** Whether the help about keys is open, on whatever page. */
export const isHelpOpen = shallowRef(false)
onLeave(() => {
  isHelpOpen.value = false
})

/** ? says every key that works, on every page. */
export function useHelpKey(isEnabled: () => boolean): void {
  const press = (event: KeyboardEvent) => {
    // Who does not wait until it is fetched.
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) isHelpOpen.value = false
    if (event.key !== '?' || !isEnabled() || isKeyTaken(event)) return
    event.preventDefault()
    isHelpOpen.value = true
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

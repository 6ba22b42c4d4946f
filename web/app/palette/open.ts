import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { onLeave } from '../../base/forget.ts'

export const isPaletteOpen = shallowRef(false)
onLeave(() => {
  isPaletteOpen.value = false
})

/** ⌘K or Ctrl-K opens the palette on every page, and closes it again; also while somebody types in a field. */
export function usePaletteKey(isEnabled: () => boolean): void {
  const press = (event: KeyboardEvent) => {
    const isIt = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k'
    if (!isIt || event.isComposing || !isEnabled()) return
    event.preventDefault()
    isPaletteOpen.value = !isPaletteOpen.value
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

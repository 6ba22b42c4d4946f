import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { onLeave } from '../../base/forget.ts'
import { isKeyTaken } from '../../base/ui/keys/usePageKeys.ts'

export const isPaletteOpen = shallowRef(false)
/** What was typed while the palette was still being fetched: it begins with that. */
export const typedAhead = shallowRef('')
/** An input method is at a word of it. */
export const isComposing = shallowRef(false)

/** Waits until no word is being composed: it would be gone with the field that it is in. */
export async function composed(): Promise<void> {
  while (isComposing.value) await new Promise((resolve) => setTimeout(resolve, 50))
}
onLeave(() => {
  isPaletteOpen.value = false
})

/**
 * ⌘K or Ctrl-K opens the palette on every page, and closes it again; also while somebody types in a field. So does / where
 * a page has no search of its own.
 */
export function usePaletteKey(isEnabled: () => boolean): void {
  const press = (event: KeyboardEvent) => {
    const isIt = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k'
    // The page comes first: what it has taken is prevented by now.
    const isSlash = event.key === '/' && !event.defaultPrevented && !isKeyTaken(event)
    if (!(isIt || isSlash) || event.isComposing || !isEnabled()) return
    event.preventDefault()
    isPaletteOpen.value = !isPaletteOpen.value
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

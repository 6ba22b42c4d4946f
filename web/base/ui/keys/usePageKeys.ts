import { onBeforeUnmount, onMounted } from 'vue'

/** Where a key is typed and not pressed. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** A check box takes no letters. */
function takesKeys(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'checkbox')
}

/** Caps lock is no shift. */
const nameOf = (event: KeyboardEvent): string =>
  event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key

/**
 * Whether keys belong to something else: a field, a dialog or panel that is open, an input method that composes, or a
 * browser's command.
 */
export function isKeyTaken(event: KeyboardEvent): boolean {
  return (
    event.isComposing ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    takesKeys(event.target) ||
    document.querySelector('dialog[open], .pop') !== null
  )
}

/**
 * Single keys that work on a page, by `KeyboardEvent.key`. Silent while somebody types, holds a modifier, or
 * has a dialog open; Enter and space stay with the button or link that has the focus.
 */
export function usePageKeys(
  keys: Readonly<Record<string, () => void>>,
  isEnabled: () => boolean = () => true,
): void {
  const press = (event: KeyboardEvent) => {
    const act = keys[nameOf(event)]
    if (!act || !isEnabled() || isKeyTaken(event)) return
    const onControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null
    if (onControl && (event.key === 'Enter' || event.key === ' ')) return
    event.preventDefault()
    act()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
}

import { type ComputedRef, onBeforeUnmount, onMounted } from 'vue'
import { makePageRegistry } from '../page-registry.ts'
import { isLeaving } from './leaving.ts'

/** A single key that works on a page. */
export interface PageKey {
  /** By `KeyboardEvent.key`; several that do the same. */
  readonly keys: readonly string[]
  /** How the help writes them, if not as they are. */
  readonly shown?: string
  /** What it does, in the words of the help. */
  readonly does: () => string
  press(): void
  /** Whether it works just now, for this person; without it, always. */
  readonly isThere?: () => boolean
}

/** Keys of one part of a page, as the help lists them. */
export interface KeySection {
  readonly title: string
  readonly keys: readonly { readonly shown: string; readonly does: string }[]
}

const registry = makePageRegistry<KeySection>()
/** Every key of the page that is open: what works is what the help says. */
export const pageKeys: ComputedRef<readonly KeySection[]> = registry.all

/** Where a key is typed and not pressed. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** A check box takes no letters. */
function takesKeys(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'checkbox')
}

/** Whether a letter is a capital is for shift to say: caps lock turns it round. */
export const nameOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  key.length > 1 ? key : shiftKey ? key.toUpperCase() : key.toLowerCase()

/** Whether a dialog or panel stands above the page, or is being fetched. */
export const isDialogOpen = (): boolean => document.querySelector('dialog[open], .pop') !== null

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
    isDialogOpen()
  )
}

/**
 * Single keys that work on a page, and its help says. Silent while somebody types, holds a modifier, has a dialog
 * open, or has asked for another page; Enter and space stay with the button or link that has the focus.
 * @param title of the part of the page that they belong to.
 */
export function usePageKeys(
  title: () => string,
  keys: readonly PageKey[],
  isEnabled: () => boolean = () => true,
): void {
  const isThere = (key: PageKey) => key.isThere?.() ?? true
  const press = (event: KeyboardEvent) => {
    const name = nameOf(event)
    const key = keys.find((one) => one.keys.includes(name) && isThere(one))
    if (!key || isLeaving.value || !isEnabled() || isKeyTaken(event)) return
    const onControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null
    if (onControl && (event.key === 'Enter' || event.key === ' ')) return
    event.preventDefault()
    key.press()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
  registry.use(() => [
    {
      title: title(),
      keys: keys.filter(isThere).map(({ keys: names, shown, does }) => ({
        shown: shown ?? names.join(' '),
        does: does(),
      })),
    },
  ])
}

/** The same keys pressed on a control that keeps them to itself. */
export function pressNamed(keys: readonly PageKey[], event: KeyboardEvent): void {
  const key = keys.find((one) => one.keys.includes(nameOf(event)))
  if (!key || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  key.press()
}

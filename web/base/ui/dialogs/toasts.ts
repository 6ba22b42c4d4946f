import { type ComputedRef, computed, onBeforeUnmount, shallowRef } from 'vue'
import { CallError } from '../../call.ts'
import { onLeave } from '../../forget.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'good' | 'dead'
  readonly text: string
}

const SHOWN_MS = 6_000
const MOST = 4
let lastId = 0

const toasts = shallowRef<readonly Toast[]>([])
onLeave(() => {
  toasts.value = []
})
/** Where toasts can be shown, the topmost last: a modal dialog makes all that lies below it unseen and unheard. */
const layers = shallowRef<readonly symbol[]>([])

/**
 * The toasts, for a list on the page or in a dialog; none while a dialog lies above it, which has its own list.
 * @param isPage the lowest of all, whenever it was made.
 */
export function useToasts(isPage: boolean): ComputedRef<readonly Toast[]> {
  const mine = Symbol('toasts')
  layers.value = isPage ? [mine, ...layers.value] : [...layers.value, mine]
  onBeforeUnmount(() => {
    layers.value = layers.value.filter((one) => one !== mine)
  })
  return computed(() => (layers.value.at(-1) === mine ? toasts.value : []))
}

/** Says at the edge of the screen what came of an action; what stands there already is said once. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  lastId += 1
  const id = lastId
  const others = toasts.value.filter((one) => one.text !== text || one.tone !== tone)
  toasts.value = [...others, { id, tone, text }].slice(-MOST)
  setTimeout(() => dismiss(id), SHOWN_MS)
}

/** Says a refusal in the server's words, and rethrows what is none. */
export function toastError(error: unknown): void {
  if (!(error instanceof CallError)) throw error
  toast(error.message, 'dead')
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id)
}

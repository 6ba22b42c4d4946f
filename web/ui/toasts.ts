import { shallowRef } from 'vue'
import { CallError } from '../call.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'good' | 'dead'
  readonly text: string
}

const SHOWN_MS = 6_000
const MOST = 4
let lastId = 0

export const toasts = shallowRef<readonly Toast[]>([])

/** Says at the edge of the screen what came of an action. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  lastId += 1
  const id = lastId
  toasts.value = [...toasts.value, { id, tone, text }].slice(-MOST)
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

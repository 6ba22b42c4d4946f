import type { App } from 'vue'
import { t } from '../../base/i18n.ts'
import { toast } from '../../base/ui/dialogs/toasts.ts'

/** One fault often comes with others: people are told once in a while, the console of all. */
const TOLD_MS = 10_000

/**
 * Whatever goes wrong in our own code, where nobody has caught it, is said: a button that silently does nothing is
 * pressed again and again.
 */
export function catchFaults(app: App): void {
  let toldMs = Number.NEGATIVE_INFINITY
  const tell = (fault: unknown): void => {
    console.error(fault)
    if (performance.now() - toldMs < TOLD_MS) return
    toldMs = performance.now()
    toast(t('fault'), 'dead')
  }
  app.config.errorHandler = tell
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    tell(event.reason)
  })
  // Without an error it is a notice of the browser itself, as of a layout that takes two turns.
  window.addEventListener('error', (event) => {
    if (!(event.error instanceof Error)) return
    event.preventDefault()
    tell(event.error)
  })
}

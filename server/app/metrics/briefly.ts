import { setTimeout as pause } from 'node:timers/promises'
import { SECOND } from '../../../shared/base/time.ts'

/** So long a scrape waits for the database: what is told without it is told while that is away, too. */
const PATIENCE_MS = SECOND

/** An answer of the database, or this instead where none comes soon. */
export function soonOr<T>(answer: Promise<T>, instead: T): Promise<T> {
  return Promise.race([answer, pause(PATIENCE_MS, instead, { ref: false })])
}

/**
 * Asks the database one question for all who want to know meanwhile.
 * @returns null where no answer comes soon, or none can be had.
 */
export function briefly<T>(ask: () => Promise<T>): () => Promise<T | null> {
  let asked: Promise<T | null> | null = null
  return () => {
    asked ??= ask()
      .catch(() => null)
      .finally(() => {
        asked = null
      })
    return soonOr(asked, null)
  }
}

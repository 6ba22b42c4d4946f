import { setTimeout as pause } from 'node:timers/promises'

/** PostgreSQL ended this transaction so that another could go on (deadlock_detected). */
const DEADLOCK = '40P01'
/** Waits before it is tried again: the other one, which was woken meanwhile, is through by then. */
const PAUSES_MS = [50, 250, 1_000]

/**
 * Does a transaction once more when PostgreSQL chose it to give way: nothing of it was stored. Who comes back at once may
 * take the same lock before the other has woken, so there is a pause before it, a longer one each time; the fourth
 * deadlock is thrown, like everything else.
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (const ms of PAUSES_MS) {
    try {
      return await transaction()
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== DEADLOCK) throw error
      await pause(ms)
    }
  }
  return transaction()
}

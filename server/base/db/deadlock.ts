/** PostgreSQL ended this transaction so that another could go on (deadlock_detected). */
const DEADLOCK = '40P01'

/**
 * Does a transaction once more when PostgreSQL chose it to give way: nothing of it was stored, and the other one
 * is through by then. A second deadlock is thrown, like everything else.
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction()
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== DEADLOCK) throw error
    return transaction()
  }
}

import { patient } from './run/patience.ts'

/**
 * Waits for something that another process does, asking every 50 ms.
 * @param what said when it never comes, as "… has not happened".
 * @param timeoutMs so long at most, where nothing else goes on.
 * @returns the first answer that is neither false, null nor undefined.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + patient(timeoutMs)
  for (;;) {
    const answer = await ask()
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as NonNullable<Exclude<T, false>>
    }
    if (performance.now() > end)
      throw new Error(`Within ${patient(timeoutMs)} ms this has not happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

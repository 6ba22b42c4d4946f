import { expect } from 'vitest'
import { Refusal } from '../../server/base/refusal.ts'
import type { ErrorCode } from '../../shared/base/errors.ts'

/** Waits for the refusal of `deed`, which must have this code. */
export async function refused(deed: Promise<unknown>, code: ErrorCode): Promise<Refusal> {
  const outcome = await deed.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(outcome instanceof Refusal)) throw outcome ?? new Error(`it was not refused, but should be ${code}`)
  expect(outcome.code, outcome.message).toBe(code)
  return outcome
}

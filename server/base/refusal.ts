import type { ErrorCode } from '../../shared/base/errors.ts'

/** A request that is refused for a reason which the person may read. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode
  /** On a conflict: the entity as it is now. */
  readonly current: unknown
  readonly issues: readonly { path: string; message: string }[] | undefined

  constructor(
    code: ErrorCode,
    message: string,
    more: { current?: unknown; issues?: readonly { path: string; message: string }[] } = {},
  ) {
    super(message)
    this.code = code
    this.current = more.current
    this.issues = more.issues
  }
}

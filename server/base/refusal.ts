import type { ErrorCode } from '../../shared/base/errors.ts'
import { inBoth, type Reason, type ReasonWithValues, type Values } from './words/refusals.ts'

/** What is wrong where: said already, or to be said in the reader's language. */
export type Issue = { readonly path: string } & ({ readonly message: string } | ReasonWithValues)

interface More {
  /** On a conflict: the entity as it is now. */
  readonly current?: unknown
  /** And the fields that both have changed. */
  readonly conflicting?: readonly string[]
  readonly issues?: readonly Issue[]
}

/**
 * A request that is refused for a reason which the person may read. Anything else that is thrown is a bug. It carries
 * the reason and its values; what is said is made of them in the reader's language, at the edge.
 */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly reason: Reason
  readonly values: Values
  readonly current: unknown
  readonly conflicting: readonly string[] | undefined
  readonly issues: readonly Issue[] | undefined

  constructor(code: ErrorCode, reason: Reason, more: More & { readonly values?: Values } = {}) {
    super(inBoth({ reason, values: more.values ?? {} }))
    this.code = code
    this.reason = reason
    this.values = more.values ?? {}
    this.current = more.current
    this.conflicting = more.conflicting
    this.issues = more.issues
  }
}

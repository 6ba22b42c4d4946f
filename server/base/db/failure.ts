import { DatabaseError } from 'pg'
import type { ErrorCode } from '../../../shared/base/errors.ts'
import { Refusal } from '../refusal.ts'

/**
 * Classes of SQLSTATE that are of the data and stay so however often they are tried: cardinality, data exceptions
 * (a character or number that cannot be stored), constraint violations, limits of rows and indexes.
 */
const LASTING = new Set(['21', '22', '23', '54'])
/** More parameters than a statement may have, which the driver sends as fewer. */
const MISCOUNTED = new Set(['08P01', '42P02'])
/** Too long a statement, or an inner error: both may be of the moment or of what was sent. */
const DOUBTFUL = new Set(['57014', 'XX000', 'XX001', 'XX002'])
/** So often in a row, what is doubtful counts as lasting. */
const DOUBTFUL_TRIES = 5
/** Refusals that say: not just now. All others are of what was asked for. */
const NOT_NOW: readonly ErrorCode[] = ['unavailable', 'too_many_requests']
/** What the driver says, without a code, of a connection that is gone or not to be had. */
const CONNECTION = /connection|timeout exceeded|terminat|socket|not queryable|cannot use a pool/i

/**
 * Whether something that failed will do so for ever, and must not be tried again, nor keep others waiting. All that
 * has to do with the state of the database (connections, locks, deadlocks, resources, a schema that does not fit)
 * passes. An error of our own, which no database is behind, stays; so does a refusal, unless it is one of the moment.
 * @param failures how often it has failed in a row, this time included.
 */
export function isLasting(error: unknown, failures = 1): boolean {
  if (error instanceof AggregateError) return error.errors.every((one) => isLasting(one, failures))
  if (error instanceof DatabaseError) {
    const { code = '', severity } = error
    // A pooler says by the same code, and ends the connection, that it has none to the database just now.
    if (MISCOUNTED.has(code)) return severity !== 'FATAL'
    return LASTING.has(code.slice(0, 2)) || (DOUBTFUL.has(code) && failures >= DOUBTFUL_TRIES)
  }
  if (error instanceof Refusal) return !NOT_NOW.includes(error.code)
  if (!(error instanceof Error)) return true
  // Errors of sockets and files carry a code (ECONNREFUSED).
  return !('code' in error && typeof error.code === 'string') && !CONNECTION.test(error.message)
}

/** The SQLSTATE of an error, if the database raised it. */
export function sqlState(error: unknown): string | null {
  return error instanceof DatabaseError ? (error.code ?? null) : null
}

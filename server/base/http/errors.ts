import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { ErrorCode, Problem } from '../../../shared/base/errors.ts'
import { cut } from '../../../shared/base/text.ts'
import { type Issue, Refusal } from '../refusal.ts'
import { sentenceFor } from './language.ts'

/** The one table that turns a code into a status and its title. */
export const STATUSES: Record<ErrorCode, readonly [status: number, title: string]> = {
  invalid: [400, 'Bad Request'],
  unauthenticated: [401, 'Unauthorized'],
  second_factor: [401, 'Unauthorized'],
  token_expired: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not Found'],
  conflict: [409, 'Conflict'],
  too_large: [413, 'Content Too Large'],
  too_many_requests: [429, 'Too Many Requests'],
  unavailable: [503, 'Service Unavailable'],
  internal: [500, 'Internal Server Error'],
}

/** What PostgreSQL says of a value that no row can hold (a number too large, a NUL): the request's fault. */
const UNSTORABLE = new Set(['22003', '22021', '22P05'])
/** The database is not there, is going down, took too long, or chose this transaction to give way; trying again may help. */
const PASSING =
  /^(08...|57014|57P0[123]|25P0[34]|53[0-9A-Z]{3}|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/
const NO_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Answers whatever was thrown as `application/problem+json`; only a refusal's own words reach the browser. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    const requestId = String(res.locals.requestId ?? '')
    const refusal = toRefusal(error, requestId)
    if (refusal.code === 'internal') log.error({ err: error, requestId, path: req.path }, 'request failed')
    if (refusal.code === 'unavailable') log.warn({ err: error, requestId, path: req.path }, 'request put off')
    const problem = problemOf(refusal, req.get('accept-language'))
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Whatever no route has answered. */
export const nothingHere: RequestHandler = (req) => {
  const path = cut(req.originalUrl.split('?')[0] ?? '', 200)
  throw new Refusal('not_found', 'http.thereIsNothingAt', { values: { path } })
}

function problemOf(refusal: Refusal, acceptLanguage: string | undefined): Problem {
  const [status, title] = STATUSES[refusal.code]
  return {
    type: 'about:blank',
    title,
    status,
    code: refusal.code,
    reason: refusal.reason,
    ...(Object.keys(refusal.values).length > 0 && { values: refusal.values }),
    detail: sentenceFor(refusal, acceptLanguage),
    ...(refusal.current === undefined ? {} : { current: refusal.current }),
    ...(refusal.conflicting && { conflicting: [...refusal.conflicting] }),
    ...(refusal.issues && { issues: refusal.issues.map((issue) => issueOf(issue, acceptLanguage)) }),
  }
}

function issueOf(issue: Issue, acceptLanguage: string | undefined): { path: string; message: string } {
  const message = 'message' in issue ? issue.message : sentenceFor(issue, acceptLanguage)
  return { path: issue.path, message }
}

function toRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error
  const { status, code = '', message = '' } = error as { status?: number; code?: string; message?: string }
  if (status === 413) {
    return new Refusal('too_large', 'http.requestBodyLargerThan256')
  }
  // Express and its body parser mark what the client did wrong with a 4xx status.
  if (status !== undefined && status >= 400 && status < 500) {
    return new Refusal('invalid', 'http.requestCannotRead')
  }
  if (UNSTORABLE.has(code)) {
    return new Refusal('invalid', 'http.requestHoldsValueCannotStored')
  }
  if (PASSING.test(code) || NO_CONNECTION.test(message)) {
    return new Refusal('unavailable', 'http.notPossibleJustNow')
  }
  return new Refusal('internal', 'http.somethingWentWrongServerReference', { values: { requestId } })
}

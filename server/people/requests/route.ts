import type { Request, Response, Router } from 'express'
import type { z } from 'zod'
import { type Endpoint, meets } from '../../../shared/people/rights/endpoint.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { findUnstorable } from '../../base/http/text.ts'
import { Refusal } from '../../base/refusal.ts'
import { chargeFor } from './limit.ts'

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
// biome-ignore lint/suspicious/noConfusingVoidType: what a handler returns that answers nothing
type Output<E extends Endpoint> = E['output'] extends z.ZodType ? z.input<E['output']> : void

export interface Call<E extends Endpoint> {
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  body: Parsed<E['body']>
  /** Who asks; for open endpoints this may be nobody. */
  user: E extends { needs: 'open' } ? User | null : User
  req: Request
  res: Response
}

/** Answers are checked against the contract in tests and development; production trusts the compiler. */
const checkAnswers = process.env.NODE_ENV !== 'production'

/**
 * Serves one endpoint of the contract: refuses whoever does not meet its need, parses what comes in, answers JSON.
 * Refusals and bugs go on to the error handler.
 */
export function serve<E extends Endpoint>(
  router: Router,
  endpoint: E,
  handle: (call: Call<E>) => Promise<Output<E>> | Output<E>,
): void {
  const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'
  router[method](endpoint.path, async (req, res) => {
    const user = (res.locals.user as User | undefined) ?? null
    refuseUnlessMeets(user, endpoint)
    const { cost = 1 } = endpoint
    if (typeof cost === 'number') chargeFor(cost, res)
    const params = parse(endpoint.params, req.params, 'path')
    const query = parse(endpoint.query, req.query, 'query')
    if (typeof cost === 'function') chargeFor(cost(query ?? {}), res)
    const call = {
      params,
      query,
      body: parse(endpoint.body, req.body ?? {}, 'body'),
      user,
      req,
      res,
    } as Call<E>
    const answer = await handle(call)
    // A handler that redirects or streams has answered itself.
    if (res.headersSent) return
    if (endpoint.output === undefined) {
      res.status(204).end()
      return
    }
    if (checkAnswers) endpoint.output.parse(answer)
    if (endpoint.media) {
      // A handler that knows better which of them it is has said so.
      if (!res.hasHeader('Content-Type')) res.type(endpoint.media)
      res.send(answer)
    } else res.json(answer)
  })
}

/** A list of ten thousand bad items is not answered by as many sentences. */
const MAX_ISSUES = 20

/** @throws Refusal unauthenticated, forbidden */
function refuseUnlessMeets(user: User | null, { needs, method }: Endpoint): void {
  if (user?.access === 'readOnlyToken' && method !== 'GET') {
    throw new Refusal('forbidden', 'requests.tokenReadOnly')
  }
  if (meets(user, needs)) return
  if (!user) throw new Refusal('unauthenticated', 'common.pleaseSign')
  if (user.access === 'wallLink') {
    throw new Refusal('forbidden', 'requests.wallLinkShowsWallNothing')
  }
  if (needs === 'person') {
    throw new Refusal('forbidden', 'requests.apiTokensMayNot')
  }
  throw new Refusal('forbidden', 'requests.roleMayNot')
}

function parse(schema: z.ZodType | undefined, input: unknown, where: string): unknown {
  if (!schema) return undefined
  const unstorable = findUnstorable(input)
  const parsed = unstorable ? null : schema.safeParse(input)
  if (parsed?.success) return parsed.data
  // An address with an impossible id is an address of nothing.
  if (where === 'path') throw new Refusal('not_found', 'requests.noSuchThing')
  const faults = unstorable ? [{ path: [unstorable.path], message: unstorable.message }] : issuesOf(parsed)
  const issues = faults.map(({ path, message }) => ({ path: [where, ...path].join('.'), message }))
  const list = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ')
  throw new Refusal('invalid', 'requests.requestNotValid', { values: { list }, issues })
}

function issuesOf(parsed: z.ZodSafeParseResult<unknown> | null) {
  return (parsed?.error?.issues ?? []).slice(0, MAX_ISSUES)
}

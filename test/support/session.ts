import type { z } from 'zod'
import { type Api, type ApiName, api } from '../../shared/api.ts'
import { problem } from '../../shared/base/errors.ts'
import type { Endpoint } from '../../shared/people/rights/endpoint.ts'
import { PASSWORD } from './people.ts'

type Output<N extends ApiName> = Api[N] extends { output: infer T extends z.ZodType }
  ? z.output<T>
  : undefined
interface Parts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/** The server refused; `problem` has passed the contract's schema. */
export class Refused extends Error {
  readonly status: number
  readonly problem: z.output<typeof problem>
  constructor(status: number, body: unknown) {
    super(`${status} ${JSON.stringify(body)}`)
    this.status = status
    this.problem = problem.parse(body)
  }
}

/** Somebody signed in at a server, seen from outside. */
export interface Session {
  readonly origin: string
  readonly cookie: string
  /** `fetch` of a path, with the cookie. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** One endpoint of the contract. @returns the answer, checked. @throws Refused */
  call<N extends ApiName>(name: N, parts?: Parts): Promise<Output<N>>
}

/** Signs in and keeps the cookie. @throws Refused */
export async function signIn(origin: string, username: string, password = PASSWORD): Promise<Session> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) throw new Refused(answer.status, await answer.json())
  await answer.arrayBuffer()
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  return sessionWith(origin, { cookie: cookie.join('; ') })
}

/** Nobody, or a machine with its own headers. */
export function sessionWith(origin: string, headers: Record<string, string> = {}): Session {
  const withHeaders = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    })
  return {
    origin,
    cookie: headers.cookie ?? '',
    fetch: withHeaders,
    async call(name, parts = {}) {
      const endpoint: Endpoint = api[name]
      const answer = await withHeaders(addressOf(endpoint.path, parts), {
        method: endpoint.method,
        headers: { 'content-type': 'application/json' },
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      })
      if (!answer.ok) throw new Refused(answer.status, await answer.json())
      const body = answer.status === 204 ? undefined : await answer.json()
      return (endpoint.output ? endpoint.output.parse(body) : undefined) as Output<typeof name>
    },
  }
}

function addressOf(path: string, { params = {}, query = {} }: Parts): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  return search.size > 0 ? `${filled}?${search}` : filled
}

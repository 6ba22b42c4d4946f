import { endpoints } from 'virtual:endpoints'
import type { z } from 'zod'
import type { Api, ApiName } from '../shared/api.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import type { Problem } from '../shared/errors.ts'
import { locale } from './i18n.ts'

type Output<N extends ApiName> = Api[N] extends { output: infer T extends z.ZodType }
  ? z.output<T>
  : undefined
type Part<N extends ApiName, K extends 'params' | 'body'> =
  Api[N] extends Record<K, infer T extends z.ZodType>
    ? { [P in K]: K extends 'params' ? z.output<T> : z.input<T> }
    : unknown
/** Query values as the server will read them; each may be left out. */
type Query<N extends ApiName> = Api[N] extends { query: infer T extends z.ZodType }
  ? { query?: { [K in keyof z.output<T>]?: z.output<T>[K] | undefined } }
  : unknown
export type CallInput<N extends ApiName> = Part<N, 'params'> & Part<N, 'body'> & Query<N>
export type CallOutput<N extends ApiName> = Output<N>

/** The server refused, or (`status` 0) could not be asked. `message` is a sentence for people. */
export class CallError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'CallError'
    this.problem = problem
  }
}

type Place = Pick<Endpoint, 'method' | 'path'>

interface Parts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/** `/api/alerts/:id` with its parameters and query filled in. */
export function addressOf(path: string, { params = {}, query = {} }: Parts): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

/**
 * Calls one endpoint of the contract.
 * @throws {CallError} with the server's problem, or one of our own when it cannot be reached.
 */
export async function call<N extends ApiName>(
  name: N,
  ...[input]: unknown extends CallInput<N>
    ? []
    : [Partial<CallInput<N>>] extends [CallInput<N>]
      ? [CallInput<N>?]
      : [CallInput<N>]
): Promise<CallOutput<N>> {
  const endpoint: Place = endpoints[name]
  const parts = (input ?? {}) as Parts
  const response = await request(endpoint, parts)
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as CallOutput<N>
  throw new CallError(await problemOf(response))
}

async function request(endpoint: Place, parts: Parts): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale.value }
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' }
  if (parts.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(parts.body)
  }
  try {
    return await fetch(addressOf(endpoint.path, parts), init)
  } catch {
    throw new CallError(localProblem(0))
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json')
  if (!isProblem) return localProblem(response.status)
  return (await response.json()) as Problem
}

/** What we say ourselves when nothing of ours has answered: no network, or a gateway's error page. */
function localProblem(status: number): Problem {
  const detail = locale.value === 'en' ? 'The server cannot be reached.' : '无法连接服务器。'
  return { type: 'about:blank', title: 'Unavailable', status, code: 'unavailable', detail }
}

import { first } from 'virtual:endpoints/first'
import type { z } from 'zod'
import type { Api, ApiName } from '../../shared/api.ts'
import type { Problem } from '../../shared/base/errors.ts'
import type { Endpoint } from '../../shared/people/rights/endpoint.ts'
import { locale, t } from './i18n.ts'

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
/** What is sent as it is, by the endpoints that take it. */
type Raw<N extends ApiName> = Api[N] extends { takes: string } ? { file: Blob } : unknown
export type CallInput<N extends ApiName> = Part<N, 'params'> & Part<N, 'body'> & Query<N> & Raw<N>
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

type Place = Pick<Endpoint, 'method' | 'path' | 'takes'>

/** Where endpoints are, as far as it is known yet. */
const places: Record<string, Place | undefined> = { ...first }
/** What the desk calls besides, it brings with it; the wall does without. */
export function bringEndpoints(more: Readonly<Record<string, Place>>): void {
  Object.assign(places, more)
}

interface Parts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob
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
  const asker = whoeverAsks
  const endpoint: Place = places[name] ?? (await import('virtual:endpoints')).endpoints[name]
  const parts = (input ?? {}) as Parts
  const isLook = endpoint.method === 'GET'
  const waitMs = parts.file ? FILE_MS : ANSWER_MS
  const late = AbortSignal.timeout(waitMs)
  const signal = asker ? either(late, asker) : late
  const response = await request(endpoint, parts, signal).catch(() => {
    throw local(late.aborted ? (isLook ? 'unanswered' : 'unknown') : 'unreachable', 0, waitMs)
  })
  if (response.status === 204) return undefined as CallOutput<N>
  const body = await response.json().catch(() => undefined)
  if (!response.ok) throw isProblem(body) ? new CallError(body) : local('failed', response.status)
  if (body !== undefined) return body as CallOutput<N>
  throw local(late.aborted ? (isLook ? 'unanswered' : 'unknown') : 'unreadable', response.status, waitMs)
}

/** Gives up the calls that are begun meanwhile. */
let whoeverAsks: AbortSignal | null = null

/** Does `work`; the calls that it begins are given up as soon as `signal` says so, for nobody waits for them. */
export function givenUpBy<T>(signal: AbortSignal, work: () => T): T {
  const before = whoeverAsks
  whoeverAsks = signal
  try {
    return work()
  } finally {
    whoeverAsks = before
  }
}

/** `AbortSignal.any`, which browsers of three years ago lack. */
function either(...signals: readonly AbortSignal[]): AbortSignal {
  const both = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) both.abort()
    else signal.addEventListener('abort', () => both.abort(), { once: true, signal: both.signal })
  }
  return both.signal
}

/** An answer that is not whole by then is given up: a button must not be busy for ever. */
const ANSWER_MS = 30_000
/** A file has to get there first, and is more work. */
const FILE_MS = 5 * 60_000

function request(endpoint: Place, parts: Parts, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale.value }
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin', signal }
  if (parts.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(parts.body)
  } else if (parts.file && endpoint.takes) {
    headers['content-type'] = endpoint.takes
    init.body = parts.file
  }
  const address = addressOf(endpoint.path, parts)
  const early = endpoint.method === 'GET' ? takeEarly(address) : undefined
  return early ?? fetch(address, init)
}

const whoAskedEarly = globalThis as { early?: Map<string, Promise<Response>> }
// From here on the program asks by itself; a script that comes later than it has nothing to ask.
whoAskedEarly.early ??= new Map()

/** An answer that was asked for while the program was still being read (`web/app/early.ts`): whoever asks first gets it. */
function takeEarly(address: string): Promise<Response> | undefined {
  const answer = whoAskedEarly.early?.get(address)
  whoAskedEarly.early?.delete(address)
  return answer
}

/** What was asked early and nobody wanted is of no use any more: it would be taken for the present. */
export function forgetEarly(): void {
  whoAskedEarly.early?.clear()
}

function isProblem(body: unknown): body is Problem {
  return body !== null && typeof body === 'object' && 'code' in body && 'detail' in body
}

/** What we say ourselves when nothing of ours has answered: no network, silence, a gateway's page, half an answer. */
function local(
  what: 'unreachable' | 'failed' | 'unanswered' | 'unknown' | 'unreadable',
  status = 0,
  waitMs = ANSWER_MS,
): CallError {
  const detail = t(`trouble.${what}`, { status, seconds: waitMs / 1000 })
  return new CallError({
    type: 'about:blank',
    title: 'Unavailable',
    status,
    code: 'unavailable',
    reason: `trouble.${what}`,
    detail,
  })
}

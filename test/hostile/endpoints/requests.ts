import { z } from 'zod'
import { type ApiName, api } from '../../../shared/api.ts'
import type { Endpoint } from '../../../shared/people/rights/endpoint.ts'
import type { Chance } from '../chance.ts'
import { hostileValue, type Schema, valueFor } from './values.ts'

export interface HostileRequest {
  readonly endpoint: ApiName
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | Buffer | null
}

const names = Object.keys(api) as ApiName[]
const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset=nonsense',
  'application/octet-stream',
  '',
]

const schemas = new Map<z.ZodType, Schema>()
function schemaOf(type: z.ZodType): Schema {
  const known = schemas.get(type)
  if (known) return known
  const made = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema
  schemas.set(type, made)
  return made
}
const made = (type: z.ZodType, chance: Chance, hostility: number) => {
  const schema = schemaOf(type)
  return valueFor(schema, chance, (schema.$defs ?? {}) as Schema, hostility)
}

/** One request to any endpoint of the contract: near enough to a good one to get far, and hostile somewhere. */
export function hostileRequest(chance: Chance): HostileRequest {
  const name = chance.of(names)
  const endpoint: Endpoint = api[name]
  const hostility = chance.of([0, 2, 10, 40])
  const params = endpoint.params ? (made(endpoint.params, chance, hostility) as Record<string, unknown>) : {}
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => segment(params?.[key], chance))
  const search = endpoint.query || chance.percent(5) ? searchOf(endpoint, chance, hostility) : ''
  const method = chance.percent(2) ? chance.of(['GET', 'POST', 'DELETE', 'PUT', 'PATCH']) : endpoint.method
  const { body, headers } = bodyOf(endpoint, chance, hostility)
  const hasBody = method !== 'GET' && (endpoint.body !== undefined || chance.percent(5))
  return {
    endpoint: name,
    method,
    path: path + search,
    headers: hasBody ? headers : {},
    body: hasBody ? body : null,
  }
}

function segment(value: unknown, chance: Chance): string {
  if (chance.percent(2)) return chance.of(['%00', '%zz', '%ED%A0%80', '..%2f..', '%20', '%F0%9F%8F%9B'])
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.toWellFormed().slice(0, 3_000)) || '1'
}

function searchOf(endpoint: Endpoint, chance: Chance, hostility: number): string {
  const query = endpoint.query ? made(endpoint.query, chance, hostility) : {}
  const pairs = Object.entries(typeof query === 'object' && query !== null ? query : { q: query })
  const doubled = pairs.flatMap((pair) => (chance.percent(3) ? [pair, pair] : [pair]))
  if (chance.percent(5)) doubled.push([chance.of(['__proto__[a]', 'limit[]', 'a[b][c]', 'constructor']), 1])
  const text = doubled
    .map(([key, value]) => {
      const plain = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(plain.toWellFormed().slice(0, 6_000))}`
    })
    .join('&')
  return text ? `?${text}${chance.percent(3) ? '&x=%00&y=%ff&z=%' : ''}` : ''
}

function bodyOf(endpoint: Endpoint, chance: Chance, hostility: number) {
  if (endpoint.takes)
    return { body: chance.bytes(chance.size(20_000)), headers: { 'content-type': endpoint.takes } }
  const value = endpoint.body ? made(endpoint.body, chance, hostility) : hostileValue(chance)
  let body: string | Buffer = JSON.stringify(value) ?? ''
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (chance.percent(3)) headers['content-type'] = chance.of(TYPES)
  if (chance.percent(1)) headers['content-encoding'] = chance.of(['gzip', 'br', 'nonsense', 'gzip, gzip'])
  if (chance.percent(2)) body = body.slice(0, chance.below(body.length + 1))
  if (chance.percent(1)) body = chance.bytes(chance.size(5_000))
  return { body, headers }
}

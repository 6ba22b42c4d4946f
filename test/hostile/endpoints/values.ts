import type { Chance } from '../chance.ts'

export type Schema = Record<string, unknown>

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfb7\ud842',
  '𠮷'.repeat(50),
  '👨‍👩‍👧',
  "'; drop table site; --",
  '%',
  '\\',
  '＝cmd|calc',
  '../../etc/passwd',
  'null',
  'NaN',
  '-1',
  '1e999',
  '0x10',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '[object Object]',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  '2026-02-30',
  '{"$ne":null}',
  'ａ１２',
  '\u202e\u200b\ufeff',
]
const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  2_147_483_647,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 2,
  2 ** 63,
]

/** Anything at all: wrong types, sizes, depths, names. */
export function hostileValue(chance: Chance): unknown {
  switch (chance.below(10)) {
    case 0:
      return null
    case 1:
      return chance.percent(50)
    case 2:
    case 3:
      return chance.of(NUMBERS)
    case 4:
      return 'x'.repeat(chance.size(100_000))
    case 5:
      return Array.from({ length: chance.size(10_000) }, () => chance.of([1, '', null, '\ud800', {}]))
    case 6:
      return deep(chance.size(2_000), chance)
    case 7:
      return JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":1},"toString":1}')
    default:
      return chance.of(TEXTS)
  }
}

function deep(levels: number, chance: Chance): unknown {
  let value: unknown = chance.of(TEXTS)
  for (let n = 0; n < levels; n++) value = chance.percent(50) ? [value] : { a: value }
  return value
}

/** A value that the schema would mostly take, with something hostile in its place here and there. */
export function valueFor(
  schema: Schema,
  chance: Chance,
  defs: Schema,
  hostility: number,
  level = 0,
): unknown {
  if (chance.percent(hostility) || level > 6) return hostileValue(chance)
  const inner = (part: unknown) => valueFor((part ?? {}) as Schema, chance, defs, hostility, level + 1)
  if (typeof schema.$ref === 'string') return inner(defs[schema.$ref.split('/').at(-1) ?? ''])
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return chance.of(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return inner(chance.of(choices))
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(inner))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, chance, inner)
    case 'array':
      return Array.from({ length: chance.of([0, 1, 1, 2, 3]) }, () => inner(schema.items))
    case 'integer':
    case 'number':
      return chance.percent(70) ? 1 + chance.below(6) : chance.of(NUMBERS)
    case 'boolean':
      return chance.percent(50)
    case 'null':
      return null
    case 'string':
      return stringOf(schema, chance)
    default:
      return hostileValue(chance)
  }
}

function objectOf(schema: Schema, chance: Chance, inner: (part: unknown) => unknown): unknown {
  const required = new Set((schema.required ?? []) as string[])
  const parts = Object.entries((schema.properties ?? {}) as Schema)
  const kept = parts.filter(([name]) => (required.has(name) ? !chance.percent(3) : chance.percent(50)))
  const made = Object.fromEntries(kept.map(([name, part]) => [name, inner(part)]))
  return chance.percent(3) ? { ...made, [chance.of(TEXTS)]: hostileValue(chance) } : made
}

function stringOf({ format, maxLength }: Schema, chance: Chance): string {
  const far = chance.of([-1e13, -1e9, -1e6, 0, 1e6, 1e9, 1e11, 8e14])
  const at = new Date(Date.parse('2026-03-10T00:00:00Z') + far)
  if (format === 'date-time') return at.toISOString()
  if (format === 'date') return at.toISOString().split('T')[0] ?? ''
  if (format === 'uri')
    return chance.of(['http://127.0.0.1:1/', 'https://example.invalid/', 'javascript:1', 'http://[::1]/'])
  if (chance.percent(25)) return chance.of(TEXTS)
  if (chance.percent(10))
    return '文'.repeat(Math.min(Number(maxLength ?? 500), 5_000) + chance.of([-1, 0, 1]))
  return chance.of(['440106', '440105', 'duty', '天河', 'unit', '1', 'true', 'open', 'DOWN', 'a'])
}

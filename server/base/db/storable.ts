import pg from 'pg'
import { storable } from '../../../shared/base/text.ts'

/** In JSON text, what a `jsonb` column refuses: U+0000, and halves of surrogate pairs (whole ones pass, too). */
const ESCAPED = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/**
 * The last barrier before the database: text from outside is made storable where it comes in, and a place that forgets
 * it must not keep everything from being stored that is stored with it. Also reads and mends JSON in a parameter.
 */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storableValue)
  return isPlain(value) ? mapText(value, storable) : value
}

function storableText(text: string): string {
  const whole = storable(text)
  if (!ESCAPED.test(whole) || !/^[[{"]/.test(whole)) return whole
  try {
    return JSON.stringify(mapText(JSON.parse(whole), storable))
  } catch {
    // Words that look like it.
    return whole
  }
}

/** A copy with every text in it changed, the names of fields included. */
function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapText(one, change))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [change(name), mapText(one, change)]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** A connection that makes the parameters of every statement storable, whoever sends it. */
export class StorableClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const send = this.query.bind(this) as (...given: unknown[]) => unknown
    this.query = ((...given: unknown[]) => send(...given.map(storableArgument))) as typeof this.query
  }
}

/** `query(text, values)` and `query({ text, values })`; a statement that sends itself (a cursor) is left alone. */
function storableArgument(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(storableValue)
  if (!isPlain(given) || !Array.isArray(given.values)) return given
  return { ...given, values: given.values.map(storableValue) }
}

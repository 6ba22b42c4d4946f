import { storable } from '../../../../shared/base/text.ts'

/** How the end of a body is known (RFC 9112 section 6.3). `shortest` matters when two lengths are declared. */
export type Framing =
  | { kind: 'none' }
  | { kind: 'chunked' }
  | { kind: 'close' }
  | { kind: 'length'; length: number; shortest: number }

export interface Head {
  status: number
  /** Lower-case names; repeated fields joined by `, `; without `set-cookie`. Values byte for byte as latin-1, without zero bytes. */
  headers: Record<string, string>
  setCookies: string[]
  framing: Framing
  /** Breaks a rule of HTTP that browsers overlook and strict parsers do not. */
  isOdd: boolean
}

const STATUS_LINE = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t].*)?$/

function lengthFraming(declared: string): Framing | null {
  const lengths = declared.split(',').map((part) => part.trim())
  if (!lengths.every((part) => /^\d{1,15}$/.test(part))) return null
  const numbers = lengths.map(Number)
  return { kind: 'length', length: Math.max(...numbers), shortest: Math.min(...numbers) }
}

function framingOf(status: number, headers: Record<string, string>): { framing: Framing; isOdd: boolean } {
  const transfer = headers['transfer-encoding']?.toLowerCase()
  const declared = headers['content-length']
  if (status < 200 || status === 204 || status === 304) return { framing: { kind: 'none' }, isOdd: false }
  if (transfer?.includes('chunked')) return { framing: { kind: 'chunked' }, isOdd: declared !== undefined }
  if (declared === undefined) return { framing: { kind: 'close' }, isOdd: false }
  const framing = lengthFraming(declared)
  if (framing === null) return { framing: { kind: 'close' }, isOdd: true }
  return { framing, isOdd: framing.kind === 'length' && framing.length !== framing.shortest }
}

interface Fields {
  headers: Record<string, string>
  setCookies: string[]
  isOdd: boolean
}

function addField(fields: Fields, line: string): void {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).trimEnd().toLowerCase()
  if (colon < 1 || name === '') {
    fields.isOdd = true
    return
  }
  if (name.length !== colon) fields.isOdd = true
  const value = storable(line.slice(colon + 1).trim())
  if (name === 'set-cookie') {
    fields.setCookies.push(value)
    return
  }
  const before = fields.headers[name]
  fields.headers[name] = before === undefined ? value : `${before}, ${value}`
}

/** Folded lines (obs-fold) belong to the field above them. */
function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]+/g, ' ')
}

function parseFields(text: string, from: number): Fields {
  // Names come from a stranger: `__proto__` is a field like any other.
  const fields: Fields = { headers: Object.create(null), setCookies: [], isOdd: false }
  for (let start = from; start < text.length; ) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    const isCrlf = text.charCodeAt(end - 1) === 13
    if (!isCrlf && end < text.length) fields.isOdd = true
    const line = text.slice(start, isCrlf ? end - 1 : end)
    if (line !== '') addField(fields, line)
    start = end + 1
  }
  return fields
}

/**
 * Reads a status line and header fields, up to and including the blank line, as leniently as browsers do.
 * Null if `raw` does not begin with an HTTP status line.
 */
export function parseHead(raw: string): Head | null {
  const isFolded = raw.includes('\n ') || raw.includes('\n\t')
  const text = isFolded ? unfold(raw) : raw
  const end = text.indexOf('\n')
  const isCrlf = text.charCodeAt(end - 1) === 13
  const status = Number(STATUS_LINE.exec(text.slice(0, isCrlf ? end - 1 : end))?.[1])
  if (!(status >= 100 && status <= 599)) return null
  const { headers, setCookies, isOdd } = parseFields(text, end + 1)
  const { framing, isOdd: isOddlyFramed } = framingOf(status, headers)
  return { status, headers, setCookies, framing, isOdd: isOdd || isFolded || !isCrlf || isOddlyFramed }
}

import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { Chance } from '../chance.ts'
import { hostilePage, words } from './markup.ts'

/* Answers as a server sends them that is broken, or means harm. Everything is decided before the first byte. */

/** An answer ready for the wire: pieces, each written by itself, and how the connection ends. */
export interface HostileAnswer {
  readonly pieces: readonly Buffer[]
  readonly end: 'close' | 'reset' | 'stay'
}

type Field = [name: string, value: string]

const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const CODINGS: { readonly [name: string]: (bytes: Buffer) => Buffer } = {
  gzip: (bytes) => gzipSync(bytes, { level: 1 }),
  'x-gzip': (bytes) => gzipSync(bytes, { level: 1 }),
  deflate: (bytes) => deflateSync(bytes, { level: 1 }),
  'deflate ': (bytes) => deflateRawSync(bytes, { level: 1 }),
  br: (bytes) => brotliCompressSync(bytes, FAST),
  identity: (bytes) => bytes,
}

/** Puts content codings on a body: one, some, too many, unknown ones, or none that fits. */
function encoded(chance: Chance, body: Buffer): { body: Buffer; fields: Field[] } {
  if (chance.percent(55)) return { body, fields: [] }
  const names = Array.from({ length: chance.percent(80) ? 1 : chance.size(6) }, () =>
    chance.of(Object.keys(CODINGS)),
  )
  let bytes = body
  for (const name of names) bytes = CODINGS[name]?.(bytes) ?? bytes
  if (chance.percent(5)) bytes = bytes.subarray(0, chance.below(bytes.length + 1))
  if (chance.percent(4) && bytes.length > 0) bytes[chance.below(bytes.length)] = chance.below(256)
  if (chance.percent(4)) names.push(chance.of(['zstd', 'aes128gcm', '', ' , ,', 'gzip;q=1', 'br\0']))
  if (chance.percent(2)) names.unshift(...Array.from({ length: chance.size(7_600) }, () => 'gzip'))
  return { body: bytes, fields: [['Content-Encoding', names.join(', ')]] }
}

const bombs = new Map<string, Buffer>()

/** Twenty megabytes of one text, compressed so many times more than once; making one takes long. */
function bombOf(text: string, layers: number): Buffer {
  const key = `${layers}${text}`
  const made =
    bombs.get(key) ??
    (layers < 0 ? Buffer.alloc(20_000_000, text) : gzipSync(bombOf(text, layers - 1), { level: 1 }))
  if (layers >= 0) bombs.set(key, made)
  return made
}

/** More bytes than anybody asked for, in few: a bomb. */
function bomb(chance: Chance): { body: Buffer; fields: Field[] } {
  const text = chance.of(['<a>', ' ', '2026-03-09 ', '\0'])
  const layers = chance.below(3)
  const body = bombOf(text, layers)
  return { body, fields: [['Content-Encoding', Array.from({ length: layers + 1 }, () => 'gzip').join(', ')]] }
}

const STATUSES = [
  '200 OK',
  '200',
  '200 \0',
  '203 x',
  '204 No',
  '206 Part',
  '301 Moved',
  '302 Found',
  '304 Same',
  '400 Bad',
  '403 No',
  '404 Gone',
  '418 Tea',
  '429 Slow',
  '500 Oops',
  '503 Busy',
  '599 x',
  '99 x',
  '600 x',
  '1000 x',
  'abc',
  '',
] // prettier-ignore
const FIELDS = [
  'Server',
  'ETag',
  'Last-Modified',
  'Set-Cookie',
  'Location',
  'Retry-After',
  'Content-Type',
  'Via',
  'X-Y',
  '__proto__',
  'constructor',
  'Date',
  ' Bad',
  'Bad ',
  'B\0d',
  '',
] // prettier-ignore
const VALUES = [
  'x',
  '"\0"',
  'W/"1"',
  'a=b; path=/',
  '/next',
  '//',
  'http://[',
  '900',
  '-1',
  '1e9',
  'Tue, 10 Mar 2026 02:00:00 GMT',
  'text/html; charset=gbk',
  'text/html; charset=\0',
  'application/pdf',
  '\xff\xfe',
  ':',
  '\t',
  ' folded\r\n more',
  '',
] // prettier-ignore

function strayFields(chance: Chance): Field[] {
  const count = chance.percent(97) ? chance.size(8) : chance.size(4_000)
  return Array.from({ length: count }, () => [
    chance.of(FIELDS),
    chance.percent(90) ? chance.of(VALUES) : Buffer.from(words(chance, 40)).toString('latin1'),
  ])
}

function chunked(chance: Chance, body: Buffer): Buffer {
  const parts: Buffer[] = []
  const small = body.length < 20_000 || chance.percent(3) ? [1, 2, 7] : []
  const size = chance.of([...small, 1_000, 16_384, body.length || 1])
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size)
    const extension = chance.percent(1) ? `;${words(chance, 5)}` : ''
    parts.push(Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`), chunk, Buffer.from('\r\n'))
  }
  parts.push(
    Buffer.from(chance.of(['0\r\n\r\n', '0\r\n\r\n', '0\r\nX: y\r\n\r\n', '', 'zz\r\n', 'ffffffffffff\r\n'])),
  )
  return Buffer.concat(parts)
}

/** Interim answers: none, a few, or a flood. */
function interim(chance: Chance): Buffer[] {
  if (chance.percent(92)) return []
  const one = chance.of([
    'HTTP/1.1 100\n\n',
    'HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n',
    'HTTP/1.1 199 \0\r\n\r\n',
  ])
  return [Buffer.from(one.repeat(chance.size(chance.percent(30) ? 60_000 : 20)), 'latin1')]
}

function headOf(chance: Chance, fields: readonly Field[]): Buffer {
  const end = chance.percent(95) ? '\r\n' : '\n'
  const status = chance.percent(75) ? '200 OK' : chance.of(STATUSES)
  const version = chance.percent(97) ? 'HTTP/1.1' : chance.of(['HTTP/1.0', 'HTTP/2', 'HTTP/9.9', 'ICY', '\0'])
  const lines = fields.map(([name, value]) => `${name}: ${value}${end}`)
  return Buffer.from(`${version} ${status}${end}${lines.join('')}${chance.percent(99) ? end : ''}`, 'latin1')
}

function framed(chance: Chance, body: Buffer): { body: Buffer; fields: Field[] } {
  const kind = chance.below(10)
  if (kind < 3) return { body: chunked(chance, body), fields: [['Transfer-Encoding', 'chunked']] }
  if (kind < 5) return { body, fields: [] }
  const length = chance.percent(90)
    ? String(body.length)
    : chance.of(['0', '5', '-1', '1e3', '9'.repeat(15), '3, 4', ''])
  return { body, fields: [['Content-Length', length]] }
}

/** Cuts an answer into pieces as a slow or spiteful server would send them. */
function pieces(chance: Chance, whole: Buffer): Buffer[] {
  if (chance.percent(80)) return [whole]
  const count = chance.below(40) + 2
  const size = Math.ceil(whole.length / count) || 1
  return Array.from({ length: count }, (_, index) => whole.subarray(index * size, (index + 1) * size))
}

/** One answer to a request for a home page. */
export function hostileAnswer(chance: Chance): HostileAnswer {
  const end = chance.percent(93) ? 'close' : chance.of(['reset', 'stay'] as const)
  if (chance.percent(3)) return { pieces: [chance.bytes(chance.size(70_000))], end }
  const content = chance.percent(1) ? bomb(chance) : encoded(chance, hostilePage(chance))
  const { body, fields } = framed(chance, content.body)
  const head = headOf(chance, [...strayFields(chance), ...content.fields, ...fields])
  return { pieces: pieces(chance, Buffer.concat([...interim(chance), head, body])), end }
}

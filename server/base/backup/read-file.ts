import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { type End, endSchema, FORMAT, type Head, headSchema } from './head.ts'
import { BackupRefusal } from './words.ts'

/** What a backup holds, in its order. Rows come as whole lines of PostgreSQL's text format. */
export type Part =
  | { readonly kind: 'head'; readonly head: Head }
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'rows'; readonly lines: Buffer }
  | { readonly kind: 'tableEnd'; readonly rows: number }
  | { readonly kind: 'end'; readonly end: End }

const NEWLINE = 10
/** The line that ends the rows of a table; no row is one. */
const LAST = Buffer.from('\\.\n')
const BEFORE_LAST = Buffer.from('\n\\.\n')

/**
 * Reads a backup from its beginning to its end.
 * @throws BackupRefusal when it is none, is cut off, was changed, or is of a form that this program does not know.
 */
export async function* readBackup(file: string): AsyncGenerator<Part> {
  const hash = createHash('sha256')
  let isInRows = false
  let isAtEnd = false
  /** Of a line that has not ended yet: joined once it has, as a row may be a thousand chunks long. */
  let pieces: Buffer[] = []
  for await (const chunk of unpacked(file)) {
    pieces.push(chunk)
    if (!isAtEnd && !chunk.includes(NEWLINE)) continue
    let text = pieces.length > 1 ? Buffer.concat(pieces) : chunk
    while (text.length > 0) {
      if (isAtEnd) throw new BackupRefusal('damaged', { file })
      const cut = isInRows ? rowsIn(text) : text.indexOf(NEWLINE) + 1
      const isLast = isInRows && cut === 0 && text.subarray(0, LAST.length).equals(LAST)
      if (cut === 0 && !isLast) break
      const piece = text.subarray(0, isLast ? LAST.length : cut)
      text = text.subarray(piece.length)
      if (isLast) isInRows = false
      else if (isInRows) yield { kind: 'rows', lines: piece }
      if (isLast || isInRows) hash.update(piece)
      else {
        const part = partOf(file, piece, () => hash.copy().digest('hex'))
        hash.update(piece)
        isInRows = part.kind === 'table'
        isAtEnd = part.kind === 'end'
        yield part
      }
    }
    pieces = text.length > 0 ? [text] : []
  }
  if (!isAtEnd) throw new BackupRefusal('cutOff', { file })
}

/** Length of the whole lines of rows at the beginning of what was read; 0 where the rows end, or a line is not whole. */
function rowsIn(text: Buffer): number {
  if (text.subarray(0, LAST.length).equals(LAST)) return 0
  const last = text.indexOf(BEFORE_LAST)
  return last >= 0 ? last + 1 : text.lastIndexOf(NEWLINE) + 1
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const packed = createReadStream(file)
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  packed.on('error', (error) => gunzip.destroy(error))
  try {
    yield* packed.pipe(gunzip)
  } catch (error) {
    throw explained(file, error as NodeJS.ErrnoException)
  } finally {
    packed.destroy()
  }
}

function explained(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new BackupRefusal('noFile', { file })
  if (error.code === 'Z_BUF_ERROR') return new BackupRefusal('cutOff', { file })
  // What does not begin like something packed is no backup of ours.
  if (error.message === 'incorrect header check') return new BackupRefusal('noBackup', { file })
  return error.code?.startsWith('Z_') ? new BackupRefusal('damaged', { file }) : error
}

function partOf(file: string, line: Buffer, sha256: () => string): Exclude<Part, { kind: 'rows' }> {
  const said = jsonOf(line)
  if (said === null) throw new BackupRefusal('noBackup', { file })
  if ('siteward' in said) return { kind: 'head', head: headOf(file, said) }
  if ('table' in said) return { kind: 'table', name: String(said.table) }
  const end = endSchema.safeParse(said)
  if (!end.success) return { kind: 'tableEnd', rows: Number(said.rows) }
  if (end.data.sha256 !== sha256()) throw new BackupRefusal('damaged', { file })
  return { kind: 'end', end: end.data }
}

function jsonOf(line: Buffer): Record<string, unknown> | null {
  try {
    const said: unknown = JSON.parse(line.toString())
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function headOf(file: string, said: Record<string, unknown>): Head {
  if (said.siteward === 'backup' && typeof said.format === 'number' && said.format > FORMAT) {
    throw new BackupRefusal('newerForm', { file, program: String(said.program) })
  }
  const head = headSchema.safeParse(said)
  if (!head.success) throw new BackupRefusal('noBackup', { file })
  return head.data
}

/**
 * Reads it all and keeps nothing: what it is, if it is whole.
 * @throws BackupRefusal as `readBackup` does
 */
export async function checkBackup(file: string): Promise<{ readonly head: Head; readonly rows: number }> {
  let head: Head | null = null
  let rows = 0
  for await (const part of readBackup(file)) {
    if (part.kind === 'head') head = part.head
    else if (head === null) break
    if (part.kind === 'end') rows = part.end.rows
  }
  if (head === null) throw new BackupRefusal('noBackup', { file })
  return { head, rows }
}

import type { Parser } from 'htmlparser2'
import type { Steps } from '../../base/slices.ts'

/** The parser looks through its stack of open elements from the far end, so depth must stay small. */
const MAX_DEPTH = 256
const CHUNK = 4_096
const SMALL_CHUNK = 1_024

/** Whoever follows a parser's events through a page. */
export interface Reader {
  /** A parser of its own for what begins at this character of the page, to which its positions are to be added. */
  begin(at: number): Parser
  /** How many elements are open. */
  readonly depth: number
  /** It has all that it wants, or all that it takes. */
  readonly isOver: boolean
  /** Takes all open elements for closed. */
  closeAll(): void
}

/** Where pieces are copied; nothing is left in it that is needed. */
const COPY = Buffer.allocUnsafe(2 * CHUNK)

/** A piece as a text of its own: in a slice each character is looked for in the text that it was cut from. */
function flat(piece: string): string {
  return COPY.toString('utf16le', 0, COPY.write(piece, 'utf16le'))
}

/**
 * Feeds a page to a reader in pieces, others having their turn between two, in time linear in the page's length,
 * whatever is in it: where elements lie deeper than anything true, they are closed, and a new parser goes on.
 * @returns the character at which the reader stopped; the page's length or more where it has read all.
 */
export function* feed(html: string, reader: Reader): Steps<number> {
  let parser = reader.begin(0)
  let size = CHUNK
  let at = 0
  for (; at < html.length && !reader.isOver; at += size) {
    parser.write(flat(html.slice(at, at + size)))
    yield
    if (reader.depth <= MAX_DEPTH) continue
    reader.closeAll()
    parser = reader.begin(at + size)
    size = SMALL_CHUNK
  }
  parser.end()
  return at
}

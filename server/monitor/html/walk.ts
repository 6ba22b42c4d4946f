import { Parser } from 'htmlparser2'
import type { Steps } from '../../base/slices.ts'

/** What one pass over a page meets. `at` is the character position in the page. */
export interface Visitor {
  open(name: string, attributes: Record<string, string>, at: number): void
  /** `end` is the position after the text. */
  text(text: string, at: number, end: number): void
  close(name: string): void
  /** True: the visitor has all that it wants. */
  readonly isOver?: boolean
}

/** The parser looks through its stack of open elements from the far end, so depth must stay small. */
const MAX_DEPTH = 256
const CHUNK = 4_096
const SMALL_CHUNK = 1_024
/** Text comes in chunks; some rubbish comes as one piece of megabytes, of which so much is handed on. */
const MAX_TEXT = 200_000
/** Far more than any home page has. */
const MAX_TAGS = 60_000

/**
 * Walks through a page, whatever is in it, in time linear in its length; elements are always closed again.
 * @returns whether the page goes on where the walk ended.
 */
export function* walk(html: string, visitor: Visitor): Steps<{ hasMore: boolean }> {
  const open: string[] = []
  let tags = 0
  let base = 0
  const newParser = () => {
    const parser: Parser = new Parser({
      onopentag(name, attributes) {
        open.push(name)
        tags++
        visitor.open(name, attributes, base + parser.startIndex)
      },
      ontext: (text) =>
        visitor.text(text.slice(0, MAX_TEXT), base + parser.startIndex, base + parser.endIndex + 1),
      onclosetag(name) {
        open.pop()
        visitor.close(name)
      },
    })
    return parser
  }
  let parser = newParser()
  let size = CHUNK
  let at = 0
  for (; at < html.length && tags < MAX_TAGS && !visitor.isOver; at += size) {
    parser.write(html.slice(at, at + size))
    yield
    if (open.length <= MAX_DEPTH) continue
    // Nothing true is nested this deep: close what is open and go on.
    while (open.length > 0) visitor.close(open.pop() ?? '')
    parser = newParser()
    base = at + size
    size = SMALL_CHUNK
  }
  parser.end()
  return { hasMore: at < html.length }
}

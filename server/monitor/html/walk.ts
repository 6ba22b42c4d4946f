import { Parser } from 'htmlparser2'
import type { Steps } from '../../base/slices.ts'
import { feed, type Reader } from './feed.ts'

/** What one pass over a page meets. `at` is the character position in the page. */
export interface Visitor {
  open(name: string, attributes: Record<string, string>, at: number): void
  /** `end` is the position after the text. */
  text(text: string, at: number, end: number): void
  close(name: string): void
  /** True: the visitor has all that it wants. */
  readonly isOver?: boolean
}

/** Text comes in chunks; some rubbish comes as one piece of megabytes, of which so much is handed on. */
export const MAX_TEXT = 200_000
/** Far more than any home page has. */
const MAX_TAGS = 60_000

/**
 * Walks through a page, whatever is in it, in time linear in its length; elements are always closed again.
 * @returns whether the page goes on where the walk ended.
 */
export function* walk(html: string, visitor: Visitor): Steps<{ hasMore: boolean }> {
  const walker = new Walker(visitor)
  return { hasMore: (yield* feed(html, walker)) < html.length }
}

class Walker implements Reader {
  readonly #visitor: Visitor
  readonly #open: string[] = []
  #tags = 0

  constructor(visitor: Visitor) {
    this.#visitor = visitor
  }

  get depth(): number {
    return this.#open.length
  }

  get isOver(): boolean {
    return this.#tags >= MAX_TAGS || this.#visitor.isOver === true
  }

  begin(base: number): Parser {
    const visitor = this.#visitor
    const parser: Parser = new Parser({
      onopentag: (name, attributes) => {
        this.#open.push(name)
        this.#tags++
        visitor.open(name, attributes, base + parser.startIndex)
      },
      ontext: (text) =>
        visitor.text(text.slice(0, MAX_TEXT), base + parser.startIndex, base + parser.endIndex + 1),
      onclosetag: (name) => {
        this.#open.pop()
        visitor.close(name)
      },
    })
    return parser
  }

  closeAll(): void {
    while (this.#open.length > 0) this.#visitor.close(this.#open.pop() ?? '')
  }
}

import type { Steps } from '../../base/slices.ts'
import { beginIn, endIn, type Piece } from '../html/pieces.ts'
import { type Visitor, walk } from '../html/walk.ts'
import { type Cover, replaced } from '../persons/mask.ts'
import { MOST_TEXT, placesIn } from '../persons/places.ts'

interface Reading {
  /** The local day of the page, YYYY-MM-DD. */
  readonly today: string
  /** Elements whose text is no part of what the page says. */
  readonly unread: ReadonlySet<string>
}

/**
 * Walks through a page as `walk` does, but what it says of persons comes covered, in however many elements a number or a name stands: it
 * is looked for in the words of the whole page, as before a picture. Attributes come as they are. Of a page that says more than is looked
 * through, the walk ends there.
 */
export function* walkCovered(html: string, visitor: Visitor, { today, unread }: Reading): Steps<void> {
  const words = new Words(unread)
  yield* walk(html, words)
  const covers = yield* words.covers(today)
  let nth = 0
  yield* walk(html, {
    get isOver() {
      return visitor.isOver === true || nth > words.texts
    },
    open: (name, attributes, at) => visitor.open(name, attributes, at),
    text(text, at, end) {
      const own = covers.get(nth++)
      if (nth <= words.texts) visitor.text(own ? replaced(text, own) : text, at, end)
    },
    close: (name) => visitor.close(name),
  })
}

/** White space that is not written as blanks. */
const NO_BLANKS = /[^\S ]+/g

/** The words of a page, each piece known by which of its texts it is. */
class Words implements Visitor {
  readonly #unread: ReadonlySet<string>
  readonly #pieces: Piece<number>[] = []
  /** Of each open element, how many pieces stood before its own. */
  readonly #open: number[] = []
  #muted = 0
  #length = 0
  #met = 0
  /** How many texts were looked through, and may be shown. */
  texts = 0

  constructor(unread: ReadonlySet<string>) {
    this.#unread = unread
  }

  get isOver(): boolean {
    return this.#length > MOST_TEXT
  }

  open(name: string): void {
    if (this.#unread.has(name)) this.#muted++
    beginIn(this.#pieces, name)
    this.#open.push(this.#pieces.length)
  }

  text(text: string): void {
    if (this.isOver) return
    const within = this.#met++
    if (this.#muted === 0) {
      this.#pieces.push({ text: text.replace(NO_BLANKS, (some) => ' '.repeat(some.length)), within })
      this.#length += text.trim().length
    }
    // The last is looked at for what goes on in it.
    if (!this.isOver) this.texts = this.#met
  }

  close(name: string): void {
    if (this.#unread.has(name)) this.#muted--
    endIn(this.#pieces, name, this.#open.pop() ?? this.#pieces.length)
  }

  /** What is to be covered in each text that has such. */
  *covers(today: string): Steps<Map<number, Cover[]>> {
    const places = yield* placesIn(this.#pieces.map(({ text }) => text).join(''), today)
    const covers = new Map<number, Cover[]>()
    let [first, begin] = [0, 0]
    for (const { text, within } of this.#pieces) {
      const end = begin + text.length
      while ((places[first]?.to ?? Number.POSITIVE_INFINITY) <= begin) first++
      const own: Cover[] = []
      for (let at = first; (places[at]?.from ?? end) < end; at++) {
        const { from, to, by } = places[at] ?? { from: end, to: end, by: '' }
        // What stands for the whole stands where that begins.
        const said = from < begin ? '' : by
        own.push({ from: Math.max(from, begin) - begin, to: Math.min(to, end) - begin, by: said })
      }
      if (within !== null && own.length > 0) covers.set(within, own)
      begin = end
      yield
    }
    return covers
  }
}

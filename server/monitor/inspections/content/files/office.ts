import { Parser } from 'htmlparser2'
import { unpack } from './unpack.ts'

/*
 * The text of .docx and .pptx: paragraphs and rows on lines of their own, cells parted by tabs. Elements are known by their local names:
 * which prefix stands before them is up to the program that wrote the file.
 */

export interface FileText {
  readonly text: string
  /** There is more of it than was read. */
  readonly isCut: boolean
}

/** Characters of a file that are looked through. */
export const MOST_TEXT = 2_000_000
const CHUNK = 65_536
/** Bytes of one part that are read: a list of so many persons says nothing new. */
const MOST_XML = 12 * 2 ** 20

/** Elements within elements: no document has more, and the parser looks through them again and again. */
const MOST_DEPTH = 200

/** What the parts of a document say, one after the other. */
export class Text {
  #parts: string[] = []
  #length = 0
  isFull = false

  add(text: string): void {
    if (this.isFull) return
    this.#parts.push(text)
    this.#length += text.length
    if (this.#length > MOST_TEXT) this.isFull = true
  }

  toString(): string {
    return this.#parts.join('').slice(0, MOST_TEXT)
  }
}

interface Handler {
  onopentag(name: string, attributes: Record<string, string>): void
  ontext(text: string): void
  onclosetag(name: string): void
}

/** Feeds XML piece by piece, and stops where enough is known. @returns whether there is more of it than was read */
export function parse(bytes: Uint8Array, handler: Handler, isOver: () => boolean): boolean {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++
        handler.onopentag(localName(name), attributes)
      },
      ontext: (text) => handler.ontext(text),
      onclosetag(name) {
        depth--
        handler.onclosetag(localName(name))
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  const decoder = new TextDecoder()
  const end = Math.min(bytes.length, MOST_XML)
  let at = 0
  for (; at < end && depth <= MOST_DEPTH && !isOver(); at += CHUNK) {
    parser.write(decoder.decode(bytes.subarray(at, Math.min(at + CHUNK, end)), { stream: true }))
  }
  const isCut = at < bytes.length || depth > MOST_DEPTH
  parser.end()
  return isCut
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const DOCX_PARTS =
  /^(?:word\/(?:document|footnotes|endnotes|header|footer|comments)\d*|ppt\/(?:slides\/slide|notesSlides\/notesSlide)\d+)\.xml$/i

/** @returns null where it is no such document */
export function textOfDocx(bytes: Uint8Array): FileText | null {
  const { parts, isTooMuch, isBroken } = unpack(bytes, (name) => DOCX_PARTS.test(name))
  if (parts.size === 0) return null
  const text = new Text()
  let isCut = isTooMuch || isBroken
  for (const [, part] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1)))
    isCut = readWord(part, text) || isCut
  return { text: text.toString(), isCut: isCut || text.isFull }
}

/** @returns whether there is more of it than was read */
export function readWord(part: Uint8Array, text: Text): boolean {
  let isText = false
  let isDeleted = false
  let deleted = ''
  let cells = 0
  return parse(
    part,
    {
      onopentag(name) {
        if (name === 't') isText = true
        else if (name === 'delText') isDeleted = true
        else if (name === 'tab') text.add(' ')
        else if (name === 'br' || name === 'cr') text.add('\n')
        else if (name === 'tc') cells++
      },
      ontext(piece) {
        if (isText) text.add(piece)
        else if (isDeleted) deleted += piece
      },
      onclosetag(name) {
        if (name === 't') isText = false
        else if (name === 'delText') isDeleted = false
        // A paragraph within a cell ends nothing but itself; the row does.
        else if (name === 'p') {
          const end = cells > 0 ? ' ' : '\n'
          // What somebody struck out with changes tracked is in the file still; apart, since what is left reads on without it.
          text.add(deleted === '' ? end : `${end}${deleted}${end}`)
          deleted = ''
        } else if (name === 'tc') {
          cells--
          text.add('\t')
        } else if ((name === 'tr' && cells === 0) || name === 'comment') text.add('\n')
      },
    },
    () => text.isFull,
  )
}

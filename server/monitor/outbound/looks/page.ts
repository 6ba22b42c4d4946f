import { cut } from '../../../../shared/base/text.ts'
import type { Steps } from '../../../base/slices.ts'
import { walk } from '../../html/walk.ts'
import { decodePage } from '../../read/page/decode.ts'
import { LIMITS } from '../limits.ts'

/** What a page says of itself, and the beginning of what it shows. */
export interface PageSigns {
  readonly title: string
  /** Description, keywords and first headings. */
  readonly head: string
  readonly body: string
}

const MUTE = new Set(['script', 'style', 'noscript', 'template', 'title'])
const HEADINGS = new Set(['h1', 'h2'])
const SAID = /^(?:description|keywords|og:title|og:description)$/i
/** Enough for any description; a page may have one of megabytes. */
const MOST_HEAD = 2_000

/** Reads title, description, headings and the beginning of the text of a page, whatever is in it. */
export function* signsOf(page: Uint8Array, contentType: string | undefined): Steps<PageSigns> {
  const { bodyChars, titleChars } = LIMITS.signs
  let title = ''
  let head = ''
  let body = ''
  const open: string[] = []
  yield* walk(decodePage(page, contentType).text, {
    open(name, attributes) {
      open.push(name)
      const { name: of = attributes.property ?? '', content = '' } = attributes
      if (name === 'meta' && SAID.test(of)) head = `${head}${content}\n`.slice(0, MOST_HEAD)
    },
    text(text) {
      const within = open.at(-1) ?? ''
      if (within === 'title' && !open.includes('svg')) title = (title + text).slice(0, 4 * titleChars)
      if (MUTE.has(within)) return
      if (HEADINGS.has(within)) head = `${head}${text}\n`.slice(0, MOST_HEAD)
      if (body.length < bodyChars) body += ` ${text.slice(0, bodyChars)}`
    },
    close() {
      open.pop()
    },
    get isOver() {
      return body.length >= bodyChars
    },
  })
  return { title: cut(plain(title), titleChars), head: plain(head), body: plain(body).slice(0, bodyChars) }
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()

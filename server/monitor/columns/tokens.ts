import { MUTE } from '../html/mute.ts'
import type { Visitor } from '../html/walk.ts'
import { clean } from '../read/page/text.ts'

/** What a home page is made of, as far as columns go, in the order of the page. */
export type Token =
  /** A short text or link that may head a list. `isHead`: it stands where headings stand. */
  | { kind: 'name'; text: string; href: string; box: number; isHead: boolean; list: number }
  /** 「更多」: the way to the column's own page. */
  | { kind: 'more'; href: string }
  /** A link that may be the title of an item; `list` is the list that it stands in. */
  | { kind: 'link'; text: string; href: string; list: number }

interface Frame {
  readonly name: string
  readonly id: number
  readonly isHead: boolean
  readonly isMute: boolean
  /** Serial number of the nearest list around it, itself included. */
  readonly list: number
  /** One of the elements around it is a link. */
  readonly isInLink: boolean
  href: string | null
  text: string
  title: string
}

const LISTS = new Set(['ul', 'ol', 'dl', 'tbody', 'table'])
const HEADS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'th', 'caption', 'legend'])
/** Elements that hold one name each, where names stand side by side. */
const INNER = new Set([...HEADS, 'li', 'td', 'dd', 'span', 'p', 'b', 'strong'])
const BOLD = new Set(['b', 'strong'])
const HEAD_NAME = /tit|\bhd\b|head(?!er)|\btab|name|\bbt\b|lanmu|\blm|caption/i
const NO_HEAD_NAME = /nav|menu|foot|link|header/i
const MORE = /^(?:\[|<|【)?(?:查看|阅读)?(?:更多|more)|^>{1,2}$|^»$/i
/** More than any name or title has. */
const MAX_TEXT = 400
const MAX_TOKENS = 8_000
const NAME = /^[\p{Script=Han}A-Za-z0-9、·/—-]{2,14}$/u

/** Gathers them from a pass over a page, whoever makes it. */
export class Tokens implements Visitor {
  /** In their order; of a page with far too much of them, the first 8,000. */
  readonly found: Token[] = []
  readonly #stack: Frame[] = []
  #ids = 0

  get isOver(): boolean {
    return this.found.length > MAX_TOKENS
  }

  open(name: string, attributes: Record<string, string>): void {
    const parent = this.#stack.at(-1)
    const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`
    const id = ++this.#ids
    const isNav = NO_HEAD_NAME.test(names)
    this.#stack.push({
      name,
      id,
      isHead: !isNav && (HEADS.has(name) || BOLD.has(name) || HEAD_NAME.test(names)),
      isMute: (parent?.isMute ?? false) || MUTE.has(name),
      list: LISTS.has(name) ? id : (parent?.list ?? 0),
      isInLink: parent !== undefined && (parent.isInLink || parent.href !== null),
      href: name === 'a' ? (attributes.href ?? '') : null,
      text: '',
      title: clean(attributes.title ?? '', 200),
    })
    if (name === 'img' && parent?.href != null && parent.title === '')
      parent.title = clean(attributes.alt ?? '', 200)
  }

  text(text: string): void {
    const frame = this.#stack.at(-1)
    if (frame && !frame.isMute && frame.text.length < MAX_TEXT) frame.text += text
  }

  close(): void {
    const frame = this.#stack.pop()
    if (!frame || frame.isMute || this.isOver) return
    const parent = this.#stack.at(-1)
    if (frame.href === null && frame.isInLink) {
      if (parent && parent.text.length < MAX_TEXT) parent.text += frame.text
      return
    }
    const text = clean(frame.text)
    if (frame.href === null) this.#takeText(frame, text)
    else this.#takeLink(frame, text)
  }

  /** The box of a token is what holds it and those beside it: names side by side are tabs. */
  #place() {
    const [holder, outer] = this.#stack.slice(-2).reverse()
    const box = holder && INNER.has(holder.name) ? outer : holder
    return { box: box?.id ?? 0, list: holder?.list ?? 0 }
  }

  #isHeadPlace(): boolean {
    return this.#stack.slice(-3).some((open) => open.isHead)
  }

  #takeText(frame: Frame, text: string): void {
    if (!isName(text)) return
    const isHead = frame.isHead || this.#isHeadPlace()
    if (isHead) this.found.push({ kind: 'name', text, href: '', isHead, ...this.#place() })
  }

  #takeLink(frame: Frame, shown: string): void {
    const href = /^(?:javascript:|#|$)/i.test(frame.href ?? '') ? '' : (frame.href ?? '')
    const isCut = /(?:\.{2,}|…)$/.test(shown)
    const text = (isCut || shown === '') && frame.title !== '' ? frame.title : shown
    if (MORE.test(text) || MORE.test(frame.title)) this.found.push({ kind: 'more', href })
    else if (isName(text) && text.length <= 8) {
      const isHead = frame.isHead || this.#isHeadPlace()
      this.found.push({ kind: 'name', text, href, isHead, ...this.#place() })
    } else if (text.length >= 4) this.found.push({ kind: 'link', text, href, list: this.#place().list })
  }
}

function isName(text: string): boolean {
  return NAME.test(text) && /\p{Script=Han}{2}/u.test(text)
}

import { beginning } from '../../../shared/base/text.ts'
import type { Frame } from './page/frames.ts'
import type { Page } from './page/page.ts'
import { plainScript } from './page/scripts.ts'

/** Scripts and comments up to this many characters are kept; more is program, not content. */
const MAX_KEPT = 1_500_000
const MARKUP = /<(?:li|a|record)\b/i
/** The data store of a list that a script pages through. */
const STORE = /<(?:record|recordset|datastore)\b/i
/** A template's line of script around one date. */
const SHORT_SCRIPT = 2_000
const WRITES = /document\.write|innerHTML|\.(?:html|text)\(/
/** Marks of the commoner programs that repeat an element for each item. */
const TEMPLATE = new Set('v-for ng-repeat x-for wx:for *ngfor data-bind ms-repeat :for'.split(' '))
/** What they begin with, which few attributes do. */
const TEMPLATE_START = 'vnxw*dm:'
/** Of what a page shows in itself, the documents. */
const DOCUMENT = /\.(?:pdf|ofd|docx?|xlsx?|pptx?)\b/i
/** Elements that can be the place for a list. */
const PLACES = new Set(['ul', 'ol', 'dl', 'table', 'tbody', 'div', 'section', 'main'])
/** Far more than any page needs; what is beyond is somebody's flood. */
const MAX_PLACES = 200
const MAX_NAMES = 200
const MAX_ADDRESSES = 100
const MAX_ADDRESS = 1_000
const LITERAL = /["']([^"'<>]{0,12}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[^"'<>]{0,16})["']/g
const LIST = new Set(['ul', 'ol', 'dl', 'table', 'tbody'])
const DATE = /\d{2}[-/.年]\d/

/** Gathers what a page holds but does not show as text: scripts, comments, meta elements. */
export class Unseen {
  private readonly page: Page
  private script = ''
  private kept = 0

  constructor(page: Page) {
    this.page = page
  }

  /** Text inside an element whose text is not shown. */
  text(name: string, data: string): void {
    if (name === 'title') this.page.title = beginning(this.page.title + data, 300)
    if (name === 'script' && this.kept <= MAX_KEPT) this.script += data
  }

  /** Keeps the script that has just ended; returns the one date it writes into the page where it stands. */
  closeScript(): string | null {
    if (this.script === '') return null
    const text = plainScript(this.script)
    this.script = ''
    this.kept += text.length
    this.page.scripts.push(text)
    if (!DATE.test(text)) return null
    if (MARKUP.test(text)) this.keepMarkup(text)
    return text.length < SHORT_SCRIPT && WRITES.test(text) ? onlyDate(text) : null
  }

  private keepMarkup(text: string): void {
    const kind = STORE.test(text) ? 'store' : 'script'
    const markup = text.replace(/<!\[CDATA\[|\]\]>|\\(?=["'/])/g, '')
    this.page.hidden.push({ text: markup, kind, inList: false })
  }

  /** A comment; `parent` is the element it stands in. */
  comment(data: string, parent: string): void {
    if (this.kept > MAX_KEPT || data.length < 30 || !MARKUP.test(data) || !DATE.test(data)) return
    this.kept += data.length
    const store = data.startsWith('[CDATA[')
    const text = store ? data.slice(7) : data
    this.page.hidden.push({ text, kind: store ? 'store' : 'comment', inList: LIST.has(parent) })
  }

  /** The elements whose attributes alone matter. */
  element(name: string, attributes: Record<string, string>): void {
    if (name === 'meta') this.meta(attributes)
    else if (name === 'frame')
      this.page.frames.push({ name: attributes.name ?? '', src: attributes.src ?? '' })
    else if (name === 'iframe') this.address(this.page.inner, attributes.src)
    else if (name === 'script') this.address(this.page.sources, attributes.src)
    else if (
      (name === 'object' || name === 'embed') &&
      DOCUMENT.test(attributes.data ?? attributes.src ?? '')
    )
      this.page.documents++
  }

  private address(list: string[], src: string | undefined): void {
    if (src && src.length <= MAX_ADDRESS && list.length < MAX_ADDRESSES) list.push(src)
  }

  /** An attribute of any element: one that a program in the browser repeats is marked by it. */
  attribute(name: string): void {
    if (TEMPLATE_START.includes(name.charAt(0)) && TEMPLATE.has(name)) this.page.templates++
  }

  /** An element has been closed without anything in it. */
  empty({ name, names }: Frame, parent: Frame | undefined): void {
    if (!PLACES.has(name) || this.page.empties.length >= MAX_PLACES) return
    // Of a table it is the body that is filled, and the table that has a name.
    const known = names === '' && name === 'tbody' ? (parent?.names ?? '') : names
    this.page.empties.push({ tag: name, names: known.trim().slice(0, MAX_NAMES) })
  }

  private meta(attributes: Record<string, string>): void {
    const { content } = attributes
    if (!content) return
    const name = attributes.name ?? attributes.property ?? attributes.itemprop
    if (name !== undefined) this.page.metas.push({ name, content })
    if (attributes['http-equiv']?.toLowerCase() === 'refresh') this.page.refresh ??= content
  }
}

function onlyDate(script: string): string | null {
  const dates = new Set([...script.matchAll(LITERAL)].map((match) => match[1] ?? ''))
  return dates.size === 1 ? ([...dates][0] ?? null) : null
}

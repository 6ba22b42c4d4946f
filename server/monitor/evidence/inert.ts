import { beginning, cut } from '../../../shared/base/text.ts'
import type { Evidence } from '../../../shared/monitor/freshness/freshness.ts'
import type { Steps } from '../../base/slices.ts'
import type { Visitor } from '../html/walk.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { coversIn } from '../persons/find.ts'
import { replaced } from '../persons/mask.ts'
import { walkCovered } from './covered.ts'
import { inertRules, inertStyle } from './style.ts'

/**
 * What the browser is told about a kept page besides: an origin of its own, no script, no form, nothing from
 * anywhere. Only our own pages may frame it.
 */
export const INERT_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** Kept as they are; of any other element only what it holds. Nothing here loads, runs or leads anywhere. */
const KEPT = new Set(
  (
    'a abbr address article aside b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
    'fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd label legend li main mark nav ol ' +
    'optgroup option p pre q s samp section select small span strike strong sub summary sup table tbody td tfoot th ' +
    'thead time tr tt u ul var wbr'
  ).split(' '),
)
const VOID = new Set(['br', 'col', 'hr', 'wbr'])
/** Dropped with everything in them. */
const MUTE = new Set(
  (
    'script template title iframe frame object embed applet svg math audio video canvas noembed noframes textarea ' +
    'portal xml'
  ).split(' '),
)
/** What none of the words of a page are in. */
const UNREAD = new Set([...MUTE, 'style'])
const ATTRIBUTES = new Set(
  (
    'class id title lang dir align valign width height bgcolor color colspan rowspan border cellpadding cellspacing ' +
    'size face nowrap datetime start type'
  ).split(' '),
)
const PICTURE = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]{1,200000}$/i
/** Characters of one style sheet, of all, and of the style of an element; what is longer is left out. */
const MAX_STYLE = 100_000
const MAX_STYLES = 400_000
const MAX_STYLE_ATTRIBUTE = 2_000
/** Of an attribute that is kept, in characters. */
const MAX_ATTRIBUTE = 2_000
const JOIN_AT = 1_000
const MARK_ID = 'siteward-evidence'
/** The wide margin keeps a browser that goes to the mark from moving the page sideways. */
const OUR_STYLE = `#${MARK_ID},.siteward-item{background:#ffe26a!important;color:#000!important;outline:2px solid #d98200!important;scroll-margin:6rem 200rem}
.siteward-picture{color:#777;border:1px dotted #bbb;padding:0 2px;font-size:11px}`

/**
 * A page of somebody else's as a document that can do nothing: no script, no handler, no form, no frame, no
 * address but data pictures. What the verdict rests on (`evidence`) is marked and has the id `siteward-evidence`. Persons are covered,
 * wherever in it they stand.
 * @param today the local day of the page
 */
export function* inertPage(html: string, evidence: Evidence | null, today: string): Steps<string> {
  const writer = new Writer(evidence, today)
  yield* walkCovered(html, writer, { today, unread: UNREAD })
  const styles: string[] = []
  // Style sheets can say something, too.
  for (const sheet of writer.styles) styles.push(replaced(sheet, yield* coversIn(sheet, today)))
  return `<!doctype html><html><head><meta charset="utf-8"><title>kept page</title>
<style>${styles.join('\n')}</style><style>${OUR_STYLE}</style></head><body>${writer.markup()}</body></html>`
}

class Writer implements Visitor {
  readonly #out: string[] = []
  #pieces: string[] = []
  readonly styles: string[] = []
  readonly #evidence: Evidence | null
  readonly #today: string
  #muted = 0
  #isStyle = false
  #style = ''
  #styled = 0
  #isMarked = false
  #isItemMarked = false

  constructor(evidence: Evidence | null, today: string) {
    this.#evidence = evidence
    this.#today = today
  }

  open(name: string, attributes: Record<string, string>, at: number): void {
    if (MUTE.has(name)) this.#muted++
    if (this.#muted > 0) return
    if (name === 'style') this.#isStyle = true
    // A date in an attribute or in the head cannot be marked where it is: it is shown before its element.
    if (at === this.#evidence?.offset) this.#mark(escapeText(this.#shown(this.#evidence.raw)))
    if (name === 'img') this.#write(picture({ ...attributes, alt: this.#shown(attributes.alt ?? '') }))
    else if (KEPT.has(name)) this.#write(`<${name}${this.#attributes(name, attributes)}>`)
  }

  text(text: string, at: number, end: number): void {
    if (this.#muted > 0) return
    if (this.#isStyle) {
      this.#takeStyle(text)
      return
    }
    const offset = this.#evidence?.offset
    if (offset !== undefined && offset >= at && offset < end) this.#mark(escapeText(text))
    else this.#write(escapeText(text))
  }

  /** A style sheet comes in pieces; they are made inert together, once it has ended. */
  #takeStyle(text: string): void {
    if (this.#style.length + text.length <= MAX_STYLE) this.#style += text
  }

  #endStyle(): void {
    this.#isStyle = false
    this.#styled += this.#style.length
    if (this.#styled <= MAX_STYLES) this.styles.push(inertRules(this.#style))
    this.#style = ''
  }

  close(name: string): void {
    if (MUTE.has(name)) this.#muted--
    else if (name === 'style') this.#endStyle()
    else if (this.#muted === 0 && KEPT.has(name) && !VOID.has(name)) this.#write(`</${name}>`)
  }

  /** Everything written so far. */
  markup(): string {
    return this.#out.join('') + this.#pieces.join('')
  }

  /** Joined now and then: a page can consist of millions of pieces. */
  #write(piece: string): void {
    this.#pieces.push(piece)
    if (this.#pieces.length < JOIN_AT) return
    this.#out.push(this.#pieces.join(''))
    this.#pieces = []
  }

  #mark(content: string): void {
    this.#write(this.#isMarked ? content : `<mark id="${MARK_ID}">${content}</mark>`)
    this.#isMarked = true
  }

  #attributes(name: string, attributes: Record<string, string>): string {
    const kept = Object.entries(attributes).flatMap(([key, value]): [string, string][] => {
      if (!ATTRIBUTES.has(key) || value === MARK_ID) return []
      if (key === 'title') return [[key, this.#shown(value)]]
      return this.#namesNobody(value) ? [[key, value]] : []
    })
    const pairs = new Map(kept)
    const style = attributes.style && inertStyle(attributes.style.slice(0, MAX_STYLE_ATTRIBUTE))
    if (style && this.#namesNobody(style)) pairs.set('style', style)
    const { href } = attributes
    // Where a link led is evidence too; it is told, but leads there no more.
    if (name === 'a' && href) pairs.set('title', cut(shownAddress(looked(href), this.#today), 500))
    if (name === 'a' && href && href === this.#evidence?.href && !this.#isItemMarked) {
      this.#isItemMarked = true
      pairs.set('class', `${pairs.get('class') ?? ''} siteward-item`)
    }
    return [...pairs]
      .map(([key, value]) => ` ${key}="${escapeAttribute(value.slice(0, MAX_ATTRIBUTE))}"`)
      .join('')
  }

  #shown(said: string): string {
    return shownText(looked(said), this.#today)
  }

  /** What nobody reads is left out where it names somebody. */
  #namesNobody(value: string): boolean {
    const own = looked(value)
    return shownAddress(own, this.#today) === own
  }
}

/** As much of an attribute as is looked through: what is covered takes less room, and no half of it is left at the end of what is kept. */
const looked = (value: string): string => beginning(value, 2 * MAX_ATTRIBUTE)

function picture({ src = '', alt = '', width, height }: Record<string, string>): string {
  if (PICTURE.test(src)) {
    const size = [
      ['width', width],
      ['height', height],
    ].flatMap(([key, value]) => (value ? ` ${key}="${escapeAttribute(value)}"` : []))
    return `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}"${size.join('')}>`
  }
  return alt ? `<span class="siteward-picture">${escapeText(cut(alt, 200))}</span>` : ''
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;')
}

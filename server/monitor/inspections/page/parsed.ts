import { beginning } from '../../../../shared/base/text.ts'
import { atOnce, type Steps } from '../../../base/slices.ts'
import { MUTE } from '../../html/mute.ts'
import { BREAK, beginIn, endIn, type Piece } from '../../html/pieces.ts'
import { walk } from '../../html/walk.ts'
import { decodePage } from '../../read/page/decode.ts'
import { clean } from '../../read/page/text.ts'
import { baseOf } from './address.ts'
import { aroundOf } from './around.ts'
import { Sheet } from './css/sheet.ts'
import { UNSHOWN } from './css/sizes.ts'
import { declarationsOf, isOnAll, rulesOf, type StyleRule } from './css/styles.ts'
import type { ParsedElement, ParsedLink } from './element.ts'
import { type HiddenBy, hiddenBy, isOnPaper, type Look, lookOf, PLAIN_LOOK, plainPage } from './hidden.ts'
import { linksOf } from './links.ts'
import { hiddenAtOnce, hiddenByScripts, plainScript } from './scripts.ts'
import { asksOnce, type Wrap, Wraps } from './wraps.ts'

/** Characters of an element's text that are handed out, of a page's, and of its title. */
const MOST_TEXT = 2_000
const MOST_OF_PAGE = 500_000
const MOST_OF_TITLE = 500
/** Classes of an element. */
const MOST_CLASSES = 60

export type { ParsedElement, ParsedLink } from './element.ts'

/** What one parse of a page yields, made once and given to all rules. */
export interface Parsed {
  /** The page as text, and the encoding that it was in. */
  readonly html: string
  readonly encoding: string
  readonly elements: readonly ParsedElement[]
  /** `a` and `area` with an address. */
  readonly links: readonly ParsedLink[]
  readonly title: string
  /** Content by name, property or http-equiv in lower case; the first of each. */
  readonly metas: ReadonlyMap<string, string>
  readonly scripts: readonly Script[]
  /** Its own style sheets, those too that are for some screens only; those that no browser reads are left out. */
  readonly styles: string
  /** What is seen on the page: blocks on lines of their own, cells of a row with U+0009 between them. */
  readonly text: string
  /** The same with what nobody sees as it is, and with what can be chosen: whoever has the page has that, too. */
  readonly whole: ReadText
  /** What addresses on the page are relative to. */
  readonly base: string
  /** Not all of it was read, be it that its elements or its text (`text`) end before it does. */
  readonly isCut: boolean
}

/** Text that was read of something; `isCut`: there is more. */
export interface ReadText {
  readonly text: string
  readonly isCut: boolean
}

interface Script {
  readonly src: string | null
  readonly type: string
  readonly text: string
}

class Element implements ParsedElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: Element | null
  /** The element before it in what it stands in, and how many it is there. */
  readonly previous: Element | null
  readonly nth: number
  /** The last of those that stand directly in it. */
  last: Element | null = null
  readonly texts: readonly Piece<Element>[]
  readonly classes: readonly string[]
  readonly id: string
  /** What stands within it is not for people. */
  readonly isMute: boolean
  /** It stands in what no browser that runs scripts shows. */
  readonly isUnshown: boolean
  /** What scripts have opened around it. */
  readonly wrap: Wrap | null
  /** Of the texts of the page, those within. */
  readonly from: number
  to = 0
  look: Look = PLAIN_LOOK
  #text: string | null = null

  constructor(
    tag: string,
    attributes: Readonly<Record<string, string>>,
    parent: Element | null,
    texts: readonly Piece<Element>[],
    wrap: Wrap | null,
  ) {
    this.tag = tag
    this.attributes = attributes
    this.parent = parent
    this.previous = parent?.last ?? null
    this.nth = (this.previous?.nth ?? 0) + 1
    if (parent) parent.last = this
    this.texts = texts
    this.wrap = wrap
    this.from = texts.length
    this.id = attributes.id ?? ''
    // What a box for text is filled with already stands there for all to read.
    this.isMute = (MUTE.has(tag) && tag !== 'textarea') || parent?.isMute === true
    this.isUnshown = UNSHOWN.has(tag) || parent?.isUnshown === true
    this.classes = attributes.class?.split(/\s+/, MOST_CLASSES).filter(Boolean) ?? []
  }

  get text(): string {
    this.#text ??= lineOf(this.texts, this.from, this.to)
    return this.#text
  }

  get hiddenBy(): HiddenBy | null {
    return hiddenBy(this.look)
  }

  get isHiddenLater(): boolean {
    return this.look.isDoubtful || isOnPaper(this.look)
  }

  get nthFromEnd(): number {
    return (this.parent?.last?.nth ?? this.nth) - this.nth + 1
  }

  get visible(): boolean {
    return this.hiddenBy === null
  }
}

function lineOf(pieces: readonly Piece<Element>[], from: number, to: number): string {
  let line = ''
  for (let at = from; at < to && line.length < MOST_TEXT * 2; at++) line += pieces[at]?.text ?? ''
  return beginning(clean(line), MOST_TEXT)
}

/** Parses a page at once. */
export const parsePage = (...page: Parameters<typeof parsing>): Parsed => atOnce(parsing(...page))

/** Parses a page. Never throws, whatever is in it; linear in its length. */
export function* parsing(bytes: Uint8Array, contentType: string | undefined, pageUrl: string): Steps<Parsed> {
  const { text: html, encoding } = decodePage(bytes, contentType)
  const { elements, pieces, sheets, scripts, summaries, isCut } = yield* collect(html)
  const hiding: StyleRule[] = []
  const later: StyleRule[] = []
  for (const { text } of scripts) {
    const plain = plainScript(beginning(text, MOST_OF_SCRIPT))
    hiding.push(...hiddenAtOnce(plain))
    later.push(...hiddenByScripts(plain))
    yield
  }
  const always = sheets.filter(({ media }) => media.trim() === '' || isOnAll(media)).map(({ text }) => text)
  const sheet = new Sheet([...(yield* rulesOf(always)), ...hiding])
  const scripted = new Sheet(later)
  const plain = plainPage()
  const isWrapped = asksOnce((wrap) => {
    const said = [...sheet.of(wrap), ...scripted.of(wrap), declarationsOf(wrap.attributes.style ?? '')]
    return hiddenBy(lookOf(wrap.tag, wrap.attributes, said, PLAIN_LOOK)) !== null
  })
  for (const element of elements) {
    yield
    const said = sheet.isEmpty ? [] : sheet.of(element)
    if (element.attributes.style) said.push(declarationsOf(element.attributes.style))
    const around = aroundOf(element, element.parent?.look ?? plain, summaries)
    element.look = lookOf(element.tag, element.attributes, said, around)
    if (element.look.isDoubtful) continue
    const byScript = scripted.isEmpty ? [] : scripted.of(element)
    // As a script makes it look: hidden, by whatever means.
    const isHidden = byScript.length > 0 && hiddenBy(lookOf(element.tag, {}, byScript, PLAIN_LOOK)) !== null
    if (isHidden || isWrapped(element.wrap)) element.look = { ...element.look, isDoubtful: true }
  }
  const base = baseOf(baseIn(elements), pageUrl)
  const shown = textOf(pieces, (within) => !within?.isMute && within?.visible !== false)
  return {
    ...{ html, encoding, elements, base, scripts, text: shown.text },
    isCut: isCut || sheet.isSpent || shown.isCut,
    links: yield* linksOf(elements, base),
    title: titleOf(elements),
    metas: metasOf(elements),
    styles: sheets.map(({ text }) => text).join('\n'),
    get whole() {
      return textOf(pieces, (within) => within?.tag !== 'title')
    },
  }
}

/** What a file has of a page: nothing. */
export const NO_PAGE: Parsed = parsePage(new Uint8Array(0), undefined, 'http://file.invalid/')

/** What a sheet says of where it is in force. */
const MOST_MEDIA = 100
/** Characters of a script that are looked through for what it hides. */
const MOST_OF_SCRIPT = 500_000
const ON_PAPER = /^\s{0,9}print\b/i

function* collect(html: string) {
  const elements: Element[] = []
  const pieces: Piece<Element>[] = []
  const sheets: { readonly within: Element; text: string; readonly media: string }[] = []
  const scripts: { src: string | null; type: string; text: string }[] = []
  const open: Element[] = []
  const summaries = new Map<Element, Element | null>()
  const wraps = new Wraps()
  const { hasMore } = yield* walk(html, {
    open(tag, attributes) {
      beginIn(pieces, tag)
      const element = new Element(tag, attributes, open.at(-1) ?? null, pieces, wraps.last)
      elements.push(element)
      open.push(element)
      if (tag === 'script')
        scripts.push({ src: attributes.src ?? null, type: attributes.type ?? '', text: '' })
      const { parent } = element
      if (tag === 'summary' && parent?.tag === 'details') summaries.set(parent, element)
      else if (parent?.tag === 'summary' && parent.parent) summaries.set(parent.parent, null)
    },
    text(text) {
      const within = open.at(-1) ?? null
      if (within?.tag === 'style') {
        const media = beginning(within.attributes.media ?? '', MOST_MEDIA)
        const last = sheets.at(-1)
        if (last?.within === within) last.text += text
        else if (!within.isUnshown && !ON_PAPER.test(media)) sheets.push({ within, text, media })
      } else if (within?.tag === 'script') {
        const script = scripts.at(-1)
        if (script) script.text += text
      } else if (within) pieces.push({ text, within })
    },
    close(tag) {
      const element = open.pop()
      if (element) {
        element.to = pieces.length
        wraps.end(element)
      }
      if (tag === 'script') wraps.write(scripts.at(-1)?.text ?? '', open.at(-1) ?? null)
      endIn(pieces, tag, element?.from ?? pieces.length)
    },
  })
  return { elements, pieces, sheets, scripts, summaries, isCut: hasMore }
}

function baseIn(elements: readonly Element[]): string | undefined {
  return elements.find(({ tag, attributes }) => tag === 'base' && attributes.href)?.attributes.href
}

function titleOf(elements: readonly Element[]): string {
  const title = elements.find(({ tag }) => tag === 'title')
  return title ? beginning(title.text, MOST_OF_TITLE) : ''
}

function metasOf(elements: readonly Element[]): Map<string, string> {
  const metas = new Map<string, string>()
  for (const { tag, attributes } of elements) {
    if (tag !== 'meta' || attributes.content === undefined) continue
    const name = (attributes.name ?? attributes.property ?? attributes['http-equiv'])?.trim().toLowerCase()
    if (name && !metas.has(name)) metas.set(name, beginning(attributes.content, MOST_TEXT))
  }
  return metas
}

/** What stands there, a line for each block. */
function textOf(pieces: readonly Piece<Element>[], isShown: (within: Element | null) => boolean): ReadText {
  const parts: string[] = []
  let [at, length] = [0, 0]
  for (; at < pieces.length && length < MOST_OF_PAGE; at++) {
    const { text, within } = pieces[at] ?? BREAK
    // Asking a text that grows for its end has it copied each time.
    const isAgain = within === null && text === BREAK.text && parts.at(-1) === text
    if (isAgain || !isShown(within)) continue
    parts.push(text)
    length += text.length
  }
  const text = beginning(parts.join(''), MOST_OF_PAGE)
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '')
    .join('\n')
  const isMore = ({ text: piece, within }: Piece<Element>): boolean => piece.trim() !== '' && isShown(within)
  return { text, isCut: length > MOST_OF_PAGE || pieces.slice(at).some(isMore) }
}

function cleanLine(line: string): string {
  if (!line.includes('\t')) return clean(line)
  const cells = line.split('\t').map((cell) => clean(cell))
  // Empty ones keep their place: what a cell is, its heading says.
  return cells.join('\t').trimEnd()
}

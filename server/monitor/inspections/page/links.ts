import type { Steps } from '../../../base/slices.ts'
import { clean } from '../../read/page/text.ts'
import { linkUrl } from './address.ts'
import type { ParsedElement, ParsedLink } from './element.ts'

const MOST_LINKS = 5_000
/** What nobody sees among other words: no sign at all, or a point. */
const NO_WORDS = /^[.,·。、'`]{0,2}$/
/** Elements that show something without words. */
const SHOWN = new Set(['img', 'svg', 'canvas', 'video', 'object', 'embed', 'iframe', 'input', 'button'])
/** Looks that a link without words may have of a style sheet. */
const isStyled = ({ attributes }: ParsedElement): boolean =>
  [attributes.class, attributes.id, attributes.style, attributes.onclick].some((one) => one)
/** A picture of so few pixels is none. */
const NO_PICTURE = /^\s{0,9}[01](?:px)?\s{0,9}$/
const NO_PICTURE_STYLE = /(?:^|[;\s])(?:width|height)\s{0,9}:\s{0,9}[01](?:px)?\s{0,9}(?:;|!|$)/i

/** The links of a page, the first 5,000. @param base what addresses are relative to */
export function* linksOf(elements: readonly ParsedElement[], base: string): Steps<ParsedLink[]> {
  const found: ParsedLink[] = []
  const within = new Map<ParsedElement, ParsedElement>()
  const names = new Map<ParsedElement, string>()
  const showing = new Set<ParsedElement>()
  for (const element of elements) {
    yield
    const link = element.parent && (element.parent.tag === 'a' ? element.parent : within.get(element.parent))
    if (!link) continue
    within.set(element, link)
    if (element.tag === 'img' && element.attributes.alt) names.set(link, element.attributes.alt)
    if (mayShow(element)) showing.add(link)
  }
  for (const element of elements) {
    yield
    const raw = element.attributes.href ?? element.attributes['xlink:href']
    if ((element.tag !== 'a' && element.tag !== 'area') || raw === undefined) continue
    const href = linkUrl(raw, base)?.href ?? null
    found.push(new Link(raw, href, element, names.get(element), showing.has(element)))
    if (found.length === MOST_LINKS) break
  }
  return found
}

/** Whether somebody may see it though it has no words. */
function mayShow(element: ParsedElement): boolean {
  const { tag, attributes } = element
  if (tag !== 'img') return SHOWN.has(tag) || isStyled(element)
  if (!element.visible) return false
  const isSmall = [attributes.width, attributes.height].some(
    (size) => size !== undefined && NO_PICTURE.test(size),
  )
  return !isSmall && !NO_PICTURE_STYLE.test(attributes.style ?? '')
}

class Link implements ParsedLink {
  readonly raw: string
  readonly href: string | null
  readonly element: ParsedElement
  readonly #pictureName: string | undefined
  readonly #isShowing: boolean

  constructor(
    raw: string,
    href: string | null,
    element: ParsedElement,
    pictureName: string | undefined,
    isShowing: boolean,
  ) {
    this.raw = raw
    this.href = href
    this.element = element
    this.#pictureName = pictureName
    this.#isShowing = isShowing
  }

  get text(): string {
    const { attributes, text } = this.element
    const instead = this.#pictureName ?? attributes.alt ?? attributes.title ?? attributes['aria-label'] ?? ''
    return text || clean(instead)
  }

  get visible(): boolean {
    return this.element.visible
  }

  get isBlank(): boolean {
    const { tag, text } = this.element
    return tag === 'a' && NO_WORDS.test(text) && !this.#isShowing && !isStyled(this.element)
  }
}

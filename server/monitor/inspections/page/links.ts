import { clean } from '../../read/page/text.ts'
import { linkUrl } from './address.ts'
import type { ParsedElement, ParsedLink } from './element.ts'

const MOST_LINKS = 5_000
/** How far a picture may stand within the link that it names. */
const MOST_UP = 60

/** The links of a page, the first 5,000. @param base what addresses are relative to */
export function linksOf(elements: readonly ParsedElement[], base: string): ParsedLink[] {
  const found: ParsedLink[] = []
  const names = new Map<ParsedElement, string>()
  for (const { tag, attributes, parent } of elements) {
    if (tag !== 'img' || !attributes.alt) continue
    let up: ParsedElement | null = parent
    for (let n = 0; up && n < MOST_UP; n++, up = up.parent) if (up.tag === 'a') names.set(up, attributes.alt)
  }
  for (const element of elements) {
    const raw = element.attributes.href
    if ((element.tag !== 'a' && element.tag !== 'area') || raw === undefined) continue
    found.push(new Link(raw, linkUrl(raw, base)?.href ?? null, element, names.get(element)))
    if (found.length === MOST_LINKS) break
  }
  return found
}

class Link implements ParsedLink {
  readonly raw: string
  readonly href: string | null
  readonly element: ParsedElement
  readonly #pictureName: string | undefined

  constructor(raw: string, href: string | null, element: ParsedElement, pictureName: string | undefined) {
    this.raw = raw
    this.href = href
    this.element = element
    this.#pictureName = pictureName
  }

  get text(): string {
    const { attributes, text } = this.element
    return text || clean(this.#pictureName ?? attributes.alt ?? attributes.title ?? '')
  }

  get visible(): boolean {
    return this.element.visible
  }
}

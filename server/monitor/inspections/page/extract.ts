import { cut } from '../../../../shared/base/text.ts'
import type { LinkKind } from '../../../../shared/monitor/links/links.ts'
import { isCode, type LinkManner } from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Steps } from '../../../base/slices.ts'
import { walk } from '../../html/walk.ts'
import { decodePage } from '../../read/page/decode.ts'
import { baseOf, kindOf, linkUrl } from './address.ts'

/** A link as it stands on a page. */
export interface FoundLink {
  readonly url: URL
  readonly kind: LinkKind
  /** Its words, or the name of its picture; at most 100 characters. */
  readonly text: string
  readonly manner: LinkManner
}

export interface FoundLinks {
  readonly links: readonly FoundLink[]
  /** The page has more than were taken. */
  readonly isCut: boolean
}

const MAX_TEXT = 100
/** Links and pictures that are looked at, the repeated ones included: what comes after is as good as not there. */
const MAX_LOOKED_AT = 20_000
/** Attributes with an address, by element. */
const ADDRESSES: Readonly<Record<string, string>> = {
  a: 'href',
  area: 'href',
  img: 'src',
  iframe: 'src',
  frame: 'src',
  option: 'value',
  script: 'src',
}
const MANNERS: Readonly<Record<string, LinkManner>> = {
  img: 'picture',
  iframe: 'frame',
  frame: 'frame',
  script: 'script',
}

interface Met {
  readonly url: URL
  text: string
  manner: LinkManner
}

/** The distinct links of a page, and the scripts that it takes from elsewhere, at `pageUrl`, in their order, at most `limit`. */
export function* linksOf(
  page: Uint8Array,
  contentType: string | undefined,
  pageUrl: string,
  limit: number,
): Steps<FoundLinks> {
  const found = new Map<string, Met>()
  let base = pageUrl
  let isCut = false
  let lookedAt = 0
  let anchor: Met | null = null
  const take = (name: string, value: string, text: string) => {
    // A list box holds addresses, but more often other values.
    if (isCut || (name === 'option' && !/^https?:/i.test(value))) return null
    if (++lookedAt > MAX_LOOKED_AT) {
      isCut = true
      return null
    }
    const url = linkUrl(value, base)
    if (!url) return null
    const manner = MANNERS[name] ?? 'link'
    const known = found.get(url.href)
    if (known && isCode(manner)) known.manner = manner
    // The same address again says something new only where the first link was a picture without words.
    if (known) return known.text === '' ? known : null
    if (found.size >= limit) {
      isCut = true
      return null
    }
    const link: Met = { url, text, manner }
    found.set(url.href, link)
    return link
  }
  const { hasMore } = yield* walk(decodePage(page, contentType).text, {
    open(name, attributes) {
      if (name === 'base' && base === pageUrl) base = baseOf(attributes.href, pageUrl)
      if (name === 'img' && anchor?.text === '' && attributes.alt) anchor.text = attributes.alt
      const value = attributes[ADDRESSES[name] ?? '']
      if (value === undefined) return
      const link = take(name, value, attributes.title ?? attributes.alt ?? '')
      if (name === 'a' || name === 'option') anchor = link
    },
    text(text) {
      if (anchor && anchor.text.length < MAX_TEXT) anchor.text += text
    },
    close(name) {
      if (name === 'a' || name === 'option') anchor = null
    },
  })
  const links = [...found.values()].map(({ url, text, manner }) => {
    const words = cut(text.replace(/\s+/g, ' ').trim(), MAX_TEXT)
    return { url, text: words, manner, kind: kindOf(url, words, manner === 'picture') }
  })
  return { links, isCut: isCut || hasMore }
}

import type { Kit } from './kit.ts'
import type { Looks } from './looks.ts'
import type { Hidden, Ways } from './ways.ts'

/** What is looked at of a page at most, and how what is found is told. */
export interface UnseenAsked {
  /** Links to other hosts that are looked at, and those of them that are gone to for what lies over and under them. */
  readonly links: number
  readonly places: number
  /** Blocks that are told, and characters of addresses and words. */
  readonly blocks: number
  readonly told: number
  /** Characters of an address, of a link's words, of what stands around. */
  readonly href: number
  readonly said: number
  readonly around: number
}

/** Run in a page: what lies over a link, and under it, as far as it can be gone to. The page has to be put back where it was. */
export function layersOf(kit: Kit, { lookOf }: Looks, { PICTURES }: Ways) {
  const { parentOf, isPage, partsOf, holds, isOf, rectOf, boxOf } = kit
  const fromX = scrollX
  /** What is painted at the middle of a link, uppermost first; null: it cannot be gone to. */
  const stackAt = (one: Element): Element[] | null => {
    let rect = rectOf(partsOf(one))
    if (rect && (rect.top < 0 || rect.bottom > innerHeight)) {
      scrollTo({ left: fromX, top: scrollY + rect.top - innerHeight / 3, behavior: 'instant' })
      rect = rectOf(partsOf(one))
    }
    if (!rect) return null
    const [x, y] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2]
    for (let cut = lookOf(one).flow, n = 0; cut && n < 60; cut = cut.next, n++) {
      const box = boxOf(cut.of)
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null
    }
    const stack = Document.prototype.elementsFromPoint.call(document, x, y)
    return stack.length > 0 ? stack : null
  }
  const isOpaque = (one: Element): boolean => {
    const { opacity, painter, ground, isFixed } = lookOf(one)
    // What stays on the screen does not stay over the link.
    if (opacity < 0.98 || isFixed || getComputedStyle(one).position === 'sticky') return false
    return isOf(one, 'img, video, canvas, iframe, object, embed') || (painter === one && ground !== null)
  }
  const isCovered = (one: Element, [top]: readonly Element[]): boolean => {
    if (!top || holds(one, top) || getComputedStyle(one).pointerEvents === 'none') return false
    if (holds(top, one)) return !isPage(top) && isOpaque(top)
    let up: Element | null = top
    for (let n = 0; up && n < 20 && !holds(up, one); n++, up = parentOf(up)) if (isOpaque(up)) return true
    return false
  }
  /** Nothing else is painted between a link and what it has the colour of. */
  const isOnGround = (one: Element, stack: readonly Element[]): boolean => {
    const { painter } = lookOf(one)
    for (const under of stack.slice(stack.findIndex((other) => holds(one, other)) + 1)) {
      if (under === painter) return true
      const isPaint = isOf(under, PICTURES) || lookOf(under).painter === under
      if (isPaint && !holds(under, one) && !holds(one, under)) return false
    }
    return true
  }
  return { stackAt, isCovered, isOnGround }
}

/** Run in a page: which of its links to other hosts nobody sees, as JSON. */
export function unseenNow(
  asked: UnseenAsked,
  kit: Kit,
  { hiddenAs }: Ways,
  layers: ReturnType<typeof layersOf>,
): string {
  const { root, isLate, tagOf, given, within, parentOf, wordsIn } = kit
  const LINKS = 'a[href], area[href]'
  const isLink = (one: Element): one is HTMLAnchorElement => /^(?:A|AREA)$/.test(tagOf(one))
  const leadsOut = (one: HTMLAnchorElement): boolean =>
    /^https?:$/.test(one.protocol) && one.hostname !== location.hostname
  const maps = new Map(within(root, 'img[usemap]').map((img) => [given(img, 'usemap'), img]))
  /** A part of a picture stands where the picture does. */
  const placeOf = (one: Element): Element | undefined =>
    tagOf(one) === 'A' ? one : maps.get(`#${given(parentOf(one) ?? one, 'name')}`)
  const saidBy = (one: Element): string => {
    const [picture] = within(one, 'img[alt]')
    const words = wordsIn(one, asked.said) || given(picture ?? one, 'alt') || ''
    const title = given(one, 'title') ?? ''
    return (words.includes(title) ? words : `${words} ${title}`).trim().slice(0, asked.said)
  }

  const blocks = new Map<Element, Omit<Hidden, 'root'> & { readonly links: HTMLAnchorElement[] }>()
  const hide = (link: HTMLAnchorElement, { root: top, ...how }: Hidden) => {
    const block = blocks.get(top) ?? { ...how, links: [] }
    blocks.set(top, block)
    block.links.push(link)
  }
  const all = within(root, LINKS)
  const toGoTo: { readonly link: HTMLAnchorElement; readonly hidden: Hidden | null }[] = []
  let at = 0
  // What somebody puts in stands at the beginning or the end of most pages.
  for (let looked = 0; at < all.length && looked < asked.links && !isLate(); at++) {
    const link = all[at % 2 === 0 ? at / 2 : all.length - (at + 1) / 2]
    if (!link || !isLink(link) || !leadsOut(link)) continue
    looked++
    const place = placeOf(link)
    const hidden = place ? hiddenAs(place) : null
    if (!place || isLate()) continue
    if (hidden && hidden.by !== 'colour') hide(link, hidden)
    else if (place === link && toGoTo.length < asked.places) toGoTo.push({ link, hidden })
  }
  const [x, y] = [scrollX, scrollY]
  for (const { link, hidden } of toGoTo) {
    const stack = isLate() ? null : layers.stackAt(link)
    if (!stack) continue
    if (layers.isCovered(link, stack)) hide(link, { by: 'covered', root: link, isLater: true })
    else if (hidden && layers.isOnGround(link, stack)) hide(link, hidden)
  }
  scrollTo({ left: x, top: y, behavior: 'instant' })
  let isCut = at < all.length || isLate()

  let left = asked.told
  const toldOf = (link: HTMLAnchorElement) => {
    const href = link.href.length > asked.href ? `${link.origin}/` : link.href
    const text = saidBy(link)
    left -= href.length + text.length
    return { href, text }
  }
  /** None takes more than a quarter of what is left to be told: nobody hides links behind others that nobody minds. */
  const toldOfAll = (links: readonly HTMLAnchorElement[]) => {
    const least = left * 0.75
    const some = links.flatMap((link) => (left > least ? [toldOf(link)] : []))
    isCut ||= some.length < links.length
    return some
  }
  const told: unknown[] = []
  for (const [top, { by, isLater, links }] of blocks) {
    if (told.length >= asked.blocks || left <= 0) break
    const text = wordsIn(top, asked.around)
    left -= text.length
    const some = toldOfAll(links)
    // Where there is no time left to say, some may lead to the page itself; of those that are not told, to an office.
    const isOwn = (one: Element) => isLink(one) && one.hostname === location.hostname
    const own = isLate() || some.length < links.length ? 1 : within(top, LINKS).filter(isOwn).length
    told.push({ by, isLater, own, text, links: some })
  }
  isCut ||= told.length < blocks.size || left <= 0
  return JSON.stringify({ blocks: told, isCut })
}

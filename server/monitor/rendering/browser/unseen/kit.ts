/*
 * What links nobody sees (`in-page.ts`) is found by functions that are run in a page as their own text: nothing from outside them is
 * there but what they are given, and each is given what the ones before it made.
 */

export type Rect = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>
export type Kit = ReturnType<typeof kitOf>

/**
 * How a page is asked. Its scripts have put nothing in the place of what is called here, in a world of our own; but its elements may
 * bear the names of what a document or a form is asked for, so these are asked by what all of them have in common.
 * @param ms after which nothing more is looked at
 */
export function kitOf(ms: number) {
  const getter = <T>(of: object, name: string): ((one: object) => T) => {
    const get = Object.getOwnPropertyDescriptor(of, name)?.get
    return (one) => get?.call(one)
  }
  const parentOf = getter<Element | null>(Node.prototype, 'parentElement')
  const tagOf = getter<string>(Element.prototype, 'tagName')
  const root = getter<Element>(Document.prototype, 'documentElement')(document)
  const body = getter<Element | null>(Document.prototype, 'body')(document)
  const isPage = (one: Element): boolean => one === root || one === body
  const given = (one: Element, name: string): string | null => Element.prototype.getAttribute.call(one, name)
  const within = (one: Element, selector: string): Element[] => [
    ...Element.prototype.querySelectorAll.call(one, selector),
  ]
  /** An element and the first of those within it. */
  const partsOf = (one: Element): Element[] => {
    const parts = Element.prototype.getElementsByTagName.call(one, '*')
    const first = Array.from({ length: 20 }, (_, at) => parts.item(at))
    return [one, ...first.filter((part) => part !== null)]
  }
  const holds = (one: Element, other: Element): boolean => Node.prototype.contains.call(one, other)
  const isOf = (one: Element, selector: string): boolean => Element.prototype.matches.call(one, selector)
  const boxOf = (one: Element): DOMRect => Element.prototype.getBoundingClientRect.call(one)
  // That the page is laid out by now is not counted.
  boxOf(root)
  const until = performance.now() + ms
  const isLate = (): boolean => performance.now() > until
  const isFlat = ({ left, top, right, bottom }: Rect): boolean => right - left <= 1 || bottom - top <= 1
  /** The largest box of the first of some elements that has one. */
  const rectOf = (parts: readonly Element[]): DOMRect | null => {
    for (const part of parts) {
      const rects = [...Element.prototype.getClientRects.call(part)]
        .slice(0, 20)
        .filter((one) => !isFlat(one))
      const [first] = rects.sort((a, b) => b.width * b.height - a.width * a.height)
      if (first) return first
    }
    return null
  }
  /** Up from an element while its parents are like that, too. */
  const outermost = (one: Element, isSo: (up: Element) => boolean): Element => {
    let found = one
    for (let up = parentOf(one); up && !isPage(up) && !isLate() && isSo(up); up = parentOf(up)) found = up
    return found
  }
  /** It says so itself: a script has set that, or it is seen in what was sent. */
  const saysItself = (one: Element, names: string): boolean =>
    new RegExp(`(?:^|[;\\s])(?:${names})\\s{0,9}:`, 'i').test(given(one, 'style')?.slice(0, 2_000) ?? '')
  /** Red, green, blue, and how much of it there is; null for colours that are written in another way. */
  const colourOf = (said: string): number[] | null => {
    const parts = (/^rgba?\(([^)]{1,60})\)$/.exec(said)?.[1] ?? '').split(/[,/\s]+/).map(Number)
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts
    return parts.length < 3 || parts.some(Number.isNaN) ? null : [red, green, blue, alpha]
  }
  /** The words that stand in an element, as one line. */
  const wordsIn = (one: Element, most: number): string => {
    const walker = Document.prototype.createTreeWalker.call(document, one, NodeFilter.SHOW_TEXT)
    let words = ''
    for (let n = 0; n < 500 && words.length < most; n++) {
      const next = walker.nextNode()
      if (!next) break
      const parent = parentOf(next)
      if (parent && /^(?:SCRIPT|STYLE|NOSCRIPT)$/.test(tagOf(parent))) continue
      words = `${words} ${next.nodeValue?.slice(0, 2 * most)}`.replace(/\s+/g, ' ').trim()
    }
    return words.slice(0, most)
  }
  return {
    ...{ isLate, parentOf, tagOf, root, body, isPage, given, within, partsOf, holds, isOf, boxOf, isFlat },
    ...{ rectOf, outermost, saysItself, colourOf, wordsIn },
  }
}

/** What is wrong with how a page lies there, each in words that tell where. */
export interface Layout {
  /** By how much the page can be scrolled sideways. */
  readonly sideways: number
  /** Texts that lie over each other. */
  readonly overlapping: readonly string[]
  /** Names and figures that do not show all of themselves. */
  readonly cut: readonly string[]
  /** Texts that stand out of the panel that they are in. */
  readonly outside: readonly string[]
}

/**
 * Runs in the page: measures the texts as they are drawn. What may be cut says so with a `title` that has the whole;
 * what lies in a part that scrolls is there as far as one sees it.
 */
export function layoutOf(): Layout {
  interface Text {
    readonly words: string
    readonly element: Element
    readonly layer: Element
    readonly box: Box
  }
  interface Box {
    left: number
    top: number
    right: number
    bottom: number
  }
  const SLACK = 2
  const styles = new Map<Element, CSSStyleDeclaration>()
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const style = styles.get(element) ?? getComputedStyle(element)
    styles.set(element, style)
    return style
  }
  const isClipped = (value: string): boolean => value !== 'visible'

  /** As much of a box as its ancestors let see; null: nothing. */
  function seen(element: Element, box: Box): { box: Box; layer: Element } | null {
    const left: Box = { ...box }
    let layer: Element | null = null
    for (let one: Element | null = element; one; one = one.parentElement) {
      const style = styleOf(one)
      if (style.clipPath === 'inset(50%)') return null
      if (!layer && (style.position === 'fixed' || style.position === 'sticky')) layer = one
      if (isClipped(style.overflowX) || isClipped(style.overflowY)) {
        const edge = one.getBoundingClientRect()
        left.left = Math.max(left.left, edge.left)
        left.right = Math.min(left.right, edge.right)
        left.top = Math.max(left.top, edge.top)
        left.bottom = Math.min(left.bottom, edge.bottom)
      }
      if (style.position === 'fixed') break
    }
    if (left.right - left.left < SLACK || left.bottom - left.top < SLACK) return null
    return { box: left, layer: layer ?? document.documentElement }
  }

  function texts(): Text[] {
    const found: Text[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    while (walker.nextNode()) {
      const node = walker.currentNode
      const words = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (!words || !element || element.closest('option, title, script, style, noscript')) continue
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      range.selectNodeContents(node)
      for (const { left, top, right, bottom } of range.getClientRects()) {
        // Lines are higher than their letters.
        const air = (bottom - top) * 0.15
        const shown = seen(element, { left, top: top + air, right, bottom: bottom - air })
        if (shown) found.push({ words: words.slice(0, 40), element, ...shown })
      }
    }
    return found
  }

  const all = texts().sort((a, b) => a.box.top - b.box.top)
  const overlapping = new Set<string>()
  all.forEach((one, place) => {
    for (let next = place + 1; next < all.length; next++) {
      const other = all[next]
      if (!other || other.box.top > one.box.bottom - SLACK) break
      if (other.layer !== one.layer || other.element === one.element) continue
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top
      if (across > SLACK && down > SLACK) overlapping.add(`${one.words} | ${other.words}`)
    }
  })

  const cut = new Set<string>()
  const outside = new Set<string>()
  for (const { element, words, box } of all) {
    for (let one: Element | null = element; one && one !== document.body; one = one.parentElement) {
      const style = styleOf(one)
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (hides && one.scrollWidth > one.clientWidth + 1 && !one.closest('[title]')) {
        cut.add(`${words} (${one.className})`)
      }
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') break
      if (one.classList.contains('panel')) {
        const edge = one.getBoundingClientRect()
        if (box.right > edge.right + SLACK || box.left < edge.left - SLACK) outside.add(words)
        break
      }
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement
  return {
    sideways: Math.max(0, scrollWidth - clientWidth),
    overlapping: [...overlapping],
    cut: [...cut],
    outside: [...outside],
  }
}

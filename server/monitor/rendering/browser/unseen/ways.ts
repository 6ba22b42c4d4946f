import type { UnseenBy } from '../../../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { Kit, Rect } from './kit.ts'
import type { Cut, Look, Looks } from './looks.ts'

/** A link that is hidden: by what, from which element on, and whether it may be seen by and by. */
export interface Hidden {
  readonly by: UnseenBy
  readonly root: Element
  readonly isLater: boolean
}

/** Run in a page: how a link is hidden by what it and all around it are like; null: it is not. */
export function waysOf(kit: Kit, { lookOf, isFolded }: Looks) {
  const { root, body, parentOf, partsOf, isOf, boxOf, isFlat, rectOf, outermost, saysItself, colourOf } = kit
  const SIZES = 'width|height|max-width|max-height|transform|scale|zoom|font|font-size'
  const PICTURES = 'img, svg, video, canvas, input, button, iframe, object, embed'
  /** Pixels: so far off nothing of a page is; steps of a colour that nobody sees; boxes around a link. */
  const [FAR, FAR_OUT, NO_STEP, MOST_BOXES] = [300, 9_000, 6, 60]
  const boxes = new Map<Element, Rect>()
  const onceBoxOf = (one: Element): Rect => {
    const box = boxes.get(one) ?? boxOf(one)
    boxes.set(one, box)
    return box
  }

  const [width, height, fromX, fromY] = [innerWidth, innerHeight, scrollX, scrollY]
  const isStill = [root, body].some((one) => one && /hidden|clip/.test(getComputedStyle(one).overflowX))
  const wide = Math.min(isStill ? width : Math.max(root.scrollWidth, width), FAR_OUT)
  const high = Math.max(root.scrollHeight, height)
  const highForTaken = Math.min(high, (body ? boxOf(body).bottom + fromY : 0) + FAR_OUT)
  const isLeftward = getComputedStyle(root).direction === 'rtl'
  /** How far something lies beyond what can be scrolled to, px; below 0: it does not. */
  const beyond = ({ left, top, right, bottom }: Rect, { isFixed, isTaken }: Look): number => {
    if (isFixed) return Math.max(-right, -bottom, left - width, top - height)
    const west = isLeftward ? -1 : -(right + fromX)
    return Math.max(
      west,
      -(bottom + fromY),
      left + fromX - wide,
      top + fromY - (isTaken ? highForTaken : high),
    )
  }
  /** From where to where something is seen along one side of a box; what it can be scrolled to stands at its edges. */
  const along = (said: string, seen: readonly [number, number], box: readonly [number, number]) => {
    if (said === 'visible') return seen
    return /auto|scroll/.test(said) ? box : ([Math.max(seen[0], box[0]), Math.min(seen[1], box[1])] as const)
  }
  const cutBy = (seen: Rect, box: Rect, { x, y }: Cut): Rect | null => {
    const [left, right] = along(x, [seen.left, seen.right], [box.left, box.right])
    const [top, bottom] = along(y, [seen.top, seen.bottom], [box.top, box.bottom])
    const rest = { left, top, right, bottom }
    return isFlat(rest) ? null : rest
  }

  const byPlace = (one: Element, rect: Rect, look: Look): Hidden | null => {
    let seen: Rect | null = rect
    for (let cut = look.flow, n = 0; cut && n < MOST_BOXES; cut = cut.next, n++) {
      const box = onceBoxOf(cut.of)
      if (isFlat(box)) {
        const top = outermost(cut.of, (up) => isFlat(onceBoxOf(up)))
        return { by: 'size', root: top, isLater: saysItself(top, SIZES) }
      }
      seen = seen && cutBy(seen, box, cut)
    }
    // A box that shows one thing after the other.
    if (!seen) return { by: 'offscreen', root: one, isLater: true }
    if (beyond(seen, look) < 0) return null
    const top = outermost(one, (up) => !isFlat(onceBoxOf(up)) && beyond(onceBoxOf(up), look) >= 0)
    // What lies right beside the page may be drawn in from there.
    return { by: 'offscreen', root: top, isLater: beyond(onceBoxOf(top), look) < FAR / 2 }
  }
  const byIndent = (one: Element, rect: Rect, look: Look): Hidden | null => {
    const { textIndent, display } = getComputedStyle(one)
    const indent = Number.parseFloat(textIndent)
    if (Math.abs(indent) < FAR || (display === 'inline' && beyond(rect, look) < 0)) return null
    const top = outermost(one, (up) => Number.parseFloat(getComputedStyle(up).textIndent) === indent)
    return { by: 'offscreen', root: top, isLater: false }
  }

  /** It or what it stands in has something painted before or behind it that is no element. */
  const hasOtherPaint = (one: Element): boolean => {
    let up: Element | null = one
    for (let n = 0; up && n < 4; n++, up = parentOf(up)) {
      for (const which of ['::before', '::after']) {
        const { content, backgroundImage, backgroundColor } = getComputedStyle(up, which)
        const isThere = content !== 'none' && content !== 'normal'
        if (isThere && (backgroundImage !== 'none' || (colourOf(backgroundColor)?.[3] ?? 1) > 0.02))
          return true
      }
    }
    return false
  }
  const isMarked = (style: CSSStyleDeclaration): boolean =>
    style.textShadow !== 'none' ||
    Number.parseFloat(style.webkitTextStrokeWidth) > 0 ||
    /text/.test(style.backgroundClip) ||
    style.mixBlendMode !== 'normal'
  const byColour = (one: Element, parts: readonly Element[], styles: readonly CSSStyleDeclaration[]) => {
    const isUnseen = ({ webkitTextFillColor: fill, color }: CSSStyleDeclaration, at: number): boolean => {
      const { ground } = lookOf(parts[at] ?? one)
      const ink = colourOf(fill) ?? colourOf(color)
      if (!ink || !ground) return false
      return (ink[3] ?? 1) <= 0.02 || ground.every((part, n) => Math.abs(part - (ink[n] ?? 0)) <= NO_STEP)
    }
    if (kit.wordsIn(one, 1) === '' || !styles.every(isUnseen) || styles.some(isMarked)) return null
    if (hasOtherPaint(one)) return null
    const { color } = getComputedStyle(one)
    const top = outermost(one, (up) => getComputedStyle(up).color === color)
    return { by: 'colour' as const, root: top, isLater: false }
  }

  const byAround = (one: Element, { none, faint, clipped }: Look): Hidden | null => {
    if (none) {
      const opens = isFolded(none) || isOf(none, 'dialog, [hidden], [popover]')
      return { by: 'display', root: none, isLater: opens || saysItself(none, 'display') }
    }
    if (faint) return { by: 'opacity', root: faint, isLater: saysItself(faint, 'opacity|filter') }
    if (clipped) return { by: 'clip', root: clipped, isLater: saysItself(clipped, 'clip|clip-path') }
    const isOut = (part: Element) => getComputedStyle(part).visibility !== 'visible'
    if (!partsOf(one).every(isOut)) return null
    const top = outermost(one, isOut)
    return { by: 'visibility', root: top, isLater: saysItself(top, 'visibility') }
  }

  const hiddenAs = (one: Element): Hidden | null => {
    const look = lookOf(one)
    const around = byAround(one, look)
    if (around) return around
    const parts = partsOf(one)
    const styles = parts.map((part) => getComputedStyle(part))
    const hasPicture =
      parts.some((part) => isOf(part, PICTURES)) || styles.some((style) => style.backgroundImage !== 'none')
    const rect = rectOf(parts)
    const hasNoType = ({ fontSize }: CSSStyleDeclaration) => Number.parseFloat(fontSize) <= 1
    if (!rect || (!hasPicture && styles.every(hasNoType))) {
      const top = outermost(one, (up) => isFlat(onceBoxOf(up)) || hasNoType(getComputedStyle(up)))
      return { by: 'size', root: top, isLater: saysItself(top, SIZES) }
    }
    if (hasPicture) return byPlace(one, rect, look)
    return byIndent(one, rect, look) ?? byPlace(one, rect, look) ?? byColour(one, parts, styles)
  }
  return { hiddenAs, PICTURES }
}

export type Ways = ReturnType<typeof waysOf>

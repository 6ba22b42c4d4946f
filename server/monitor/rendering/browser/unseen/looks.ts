import type { Kit } from './kit.ts'

/** A box that cuts off what stands within it, and the next one around it. */
export interface Cut {
  readonly of: Element
  readonly x: string
  readonly y: string
  readonly next: Cut | null
}

/** What of an element's look tells whether what stands within it is seen. */
export interface Look {
  /** The outermost that is not displayed; that shines through altogether; that is clipped to nothing. */
  readonly none: Element | null
  readonly faint: Element | null
  readonly clipped: Element | null
  readonly opacity: number
  /** It is taken out of the flow; it stays where it is on the screen; something around it is a frame for what is fixed. */
  readonly isTaken: boolean
  readonly isFixed: boolean
  readonly isFramed: boolean
  /** What cuts those within that stand in the flow, that are taken out of it, that are fixed. */
  readonly flow: Cut | null
  readonly placed: Cut | null
  readonly fixed: Cut | null
  /** What is painted behind them: red, green, blue; null: a picture, or something that shines through. By whom; null: by nobody. */
  readonly ground: readonly number[] | null
  readonly painter: Element | null
}

export type Looks = ReturnType<typeof looksOf>

/**
 * Run in a page: how elements look, each asked for once.
 * @param clippedAway clip paths that leave nothing, as a regular expression.
 */
export function looksOf(kit: Kit, clippedAway: string) {
  const { isLate, parentOf, tagOf, isPage, isOf, colourOf } = kit
  const PLAIN: Look = {
    ...{
      none: null,
      faint: null,
      clipped: null,
      opacity: 1,
      isTaken: false,
      isFixed: false,
      isFramed: false,
    },
    ...{ flow: null, placed: null, fixed: null, ground: [255, 255, 255], painter: null },
  }
  const looks = new Map<Element, Look>()

  const isFolded = (one: Element): boolean => {
    const parent = parentOf(one)
    return parent !== null && isOf(parent, 'details:not([open])') && tagOf(one) !== 'SUMMARY'
  }
  const isClipped = ({ clip, clipPath, position }: CSSStyleDeclaration): boolean => {
    if (clipPath !== 'none' && new RegExp(clippedAway).test(clipPath)) return true
    const sides = (/^rect\(([^)]{1,200})\)$/.exec(clip)?.[1] ?? '').split(/[,\s]+/).map(Number.parseFloat)
    const [top = 0, right = 0, bottom = 0, left = 0] = sides
    if (sides.length !== 4 || !/^(?:absolute|fixed)$/.test(position)) return false
    return right - left <= 1 || bottom - top <= 1
  }
  /** For what is fixed within it, it stands in the place of the screen. */
  const isFrame = ({ transform, filter, perspective, contain }: CSSStyleDeclaration): boolean =>
    [transform, filter, perspective].some((said) => said !== 'none') ||
    /paint|layout|strict|content/.test(contain)

  const cutsWithin = (one: Element, style: CSSStyleDeclaration, around: Look) => {
    const { display, position, overflowX: x, overflowY: y } = style
    const out = position === 'absolute' ? around.placed : around.flow
    const outer = position === 'fixed' ? around.fixed : out
    const isBox = display !== 'inline' && display !== 'contents' && !isPage(one)
    const flow = isBox && (x !== 'visible' || y !== 'visible') ? { of: one, x, y, next: outer } : outer
    const isFramed = isFrame(style)
    return {
      flow,
      placed: position !== 'static' || isFramed ? flow : around.placed,
      fixed: isFramed ? flow : around.fixed,
      isFramed: around.isFramed || isFramed,
    }
  }
  const paintWithin = (
    one: Element,
    { backgroundImage, backgroundColor }: CSSStyleDeclaration,
    around: Look,
  ) => {
    const [red = 0, green = 0, blue = 0, alpha = 0.5] = colourOf(backgroundColor) ?? []
    const isPlain = backgroundImage === 'none'
    if (isPlain && alpha <= 0.02) return { ground: around.ground, painter: around.painter }
    return { ground: isPlain && alpha > 0.98 ? [red, green, blue] : null, painter: one }
  }
  const lookWithin = (one: Element, around: Look): Look => {
    const style = getComputedStyle(one)
    const { display, position, contentVisibility, filter } = style
    if (display === 'none' || contentVisibility === 'hidden' || isFolded(one)) return { ...around, none: one }
    const opacity = /opacity\((?:0|0\.0\d*)\)/.test(filter) ? 0 : around.opacity * Number(style.opacity)
    return {
      ...{ none: null, opacity },
      faint: around.faint ?? (opacity <= 0.01 ? one : null),
      clipped: around.clipped ?? (isClipped(style) ? one : null),
      isTaken: around.isTaken || position === 'absolute' || position === 'fixed',
      isFixed: around.isFixed || (position === 'fixed' && !around.isFramed),
      ...cutsWithin(one, style, around),
      ...paintWithin(one, style, around),
    }
  }
  /** However deep an element stands. */
  const lookOf = (one: Element): Look => {
    const chain: Element[] = []
    let up: Element | null = one
    for (; up && !looks.has(up) && !isLate(); up = parentOf(up)) chain.push(up)
    let look = (up && looks.get(up)) || PLAIN
    for (const next of chain.reverse()) {
      if (isLate()) break
      look = look.none ? look : lookWithin(next, look)
      looks.set(next, look)
    }
    return look
  }
  return { lookOf, isFolded }
}

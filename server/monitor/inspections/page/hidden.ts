import type { Declarations } from './styles.ts'

/** By what something is not seen. `script`: a script of the page says so; `attribute`: `hidden`, or a marquee or frame of no size. */
export type HiddenBy =
  | 'display'
  | 'visibility'
  | 'opacity'
  | 'offscreen'
  | 'size'
  | 'colour'
  | 'clip'
  | 'attribute'
  | 'script'

/** What of an element's look is handed on to what stands within it. */
export interface Look {
  /** What hides all that is within. */
  readonly hiddenBy: HiddenBy | null
  /** These may be taken back within. */
  readonly isInvisible: boolean
  readonly isIndented: boolean
  readonly isTiny: boolean
  readonly color: string | null
  readonly background: string | null
}

export const PLAIN_LOOK: Look = {
  hiddenBy: null,
  isInvisible: false,
  isIndented: false,
  isTiny: false,
  color: null,
  background: null,
}

/** Pixels beyond which something is off the screen; at or below which it has no size; of type that nobody reads. */
const FAR_OFF = -300
const NO_SIZE = 1
const NO_TYPE = 1
/** A marquee or frame of so few pixels is there to be hidden. */
const SMALL_FRAME = 3

/** How an element looks, from what its sheets and its own `style` say, in their order, within what surrounds it. */
export function lookOf(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  said: readonly Declarations[],
  around: Look,
): Look {
  if (said.length === 0 && !isFramed(tag) && attributes.hidden === undefined) return around
  const of = inForce(said)
  const visibility = of('visibility')
  const indent = pixels(of('text-indent'))
  const type = pixels(of('font-size'))
  return {
    hiddenBy: around.hiddenBy ?? byAttribute(tag, attributes) ?? byStyle(of),
    isInvisible: visibility === null ? around.isInvisible : /^(?:hidden|collapse)/.test(visibility),
    isIndented: indent === null ? around.isIndented : indent <= FAR_OFF,
    isTiny: type === null ? around.isTiny : type <= NO_TYPE,
    color: colour(of('color')) ?? around.color,
    background: colour(of('background-color')) ?? colour(of('background')) ?? around.background,
  }
}

/** By what an element that looks so is not seen; null: it is. */
export function hiddenBy(look: Look): HiddenBy | null {
  if (look.hiddenBy) return look.hiddenBy
  if (look.isInvisible) return 'visibility'
  if (look.isIndented) return 'offscreen'
  if (look.isTiny) return 'size'
  return look.color !== null && look.color === look.background ? 'colour' : null
}

type InForce = (name: string) => string | null

function inForce(said: readonly Declarations[]): InForce {
  return (name) => {
    let value: string | null = null
    for (const declarations of said) {
      const next = declarations.get(name)
      if (next === undefined) continue
      if (value?.endsWith('!important') && !next.endsWith('!important')) continue
      value = next
    }
    return value
  }
}

function byStyle(of: InForce): HiddenBy | null {
  if (of('display')?.startsWith('none')) return 'display'
  const opacity = of('opacity')
  if (opacity !== null && Number.parseFloat(opacity) <= 0.01) return 'opacity'
  if (isOffScreen(of)) return 'offscreen'
  if (
    /^rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?\s*\)/.test(
      of('clip') ?? '',
    )
  ) {
    return 'clip'
  }
  return isSizeless(of) ? 'size' : null
}

function isOffScreen(of: InForce): boolean {
  const isTaken = /^(?:absolute|fixed)/.test(of('position') ?? '')
  const places = isTaken ? ['left', 'top', 'margin-left', 'margin-top'] : ['margin-left', 'margin-top']
  return places.some((name) => (pixels(of(name)) ?? 0) <= FAR_OFF)
}

function isSizeless(of: InForce): boolean {
  if (!/^(?:hidden|clip)/.test(of('overflow') ?? '')) return false
  return ['width', 'height', 'max-width', 'max-height'].some((name) => {
    const size = pixels(of(name))
    return size !== null && size <= NO_SIZE
  })
}

const isFramed = (tag: string): boolean => tag === 'marquee' || tag === 'iframe' || tag === 'frame'

function byAttribute(tag: string, attributes: Readonly<Record<string, string>>): HiddenBy | null {
  if (attributes.hidden !== undefined && attributes.hidden !== 'until-found') return 'attribute'
  if (!isFramed(tag)) return null
  return [attributes.width, attributes.height].some((size) => {
    const most = pixels(size ?? null)
    return most !== null && most <= SMALL_FRAME
  })
    ? 'attribute'
    : null
}

/** Pixels of a length; what is relative to something unknown is nothing, but 0. */
function pixels(value: string | null): number | null {
  const match = /^\s*(-?\d+(?:\.\d+)?|-?\.\d+)\s*(px|pt|em|rem|%)?/.exec(value ?? '')
  if (!match) return null
  const number = Number(match[1])
  if (number === 0) return 0
  const per = { px: 1, pt: 1.33, em: 16, rem: 16 }[match[2] ?? 'px']
  // Per cent far below nothing are off the screen as well.
  return per === undefined ? (number <= -90 ? FAR_OFF : null) : number * per
}

const NAMED: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  red: '#ff0000',
  blue: '#0000ff',
}

/** A colour in one form; null for what is none, or can be seen through. */
function colour(value: string | null): string | null {
  const plain = (value ?? '').replace(' !important', '')
  const hex = /#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])/.exec(plain)?.[1]
  if (hex) return `#${hex.length === 3 ? [...hex].map((one) => one + one).join('') : hex}`
  const rgb = /rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)/.exec(plain)
  if (rgb)
    return `#${rgb
      .slice(1, 4)
      .map((one) => Number(one).toString(16).padStart(2, '0'))
      .join('')}`
  return NAMED[/^[a-z]+/.exec(plain)?.[0] ?? ''] ?? null
}

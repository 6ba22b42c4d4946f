import { calculated } from './calc.ts'
import { RUNNING, RUSH } from './limits.ts'

/* Lengths, and elements that by their attributes are not seen. */

/** Pixels beyond which something is off the screen; at or below which it has no size. */
export const FAR_OFF = -300
export const NO_SIZE = 1
/** A frame of so few pixels is there to be hidden. */
const SMALL_FRAME = 3
const MOST_COORDS = 100

/** Per cent of something unknown that is far below nothing are off the screen as well; the most pixels that one of it has. */
const FAR_PERCENT = -90
const WIDE = 20

/** Pixels of a length; what is relative to something unknown is nothing, but 0. */
export function pixels(value: string | null): number | null {
  const length = calculated(value ?? '')
  if (!length) return null
  const { plain, px, percent } = length
  const sum = px + plain
  if (percent === 0) return sum
  if (sum + percent * WIDE <= FAR_OFF && percent > 0) return FAR_OFF
  return percent <= FAR_PERCENT ? FAR_OFF : null
}

/** What stands in these no browser that runs scripts shows. */
export const UNSHOWN: ReadonlySet<string> = new Set(['noscript', 'template', 'noframes', 'noembed'])
/** Nothing is left of these where they are so small. */
const FRAMED: ReadonlySet<string> = new Set(['marquee', 'iframe', 'frame', 'embed', 'object', 'svg'])
/** Elements whose attributes say whether they are seen, or that never are. */
export const OF_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...UNSHOWN,
  ...FRAMED,
  ...['area', 'dialog', 'defs', 'symbol'],
])

/** Until somebody opens it. */
export const isClosed = ({ hidden, popover }: Readonly<Record<string, string>>): boolean =>
  (hidden !== undefined && hidden !== 'until-found') || popover !== undefined

/** By what of its own an element is not seen; null: nothing. */
export function byAttribute(
  tag: string,
  attributes: Readonly<Record<string, string>>,
): 'attribute' | 'unshown' | 'size' | null {
  if (isClosed(attributes)) return 'attribute'
  if (UNSHOWN.has(tag)) return 'unshown'
  if (tag === 'dialog') return attributes.open === undefined ? 'attribute' : null
  if (tag === 'defs' || tag === 'symbol') return 'attribute'
  if (tag === 'area') return hasNoArea(attributes) ? 'size' : null
  if (!FRAMED.has(tag)) return null
  if (tag === 'marquee' && (pixels(attributes.scrollamount ?? null) ?? 0) >= RUSH) return 'attribute'
  const small = tag === 'marquee' ? RUNNING : SMALL_FRAME
  return [attributes.width, attributes.height].some((size) => {
    const most = pixels(size ?? null)
    return most !== null && most <= small
  })
    ? 'attribute'
    : null
}

/** A place on a picture that nobody can point at: a circle of no radius, a shape whose corners are one. */
function hasNoArea({ shape = 'rect', coords }: Readonly<Record<string, string>>): boolean {
  const places = (coords ?? '')
    .slice(0, MOST_COORDS)
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
  if (places.length < 3) return false
  if (/^circ/i.test(shape)) return (places[2] ?? 0) <= NO_SIZE
  const spread = (of: readonly number[]) => Math.max(...of) - Math.min(...of)
  return [0, 1].some((axis) => spread(places.filter((_, at) => at % 2 === axis)) <= NO_SIZE)
}

import { CLIPPED } from '../../html/clipped.ts'
import { type InForce, inForce, type Own, ownOfPage } from './in-force.ts'
import { byAttribute, FAR_OFF, isClosed, NO_SIZE, OF_ATTRIBUTES, pixels } from './sizes.ts'
import { type Declarations, OWN } from './styles.ts'

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
  | 'unshown'

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
  /** Readers may see it, or not: a script hides it now or later, it is folded, or lies behind the page. */
  readonly isDoubtful: boolean
  /** Values of the page's own properties that are in force here. */
  readonly own: Own | null
}

export const PLAIN_LOOK: Look = {
  hiddenBy: null,
  isInvisible: false,
  isIndented: false,
  isTiny: false,
  color: null,
  background: null,
  isDoubtful: false,
  own: null,
}

/** How a page looks where nothing is said of it. */
export const plainPage = (): Look => ({
  ...PLAIN_LOOK,
  own: ownOfPage(),
})

/** Of type that nobody reads. */
/** So far to the right or below nothing of a page is. */
const FAR_OUT = 9_000
const NO_TYPE = 1

/** How an element looks, from what its sheets and its own `style` say, in their order, within what surrounds it. */
export function lookOf(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  said: readonly Declarations[],
  around: Look,
): Look {
  if (said.length === 0 && !OF_ATTRIBUTES.has(tag) && !isColoured(attributes) && !isClosed(attributes))
    return around
  const own =
    said.some((one) => one.has(OWN)) && around.own ? { ...around.own, said, around: around.own } : around.own
  const of = inForce(said, own)
  const visibility = of('visibility')
  const indent = pixels(of('text-indent'))
  const type = pixels(of('font-size')) ?? pixels(FONT_SIZE.exec(of('font') ?? '')?.[1] ?? null)
  return {
    hiddenBy: around.hiddenBy ?? byAttribute(tag, attributes) ?? byStyle(of),
    isInvisible: visibility === null ? around.isInvisible : /^(?:hidden|collapse)/.test(visibility),
    isIndented: indent === null ? around.isIndented : isFar(indent),
    isTiny: type === null ? around.isTiny : type <= NO_TYPE,
    color: onAll(colourOf(of, attributes) ?? around.color, 'maybe-color', said),
    background: onAll(backgroundOf(of, attributes) ?? around.background, 'maybe-background', said),
    isDoubtful: around.isDoubtful || isBehind(of),
    own,
  }
}

/** Behind what it stands in: what covers it, if anything does, is not known. */
const isBehind = (of: InForce): boolean =>
  /^-\d/.test(of('z-index') ?? '') && /^(?:absolute|fixed|relative|sticky)/.test(of('position') ?? '')

/** The size in the shorthand for type: `font: 0/0 a`. */
const FONT_SIZE = /(?:^|\s)(\d{0,6}\.?\d{1,6}(?:px|pt|em|rem)?)(?:\/|\s)/
/** Type that can be seen through and lets a picture shine is a fashion of headings. */
const colourOf = (of: InForce, { color }: Readonly<Record<string, string>>): string | null =>
  /text/.test(`${of('background-clip') ?? ''}${of('-webkit-background-clip') ?? ''}`)
    ? PICTURE
    : colourSaid(of('color') ?? color ?? null)

function backgroundOf(of: InForce, { bgcolor, background }: Readonly<Record<string, string>>): string | null {
  const all = `${of('background') ?? ''} ${of('background-image') ?? ''}`
  if (PAINTED.test(all) || background) return PICTURE
  const plain = [of('background-color'), of('background'), bgcolor ?? null]
    .map(colourSaid)
    .find((one) => one !== null)
  return plain === CLEAR ? null : (plain ?? null)
}

const PAINTED = /url\(|gradient\(|image-set\(/
/** Words that name no colour of its own; places and sizes name none either. */
const NO_COLOUR = new Set(
  (
    'none inherit initial unset revert currentcolor repeat repeat-x repeat-y no-repeat left right top bottom center scroll fixed local ' +
    'cover contain auto / !important'
  ).split(' '),
)
const isNoColour = (value: string): boolean =>
  value
    .slice(0, MOST_COLOUR)
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === '' || NO_COLOUR.has(word) || /^-?[.\d]/.test(word))

/** What is said of a colour: null, that it has none of its own; one that nobody here understands may be any. */
const colourSaid = (value: string | null): string | null =>
  value === null ? null : (colour(value) ?? (isNoColour(value) ? null : PICTURE))

/** A colour, if it is the same on all screens. */
function onAll(plain: string | null, name: string, all: readonly Declarations[]): string | null {
  const others = all.flatMap((one) => one.get(name) ?? [])
  return others.some((one) => (PAINTED.test(one) ? PICTURE : (colourSaid(one) ?? plain)) !== plain)
    ? PICTURE
    : plain
}

const isColoured = ({ color, bgcolor, background }: Readonly<Record<string, string>>): boolean =>
  color !== undefined || bgcolor !== undefined || background !== undefined
const isFar = (place: number): boolean => place <= FAR_OFF || place >= FAR_OUT

/** By what an element that looks so is not seen; null: it is. */
export function hiddenBy(look: Look): HiddenBy | null {
  if (look.hiddenBy) return look.hiddenBy
  if (look.isInvisible) return 'visibility'
  if (look.isIndented) return 'offscreen'
  if (look.isTiny) return 'size'
  if (look.color === CLEAR) return 'colour'
  return isSame(look.color, look.background) ? 'colour' : null
}

/** Steps of red, green and blue by which nobody tells two colours apart. */
const NO_STEP = 6

function isSame(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  if (!one.startsWith('#') || !other.startsWith('#')) return false
  return [1, 3, 5].every(
    (at) =>
      Math.abs(Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16)) <=
      NO_STEP,
  )
}

function byStyle(of: InForce): HiddenBy | null {
  if (of('display')?.startsWith('none')) return 'display'
  if (/^hidden/.test(of('content-visibility') ?? '')) return 'display'
  const opacity = of('opacity') ?? /opacity[=(]\s{0,9}(\d+(?:\.\d+)?)/.exec(of('filter') ?? '')?.[1]
  if (opacity !== undefined && opacity !== null && Number.parseFloat(opacity) <= 0.01) return 'opacity'
  if (isOffScreen(of)) return 'offscreen'
  if (RECT.test(of('clip') ?? '') || CLIPPED.test(of('clip-path') ?? '')) return 'clip'
  return isSizeless(of) || isShrunk(of) ? 'size' : null
}

const RECT = /^rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?\s*\)/
/** Made so small, or turned so, that nothing is left of it. */
const SHRUNK = /(?:^|\s)(?:scale(?:x|y|3d)?\(\s*(?:0|0?\.0\d*)\s*[,)]|rotate[xy]\(\s*90deg)/
const isShrunk = (of: InForce): boolean =>
  SHRUNK.test(of('transform') ?? '') || NOTHING.test(of('scale') ?? '') || NOTHING.test(of('zoom') ?? '')
const NOTHING = /^(?:0|0?\.0\d*)(?:\s|$)/
/** Moved: `translateX(-9999px)`, `translate(0, -5000px)`. */
const MOVED = /translate(?:x|y|3d)?\(\s*([^,)]{1,20})(?:,\s*([^,)]{1,20}))?/

function isOffScreen(of: InForce): boolean {
  const isTaken = /^(?:absolute|fixed)/.test(of('position') ?? '')
  const places = (isTaken ? TAKEN : MARGINS).filter((name) => !isCentred(of, name))
  if (places.some((name) => isFar(pixels(of(name)) ?? 0))) return true
  const moved = MOVED.exec(of('transform') ?? '')?.slice(1) ?? []
  const [x, y] = (of('translate') ?? '').split(' ')
  return [...moved, x, y].some((one) => /[a-z]/.test(one ?? '') && isFar(pixels(one ?? null) ?? 0))
}

/** Half of a wide one is put back of the middle: `left: 50%; margin-left: -600px`. */
const WIDEST = -2_000
const isCentred = (of: InForce, name: string): boolean =>
  name.startsWith('margin-') &&
  /^[1-9]\d?(?:\.\d{1,9})?%/.test(of(name.slice('margin-'.length)) ?? '') &&
  (pixels(of(name)) ?? 0) > WIDEST

const MARGINS = ['margin-left', 'margin-top'] as const
const TAKEN = ['left', 'top', 'right', 'bottom', ...MARGINS] as const

const OVERFLOWS = ['overflow', 'overflow-x', 'overflow-y'] as const

function isSizeless(of: InForce): boolean {
  if (!OVERFLOWS.some((name) => /^(?:hidden|clip|auto|scroll)/.test(of(name) ?? ''))) return false
  return ['width', 'height', 'max-width', 'max-height'].some((name) => {
    const size = pixels(of(name))
    return size !== null && size <= NO_SIZE
  })
}

const NAMED: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  red: '#ff0000',
  blue: '#0000ff',
}

/** Seen through; of a picture, or said in a way that is not understood: whose colours are not known. */
const CLEAR = 'clear'
const PICTURE = 'picture'

/** Nobody writes a colour with more characters. */
const MOST_COLOUR = 100

/** A colour in one form; null for what is none. */
function colour(value: string | null): string | null {
  const plain = (value ?? '').slice(0, MOST_COLOUR).toLowerCase().replace(' !important', '')
  if (/^transparent|(?:rgba|hsla)\([^)]*[,/]\s*(?:0|0?\.0\d*|0%)\s*\)/.test(plain)) return CLEAR
  // Old pages leave the sign out.
  const hex = /(?:#|^(?=[0-9a-f]{6}$))([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])/.exec(plain)?.[1]
  if (hex) return ofHex(hex)
  const rgb = /rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)/.exec(
    plain,
  )
  if (rgb)
    return `#${rgb
      .slice(1, 4)
      .map((one) => Number(one).toString(16).padStart(2, '0'))
      .join('')}`
  return NAMED[/^[a-z]+/.exec(plain)?.[0] ?? ''] ?? null
}

/** Three or six figures, or one or two more for how much shines through. */
function ofHex(hex: string): string | null {
  const whole = hex.length <= 4 ? [...hex].map((one) => one + one).join('') : hex
  const shine = whole.slice(6)
  if (shine === '00') return CLEAR
  return shine === '' || shine === 'ff' ? `#${whole.slice(0, 6)}` : null
}

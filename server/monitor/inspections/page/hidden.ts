import { CLIPPED } from '../../html/clipped.ts'
import { CLEAR, colourSaid, isSame, PICTURE } from './css/colours.ts'
import { type InForce, inForce, type Own, ownOfPage } from './css/in-force.ts'
import { FAINT, MOVED_OFF, SLIVER } from './css/limits.ts'
import { byAttribute, FAR_OFF, isClosed, NO_SIZE, OF_ATTRIBUTES, pixels } from './css/sizes.ts'
import { type Declarations, OWN } from './css/styles.ts'

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
  /** Pixels of the height to which a box around it is cut. */
  readonly room: number | null
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
  room: null,
  isDoubtful: false,
  own: null,
}

/** How a page looks where nothing is said of it. */
export const plainPage = (): Look => ({
  ...PLAIN_LOOK,
  own: ownOfPage(),
})

/** So far to the right or below nothing of a page is. */
const FAR_OUT = 9_000
/** Of type that nobody reads. */
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
  const type = typeOf(of('font-size')) ?? typeOf(FONT_SIZE.exec(of('font') ?? '')?.[1] ?? null)
  return {
    hiddenBy: around.hiddenBy ?? byAttribute(tag, attributes) ?? byStyle(of),
    isInvisible: visibility === null ? around.isInvisible : /^(?:hidden|collapse)/.test(visibility),
    isIndented: indent === null ? around.isIndented : isFar(indent),
    isTiny: type === null ? around.isTiny : type <= NO_TYPE,
    color: onAll(colourOf(of, attributes) ?? around.color, 'maybe-color', said),
    background: onAll(backgroundOf(of, attributes) ?? around.background, 'maybe-background', said),
    room: isCut(of) ? pixels(of('height') ?? of('max-height')) : around.room,
    isDoubtful: around.isDoubtful || isBehind(of) || isShifted(of) || isBelow(of, around.room),
    own,
  }
}

/** Behind what it stands in: what covers it, if anything does, is not known. */
const isBehind = (of: InForce): boolean =>
  /^-\d/.test(of('z-index') ?? '') && /^(?:absolute|fixed|relative|sticky)/.test(of('position') ?? '')

/** The size in the shorthand for type: `font: 0/0 a`. */
const FONT_SIZE = /(?:^|\s)(\d{0,6}\.?\d{1,6}(?:px|pt|em|rem|%)?)(?:\/|\s)/
/** Pixels of type; per cent are of what type usually has. */
const USUAL = 16
const typeOf = (said: string | null): number | null =>
  /^[.\d]{1,9}%/.test(said ?? '') ? (Number.parseFloat(said ?? '') / 100) * USUAL : pixels(said)

/** Put elsewhere than it would stand: sliders do that, too. */
const isShifted = (of: InForce): boolean =>
  /^relative/.test(of('position') ?? '') && SIDES.some((name) => isFar(pixels(of(name)) ?? 0))

/** Below what is left of a box that is cut. */
const isBelow = (of: InForce, room: number | null): boolean =>
  room !== null && DOWN.some((name) => (pixels(of(name)) ?? 0) >= Math.max(room, SLIVER))
const DOWN = ['top', 'margin-top', 'padding-top'] as const

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

/** White as paper is, where it is not known what lies behind: sheets of other files may say it. */
export const isOnPaper = ({ color, background }: Look): boolean => background === null && isSame(color, PAPER)
const PAPER = '#ffffff'

/** By what an element that looks so is not seen; null: it is. */
export function hiddenBy(look: Look): HiddenBy | null {
  if (look.hiddenBy) return look.hiddenBy
  if (look.isInvisible) return 'visibility'
  if (look.isIndented) return 'offscreen'
  if (look.isTiny) return 'size'
  if (look.color === CLEAR) return 'colour'
  return isSame(look.color, look.background) ? 'colour' : null
}

function byStyle(of: InForce): HiddenBy | null {
  if (of('display')?.startsWith('none')) return 'display'
  if (/^hidden/.test(of('content-visibility') ?? '')) return 'display'
  if (shareOf(of('opacity')) <= FAINT || filteredTo(of('filter'), of('opacity') !== null) <= FAINT)
    return 'opacity'
  if (isOffScreen(of)) return 'offscreen'
  if (RECT.test(of('clip') ?? '') || CLIPPED.test(of('clip-path') ?? '')) return 'clip'
  return isSizeless(of) || isShrunk(of) ? 'size' : null
}

/** A share, as it is or in per cent; all where nothing is said. */
function shareOf(said: string | null | undefined): number {
  const share = Number.parseFloat(said ?? '')
  if (Number.isNaN(share)) return 1
  return /^[-+.\de]{1,30}%/.test(said ?? '') ? share / 100 : share
}

/**
 * What a filter leaves: `opacity(0)`, and `alpha(opacity=0)`, which is in per cent, but for people who write a share. The latter
 * is for browsers of long ago, beside the opacity for all others.
 */
function filteredTo(filter: string | null, isOpacitySaid: boolean): number {
  const [, sign, share = ''] = /opacity([=(])\s{0,9}([.\d]{1,9}%?)/.exec(filter ?? '') ?? []
  if (sign !== '=') return shareOf(share)
  if (isOpacitySaid) return 1
  return share.endsWith('%') || (Number(share) <= 1 && Number(share) > 0)
    ? shareOf(share)
    : shareOf(`${share}%`)
}

const RECT = /^rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?\s*\)/
/** Made so small, or turned so, that nothing is left of it. */
const SHRUNK = /(?:^|\s)(?:scale(?:x|y|3d)?\(\s*(?:0|0?\.0\d*)\s*[,)]|rotate[xy]\(\s*90deg)/
const isShrunk = (of: InForce): boolean =>
  SHRUNK.test(of('transform') ?? '') ||
  isFlat(matrixIn(of('transform') ?? '')) ||
  NOTHING.test(of('scale') ?? '') ||
  NOTHING.test(of('zoom') ?? '')
/** `matrix(a, b, c, d, x, y)`: nothing is left where what it makes of a square has no size. */
const matrixIn = (transform: string): readonly number[] =>
  /matrix\(([-+.\de,\s]{1,100})\)/
    .exec(transform)?.[1]
    ?.trim()
    .split(/[\s,]+/)
    .map(Number) ?? []
const isFlat = ([a = 1, b = 0, c = 0, d = 1]: readonly number[]): boolean => Math.abs(a * d - b * c) < NO_AREA
const NO_AREA = 0.0001
const NOTHING = /^(?:0|0?\.0\d*)(?:\s|$)/
/** Moved: `translateX(-9999px)`, `translate(0, -5000px)`. */
const MOVED = /translate(?:x|y|3d)?\(\s*([^,)]{1,40})(?:,\s*([^,)]{1,40}))?/

function isOffScreen(of: InForce): boolean {
  const isTaken = /^(?:absolute|fixed)/.test(of('position') ?? '')
  const places = (isTaken ? TAKEN : MARGINS).filter((name) => !isCentred(of, name))
  if (places.some((name) => isFar(pixels(of(name)) ?? 0)) || isPushedOut(of)) return true
  const moved = MOVED.exec(of('transform') ?? '')?.slice(1) ?? []
  const [x, y] = (of('translate') ?? '').split(' ')
  const [right = 0, down = 0] = matrixIn(of('transform') ?? '').slice(4)
  return isFar(right) || isFar(down) || [...moved, x, y].some((one) => isMovedOff(one ?? ''))
}

/** By pixels, or by so many times its own size as no slider has pictures. */
const isMovedOff = (by: string): boolean =>
  /[a-z]/.test(by) ? isFar(pixels(by) ?? 0) : /%/.test(by) && Math.abs(Number.parseFloat(by)) >= MOVED_OFF

/** Text that begins where its box, which is cut, ends. */
const isPushedOut = (of: InForce): boolean =>
  Number.parseFloat(/^([.\d]{1,9})%/.exec(of('text-indent') ?? '')?.[1] ?? '') >= 100 &&
  /^nowrap/.test(of('white-space') ?? '') &&
  isCut(of)

/** Half of a wide one is put back of the middle: `left: 50%; margin-left: -600px`. */
const WIDEST = -2_000
const isCentred = (of: InForce, name: string): boolean =>
  name.startsWith('margin-') &&
  /^[1-9]\d?(?:\.\d{1,9})?%/.test(of(name.slice('margin-'.length)) ?? '') &&
  (pixels(of(name)) ?? 0) > WIDEST

const MARGINS = ['margin-left', 'margin-top'] as const
const SIDES = ['left', 'top', 'right', 'bottom'] as const
const TAKEN = [...SIDES, ...MARGINS] as const

const OVERFLOWS = ['overflow', 'overflow-x', 'overflow-y'] as const

/** Nobody can have what does not fit in. */
const isCut = (of: InForce): boolean =>
  OVERFLOWS.some((name) => /^(?:hidden|clip)/.test(of(name) ?? '')) ||
  /strict|content|paint/.test(of('contain') ?? '')

function isSizeless(of: InForce): boolean {
  const isScrolled = OVERFLOWS.some((name) => /^(?:auto|scroll)/.test(of(name) ?? ''))
  if (!isScrolled && !isCut(of)) return false
  const most = isScrolled ? NO_SIZE : SLIVER
  return ['width', 'height', 'max-width', 'max-height'].some((name) => {
    const size = pixels(of(name))
    return size !== null && size <= most
  })
}
